#include "ops/silence.hpp"

#include <gtest/gtest.h>

#include "support/engine_room.hpp"

namespace tongdai::ops {
namespace {

TEST(Silence, IsAllowedAsConfiguredOrByWhatTheLineIsUsedTo) {
  EXPECT_EQ(silence_allowed({0, 0s}, Duration{2h}), Duration{2h});
  EXPECT_EQ(silence_allowed({1000, 1h}, Duration{0}), std::nullopt);
  EXPECT_EQ(silence_allowed({49, 1h}, std::nullopt), std::nullopt);  // too few to know
  EXPECT_EQ(silence_allowed({50, 1h}, std::nullopt), Duration{6h});
  EXPECT_EQ(silence_allowed({50, 10h}, std::nullopt), Duration{15h});
}

struct LineOfTexts : testing::Test {
  test::EngineRoom room;
  Phone line = Phone::stored("19001234");

  void text(const std::string& kind, const std::string& to = "19001234") {
    room.on_database([&](storage::Tx& tx) {
      const auto id = room.ids.next<InboundTag>();
      tx.run(
          "INSERT INTO inbound (id, gateway, sender, line, text, state, kind, dedupe_key, received_at) "
          "VALUES ($1, 'a', '+84912345678', $2, 'x', 'handled', $3, $4, $5)",
          id, to, kind, to_string(id), room.now());
    });
  }
};

TEST_F(LineOfTexts, OnlyWhatPeopleWroteToItCounts) {
  const TimePoint began = room.now();
  text("report");
  room.time.advance(30min);
  text("command");
  room.time.advance(2h);
  text("");  // a machine's, or our own
  text("report", "19005678");
  room.on_database([&](storage::Tx& tx) {
    EXPECT_EQ(last_text(tx, line), began + 30min);
    EXPECT_EQ(last_text(tx, Phone::stored("1800")), std::nullopt);
    EXPECT_EQ(history_of(tx, line, began).texts, 2);
    EXPECT_EQ(history_of(tx, line, began).longest_gap, Duration{30min});
    EXPECT_EQ(history_of(tx, line, began + 1min).texts, 1);
  });
}

TEST_F(LineOfTexts, ASilenceIsToldOnce) {
  const TimePoint last = room.now();
  room.on_database([&](storage::Tx& tx) {
    EXPECT_TRUE(note_silence(tx, line, last));
    EXPECT_FALSE(note_silence(tx, line, last));
    EXPECT_TRUE(note_silence(tx, line, last + 1h));
    EXPECT_TRUE(note_silence(tx, Phone::stored("1800"), std::nullopt));
    EXPECT_FALSE(note_silence(tx, Phone::stored("1800"), std::nullopt));
  });
}

}  // namespace
}  // namespace tongdai::ops
