#include "outbox/rest.hpp"

#include <gtest/gtest.h>

#include <map>

#include "support/engine_room.hpp"

namespace tongdai::outbox {
namespace {

constexpr Duration week = std::chrono::weeks{1};
const TimePoint start = parse_rfc3339("2026-11-25T09:00:00+07:00").value();

Phone number(int n) {
  return Phone::stored("+849" + std::to_string(10'000'000 + n));
}

int resting(const Rest& rest, int numbers, TimePoint at) {
  int n = 0;
  for (int i = 0; i < numbers; ++i) n += rest.rests(number(i), at) ? 1 : 0;
  return n;
}

TEST(Rest, IsAStatedShareOfAllNumbersAtAnyTime) {
  for (const int percent : {1, 5, 50}) {
    const Rest rest(Rest::Key{7}, percent);
    for (const Duration later : {0 * week, week / 3, 5 * week, 40 * week}) {
      EXPECT_NEAR(resting(rest, 20'000, start + later), 200 * percent, 60 + 2 * percent) << percent;
    }
  }
}

TEST(Rest, NobodyRestsWithoutAShare) {
  EXPECT_EQ(resting(Rest(Rest::Key{7}, 0), 5'000, start), 0);
  EXPECT_EQ(resting(Rest(), 5'000, start), 0);
}

TEST(Rest, OtherSecretsLetOthersRest) {
  const Rest one(Rest::Key{1}, 10);
  const Rest other(Rest::Key{2}, 10);
  int both = 0;
  for (int i = 0; i < 10'000; ++i) both += one.rests(number(i), start) && other.rests(number(i), start);
  EXPECT_NEAR(both, 100, 60);
}

TEST(Rest, LastsWholeWeeksAndBeginsAtAllTimes) {
  const Rest rest(Rest::Key{7}, 10);
  std::map<std::int64_t, int> weeks, begin_days;
  for (int i = 0; i < 400; ++i) {
    std::optional<TimePoint> began;
    bool last = true;  // what had begun before is not measured
    for (TimePoint t = start; t < start + 30 * week; t += 1h) {
      const bool now = rest.rests(number(i), t);
      if (now && !last) began = t;
      if (!now && last && began) {
        EXPECT_EQ((t - *began) % week, Duration{0}) << "by the hour, as it is looked at";
        ++weeks[(t - *began) / week];
        ++begin_days[(*began - start) / 24h % 7];
      }
      last = now;
    }
  }
  EXPECT_EQ(begin_days.size(), 7U);
  EXPECT_GT(weeks[1], weeks[2]);
  EXPECT_GT(weeks[2], 0);
  EXPECT_GT(weeks[3], 0) << "a case that is open for weeks has its like";
}

TEST(Rest, TheSecretIsOfTheInstallationAndInNoDatabase) {
  test::EngineRoom room;
  const auto made = room.on_database([](storage::Tx& tx) { return rest_key(tx); });
  EXPECT_NE(made, Rest::Key{});
  room.reopen();
  EXPECT_EQ(room.on_database([](storage::Tx& tx) { return rest_key(tx); }), made);
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM meta WHERE key LIKE '%rest%'"), 0);
  test::EngineRoom other;
  EXPECT_NE(other.on_database([](storage::Tx& tx) { return rest_key(tx); }), made);
}

}  // namespace
}  // namespace tongdai::outbox
