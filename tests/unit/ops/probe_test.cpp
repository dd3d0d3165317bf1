#include "ops/probe.hpp"

#include <gtest/gtest.h>

#include <set>

#include "support/engine_room.hpp"

namespace tongdai::ops {
namespace {

struct Probes : testing::Test {
  test::EngineRoom room;
  SyntheticSettings settings{"modem", Phone::stored("+84912000001"), Phone::stored("19001234"), 1h, 5min};
  int drawn = 0;

  std::string send() {
    return room.on_database([&](storage::Tx& tx) {
      return begin_probe(tx, [this] { return "NONCE" + std::to_string(++drawn); }, room.now());
    });
  }
  bool comes(const std::string& words, const std::string& sender = "+84912000001") {
    return room.on_database(
        [&](storage::Tx& tx) { return take_probe(tx, settings, Phone::stored(sender), words, room.now()); });
  }
  std::size_t give_up() {
    return room.on_database([&](storage::Tx& tx) { return give_up_probes(tx, settings.within, room.now()); });
  }
  ProbeHistory history() {
    return room.on_database([](storage::Tx& tx) { return probe_history(tx); });
  }
};

TEST_F(Probes, WhatComesBackInTimeIsWell) {
  const std::string words = send();
  room.time.advance(40s);
  EXPECT_TRUE(comes(" " + words + "\r\n"));
  EXPECT_EQ(history().round, Duration{40s});
  room.time.advance(10min);
  EXPECT_EQ(give_up(), 0U);
  EXPECT_FALSE(history().is_missed);
}

TEST_F(Probes, WhatDoesNotComeIsMissedAndCountsAsLateAfterwards) {
  const std::string words = send();
  room.time.advance(4min);
  EXPECT_EQ(give_up(), 0U);
  room.time.advance(1min);
  EXPECT_EQ(give_up(), 1U);
  EXPECT_TRUE(history().is_missed);
  EXPECT_TRUE(comes(words));  // it must not become a case either
  EXPECT_FALSE(history().is_missed);
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM watch_probe WHERE state = 'late'"), 1);
}

TEST_F(Probes, ASecondTimeTheSameTextChangesNothing) {
  const std::string words = send();
  EXPECT_TRUE(comes(words));
  room.time.advance(1min);
  EXPECT_TRUE(comes(words));
  EXPECT_EQ(history().round, Duration{0});
}

TEST_F(Probes, NobodyElseCanPassATextOffAsOneAndNoReportHidesInOne) {
  const std::string words = send();
  EXPECT_FALSE(comes(words, "+84912345678"));   // another's number
  EXPECT_FALSE(comes(words + " cuu toi voi"));  // more than the probe
  EXPECT_FALSE(comes("cuu toi voi " + words));
  EXPECT_FALSE(comes("Kiem tra duong truyen NONCE99"));  // never sent
  EXPECT_FALSE(comes("Kiem tra duong truyen "));
  EXPECT_FALSE(comes("toi bi danh"));
  EXPECT_FALSE(history().returned);
}

TEST_F(Probes, TheNextIsDueInItsTimeAndAlsoAfterTheClockWasSetBack) {
  EXPECT_TRUE(is_probe_due(history(), 1h, room.now()));
  (void)send();
  EXPECT_FALSE(is_probe_due(history(), 1h, room.now() + 59min));
  EXPECT_TRUE(is_probe_due(history(), 1h, room.now() + 1h));
  room.time.jump_wall(-24h);
  EXPECT_TRUE(is_probe_due(history(), 1h, room.now()));
  (void)send();
  EXPECT_FALSE(is_probe_due(history(), 1h, room.now()));  // the last sent counts, not the latest
}

TEST_F(Probes, TheirLifeIsATable) {
  using S = ProbeState;
  using E = ProbeEvent;
  EXPECT_EQ(next(S::waiting, E::came), S::returned);
  EXPECT_EQ(next(S::waiting, E::time_up), S::missed);
  EXPECT_EQ(next(S::missed, E::came), S::late);
  const std::vector<std::pair<S, E>> never{{S::missed, E::time_up},
                                           {S::returned, E::came},
                                           {S::returned, E::time_up},
                                           {S::late, E::came},
                                           {S::late, E::time_up}};
  for (const auto& [state, event] : never) {
    EXPECT_FALSE(next(state, event)) << name_of(state) << " " << name_of(event);
  }
}

TEST_F(Probes, NoncesAreLongAndNotTheSameTwice) {
  const auto source = random_nonces();
  std::set<std::string> drawn_ones;
  for (int i = 0; i < 100; ++i) {
    const std::string nonce = source();
    EXPECT_EQ(nonce.size(), 16U);
    drawn_ones.insert(nonce);
  }
  EXPECT_EQ(drawn_ones.size(), 100U);
}

TEST_F(Probes, OldOnesAreForgotten) {
  (void)send();
  room.time.jump_wall(31 * 24h);
  room.on_database([&](storage::Tx& tx) { drop_old_probes(tx, room.now()); });
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM watch_probe"), 0);
}

}  // namespace
}  // namespace tongdai::ops
