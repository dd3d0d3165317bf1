#include <gtest/gtest.h>

#include "support/engine_room.hpp"

namespace tongdai::storage {
namespace {

constexpr std::uintmax_t mib = 1024 * 1024;

struct CheckpointerTest : testing::Test {
  CheckpointerTest() {
    room.on_database(
        [](Tx& tx) { tx.run("CREATE TABLE filler (id INTEGER PRIMARY KEY, words TEXT) STRICT"); });
  }
  void write(int rows) {
    room.on_database([&](Tx& tx) {
      for (int i = 0; i < rows; ++i) tx.run("INSERT INTO filler (words) VALUES ($1)", std::string(4000, 'x'));
    });
    room.time.settle();
  }
  [[nodiscard]] std::uintmax_t log_bytes() const {
    return std::filesystem::file_size(room.file().string() + "-wal");
  }

  test::EngineRoom room;
};

TEST_F(CheckpointerTest, TheLogStaysSmallHoweverMuchIsWritten) {
  for (int i = 0; i < 100; ++i) write(500);  // 200 MB
  EXPECT_LT(log_bytes(), 40 * mib);
  EXPECT_GT(std::filesystem::file_size(room.file()), 150 * mib) << "it is in the database";
}

TEST_F(CheckpointerTest, AReaderOfOldDataHoldsNobodyUp) {
  Connection other(room.file(), Connection::Mode::read_only);
  other.execute("BEGIN");
  (void)other.raw().execAndGet("SELECT COUNT(*) FROM filler");
  for (int i = 0; i < 40; ++i) write(500);
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM filler"), 20'000);
  other.execute("COMMIT");
  for (int i = 0; i < 40; ++i) write(500);
  const auto before = log_bytes();
  for (int i = 0; i < 40; ++i) write(500);
  EXPECT_EQ(log_bytes(), before) << "the log begins anew and does not grow any more";
}

TEST_F(CheckpointerTest, WhatWasFoldedAndWhatWasNotSurviveACrash) {
  for (int i = 0; i < 20; ++i) write(500);
  test::EngineRoom next(test::EngineRoom::AfterCrash{room});
  EXPECT_EQ(next.count("SELECT COUNT(*) FROM filler"), 10'000);
}

}  // namespace
}  // namespace tongdai::storage
