#include "storage/writer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/engine_room.hpp"

namespace tongdai::storage {
namespace {

constexpr std::string_view insert_note = "INSERT INTO meta (key, value) VALUES ($1, 'note')";
constexpr std::string_view count_notes = "SELECT COUNT(*) FROM meta WHERE value = 'note'";

struct WriterTest : testing::Test {
  test::EngineRoom room;
  std::vector<std::string> answers;  ///< in the order of their coming: "a", or "a: <what it threw>"

  void post(const std::string& name, Writer::Work work) {
    room.writer().post(std::move(work), [this, name](const std::exception_ptr& error) {
      try {
        if (error) std::rethrow_exception(error);
        answers.push_back(name);
      } catch (const std::exception& e) {
        answers.push_back(name + ": " + e.what());
      }
    });
  }
  void post_note(const std::string& name) {
    post(name, [name](Tx& tx) {
      tx.run(insert_note, name);
      return true;
    });
  }
  [[nodiscard]] std::int64_t notes() { return room.count(count_notes); }
};

TEST_F(WriterTest, ClosuresThatWaitShareOneCommit) {
  const auto before = room.writer().commits();
  for (int i = 0; i < 500; ++i) post_note("note " + std::to_string(i));
  room.time.settle();
  EXPECT_EQ(answers.size(), 500U);
  EXPECT_EQ(room.writer().commits(), before + 1);
  EXPECT_EQ(notes(), 500);
}

TEST_F(WriterTest, ABatchIsBoundedSoThatTheFirstDoesNotWaitForTheLastOfMany) {
  const auto before = room.writer().commits();
  for (int i = 0; i < 3000; ++i) post("look", [](Tx&) { return true; });
  room.time.settle();
  EXPECT_EQ(answers.size(), 3000U);
  EXPECT_EQ(room.writer().commits(), before + 3);
}

TEST_F(WriterTest, TheLogIsFoldedBackBetweenCommitsAndStaysShort) {
  constexpr std::size_t megabyte = 1'000'000;
  for (int i = 0; i < 40; ++i) {
    post("note", [i](Tx& tx) {
      tx.run("INSERT INTO meta (key, value) VALUES ($1, $2)", "long " + std::to_string(i),
             std::string(megabyte, 'x'));
      return true;
    });
    room.time.settle();
  }
  EXPECT_EQ(answers.size(), 40U);
  EXPECT_LT(std::filesystem::file_size(room.folder / "tongdai.db-wal"), 10 * megabyte);
}

TEST_F(WriterTest, ClosuresRunInTheOrderOfTheirComing) {
  std::string order;
  for (const char c : std::string("abcdef")) {
    post({c}, [&order, c](Tx&) {
      order += c;
      return true;
    });
  }
  room.time.settle();
  EXPECT_EQ(order, "abcdef");
  EXPECT_THAT(answers, testing::ElementsAre("a", "b", "c", "d", "e", "f"));
}

TEST_F(WriterTest, ALastClosureSeesWhatTheOthersOfItsGroupWroteThoughItCameFirst) {
  const auto before = room.writer().commits();
  std::int64_t seen = 0;
  room.writer().post(
      [&seen](Tx& tx) {
        seen = tx.value<std::int64_t>(count_notes).value_or(-1);
        return true;
      },
      [](const std::exception_ptr&) {}, Load::last);
  post_note("one");
  post_note("two");
  room.time.settle();
  EXPECT_EQ(seen, 2);
  EXPECT_EQ(room.writer().commits(), before + 1);
}

TEST_F(WriterTest, ALastClosureAloneIsRunAsWell) {
  bool ran = false;
  room.writer().post([&ran](Tx&) { return ran = true; }, [](const std::exception_ptr&) {}, Load::last);
  room.time.settle();
  EXPECT_TRUE(ran);
}

TEST_F(WriterTest, AClosureThatThrowsLeavesNothingAndHarmsNoOther) {
  post_note("before");
  post("bad", [](Tx& tx) -> bool {
    tx.run(insert_note, "trace");
    throw std::runtime_error("changed my mind");
  });
  post_note("after");
  room.time.settle();
  EXPECT_THAT(answers, testing::ElementsAre("before", "bad: changed my mind", "after"));
  EXPECT_EQ(notes(), 2);
}

TEST_F(WriterTest, AClosureWhoseStatementFailsHarmsNoOther) {
  post_note("one");
  post_note("one");  // the key is taken
  post_note("two");
  room.time.settle();
  ASSERT_EQ(answers.size(), 3U);
  EXPECT_EQ(answers[0], "one");
  EXPECT_THAT(answers[1], testing::HasSubstr("UNIQUE"));
  EXPECT_EQ(answers[2], "two");
  EXPECT_EQ(notes(), 2);
  EXPECT_EQ(room.writer().state(), WriterState::up);
}

TEST_F(WriterTest, AResultWithoutValueRollsBackAndIsReturned) {
  const auto result = room.on_database([](Tx& tx) -> Result<int> {
    tx.run(insert_note, "trace");
    return fail(Code::refused, "no");
  });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Code::refused);
  EXPECT_EQ(notes(), 0);
}

TEST_F(WriterTest, AResultWithValueIsKeptAndReturned) {
  const auto result = room.on_database([](Tx& tx) -> Result<int> {
    tx.run(insert_note, "kept");
    return 7;
  });
  EXPECT_EQ(result.value(), 7);
  EXPECT_EQ(notes(), 1);
}

TEST_F(WriterTest, WhatTheClosureThrewReachesItsCaller) {
  EXPECT_THROW(room.on_database([](Tx&) -> int { throw std::out_of_range("far away"); }), std::out_of_range);
}

TEST_F(WriterTest, NobodyIsAnsweredBeforeTheCommit) {
  std::vector<std::int64_t> seen;  // by another connection, at the moment of the answer
  Connection other(room.file(), Connection::Mode::read_only);
  for (int i = 0; i < 3; ++i) {
    room.writer().post(
        [i](Tx& tx) {
          tx.run(insert_note, std::to_string(i));
          return true;
        },
        [&](const std::exception_ptr&) {
          Tx tx(other);
          seen.push_back(tx.value<std::int64_t>(count_notes).value_or(-1));
        });
  }
  room.time.settle();
  EXPECT_THAT(seen, testing::ElementsAre(3, 3, 3));
}

TEST_F(WriterTest, TheWatcherLearnsOfCommittedChangesOnly) {
  std::vector<std::int64_t> told;
  room.writer().watch([&](const std::vector<Change>& changes) {
    for (const Change& c : changes) told.push_back(c.id);
  });
  const auto change = [](std::int64_t id, bool keep) {
    return [id, keep](Tx& tx) {
      tx.changed("note", id);
      return keep;
    };
  };
  post("kept", change(1, true));
  post("undone", change(2, false));
  post("thrown", [](Tx& tx) -> bool {
    tx.changed("note", 3);
    throw std::runtime_error("no");
  });
  post("kept too", change(4, true));
  room.time.settle();
  EXPECT_THAT(told, testing::ElementsAre(1, 4));
}

TEST_F(WriterTest, AClosureMayPostAnother) {
  post("outer", [this](Tx&) {
    post_note("inner");
    return true;
  });
  room.time.settle();
  EXPECT_THAT(answers, testing::ElementsAre("outer", "inner"));
}

}  // namespace
}  // namespace tongdai::storage
