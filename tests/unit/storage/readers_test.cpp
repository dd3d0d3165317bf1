#include "storage/readers.hpp"

#include <SQLiteCpp/Exception.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "support/engine_room.hpp"

namespace tongdai::storage {
namespace {

constexpr std::string_view insert_note = "INSERT INTO meta (key, value) VALUES ($1, 'note')";
constexpr std::string_view count_notes = "SELECT COUNT(*) FROM meta WHERE value = 'note'";

struct ReadersTest : testing::Test {
  test::EngineRoom room;

  template <class F>
  auto read(F work) {
    std::optional<std::invoke_result_t<F, Tx&>> result;
    room.run(fetch(room.database().readers(), work, result));
    return std::move(*result);
  }
  std::int64_t notes() {
    return read([](Tx& tx) { return tx.value<std::int64_t>(count_notes).value_or(-1); });
  }

 private:
  template <class F, class R>
  static asio::awaitable<void> fetch(Readers& readers, F& work, std::optional<R>& result) {
    result.emplace(co_await readers.run(std::ref(work)));
  }
};

TEST_F(ReadersTest, SeeWhatIsCommitted) {
  room.on_database([](Tx& tx) { tx.run(insert_note, "a"); });
  EXPECT_EQ(notes(), 1);
}

TEST_F(ReadersTest, DoNotSeeWhatIsNotCommittedYet) {
  std::int64_t seen = -1;
  Connection reader(room.file(), Connection::Mode::read_only);
  room.on_database([&](Tx& tx) {
    tx.run(insert_note, "a");
    Tx other(reader);
    seen = other.value<std::int64_t>(count_notes).value_or(-1);
  });
  EXPECT_EQ(seen, 0);
  EXPECT_EQ(notes(), 1);
}

TEST_F(ReadersTest, OneReadSeesOneSnapshotThoughWritesGoOn) {
  const auto counts = read([&](Tx& tx) {
    const auto before = tx.value<std::int64_t>(count_notes);
    Connection writer(room.file(), Connection::Mode::read_write);
    Tx(writer).run(insert_note, "meanwhile");
    return std::pair(before, tx.value<std::int64_t>(count_notes));
  });
  EXPECT_EQ(counts.first, 0);
  EXPECT_EQ(counts.second, 0);
  EXPECT_EQ(notes(), 1);
}

TEST_F(ReadersTest, MayNotWrite) {
  EXPECT_THROW(read([](Tx& tx) { return tx.run(insert_note, "a"); }), SQLite::Exception);
  EXPECT_EQ(notes(), 0);
}

TEST_F(ReadersTest, AReadThatThrowsTellsItsCallerAndSpoilsNoLaterRead) {
  EXPECT_THROW(read([](Tx&) -> int { throw std::out_of_range("far away"); }), std::out_of_range);
  EXPECT_EQ(notes(), 0);
  room.on_database([](Tx& tx) { tx.run(insert_note, "a"); });
  EXPECT_EQ(notes(), 1) << "the snapshot of the failed read has ended";
}

}  // namespace
}  // namespace tongdai::storage
