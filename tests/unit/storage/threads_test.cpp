#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <thread>

#include "storage/database.hpp"
#include "support/capturing_log.hpp"
#include "support/temp_dir.hpp"

namespace tongdai::storage {
namespace {

constexpr std::string_view add_one = "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = $1";
constexpr std::string_view select_value = "SELECT CAST(value AS INTEGER) FROM meta WHERE key = $1";

/// The service's own threads: one for the loop, one for the writer, some for the readers.
struct ThreadsTest : testing::Test {
  test::TempDir folder;
  test::CapturingLog log;
  asio::io_context loop{1};
  asio::thread_pool writing{1};
  asio::thread_pool reading{2};
  std::unique_ptr<Database> database =
      Database::open(folder / "tongdai.db", {writing.get_executor(), reading.get_executor(), 1}, log).value();

  void TearDown() override {
    writing.join();
    reading.join();
  }
};

asio::awaitable<void> count_up(Database& db, int times, std::thread::id loop_thread, int& wrong) {
  std::int64_t last = 0;
  for (int i = 0; i < times; ++i) {
    const auto mine = co_await db.writer().run([](Tx& tx) {
      tx.run(add_one, "counter");
      return tx.value<std::int64_t>(select_value, "counter").value_or(-1);
    });
    const auto seen = co_await db.readers().run(
        [](Tx& tx) { return tx.value<std::int64_t>(select_value, "counter").value_or(-1); });
    // Resumed on the loop; own writes are seen; time goes forward only.
    if (std::this_thread::get_id() != loop_thread || seen < mine || mine <= last) ++wrong;
    last = mine;
  }
}

/// Who is answered may end the database at once, as the service does when it stops: the writer's thread has
/// nothing more to do with it. The sanitizers see the fault, and a crash now and then without them.
TEST_F(ThreadsTest, TheLastAnswerMayEndTheDatabase) {
  for (int round = 0; round < 50; ++round) {
    if (!database) {
      const Threads threads{writing.get_executor(), reading.get_executor(), 1};
      database = Database::open(folder / "tongdai.db", threads, log).value();
    }
    loop.restart();
    asio::co_spawn(
        loop, database->writer().run([](Tx& tx) { return tx.value<std::int64_t>("SELECT 1").value_or(0); }),
        [&](const std::exception_ptr& thrown, std::int64_t seen) {
          EXPECT_FALSE(thrown);
          EXPECT_EQ(seen, 1);
          database.reset();
        });
    loop.run();
    EXPECT_FALSE(database);
  }
}

TEST_F(ThreadsTest, CallersOnTheLoopReadTheirOwnWritesThroughThePoolOfReaders) {
  constexpr int callers = 8, times = 25;
  int wrong = 0, ended = 0;
  loop.restart();
  asio::co_spawn(loop, database->writer().run([](Tx& tx) {
    return tx.run("INSERT INTO meta (key, value) VALUES ('counter', '0')");
  }),
                 [](const std::exception_ptr&, std::int64_t) {});
  loop.run();
  loop.restart();
  for (int i = 0; i < callers; ++i) {
    asio::co_spawn(loop, count_up(*database, times, std::this_thread::get_id(), wrong),
                   [&](const std::exception_ptr& error) { ended += error ? 0 : 1; });
  }
  loop.run();
  EXPECT_EQ(ended, callers);
  EXPECT_EQ(wrong, 0);
  EXPECT_GE(database->writer().closures(), static_cast<std::uint64_t>(callers * times));
}

TEST_F(ThreadsTest, AnyThreadMayPost) {
  constexpr int threads = 4, each = 50;
  std::atomic<int> stored = 0;
  {
    std::vector<std::jthread> posting;
    for (int t = 0; t < threads; ++t) {
      posting.emplace_back([&, t] {
        for (int i = 0; i < each; ++i) {
          database->writer().post(
              [key = std::to_string(t) + "/" + std::to_string(i)](Tx& tx) {
                tx.run("INSERT INTO meta (key, value) VALUES ($1, '')", key);
                return true;
              },
              [&](const std::exception_ptr& error) { stored += error ? 0 : 1; });
        }
      });
    }
  }
  writing.join();
  EXPECT_EQ(stored, threads * each);
  EXPECT_LE(database->writer().commits(), static_cast<std::uint64_t>(threads * each));
}

}  // namespace
}  // namespace tongdai::storage
