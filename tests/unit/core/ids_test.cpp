#include "core/ids.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <set>
#include <thread>
#include <vector>

namespace tongdai {
namespace {

class SetClock final : public Clock {
 public:
  [[nodiscard]] TimePoint now() const noexcept override { return wall; }
  [[nodiscard]] MonoTime monotonic() const noexcept override { return MonoTime{}; }

  TimePoint wall = parse_rfc3339("2021-11-25T00:00:00Z").value();
};

TEST(ParseId, TakesPositiveDecimals) {
  EXPECT_EQ(parse_id("1").value(), 1);
  EXPECT_EQ(parse_id("9223372036854775807").value(), std::numeric_limits<std::int64_t>::max());
}

TEST(ParseId, RefusesEverythingElse) {
  for (const std::string_view text :
       {"", "0", "-1", "+1", " 1", "1 ", "1x", "0x1", "9223372036854775808", "1.0"}) {
    ASSERT_FALSE(parse_id(text)) << text;
    EXPECT_EQ(parse_id(text).error().code, Code::invalid);
  }
}

TEST(ParseId, ReadsWhatToStringWrote) {
  SetClock clock;
  IdSource ids(clock);
  const auto id = ids.next<struct CaseTag>();
  EXPECT_EQ(parse_id(to_string(id)).value(), id.value);
}

TEST(IdSource, GrowsWithinAMillisecondAndWithTheClock) {
  SetClock clock;
  IdSource ids(clock);
  const auto first = ids.next<struct MessageTag>();
  const auto second = ids.next<struct MessageTag>();
  clock.wall += 1ms;
  const auto third = ids.next<struct MessageTag>();
  EXPECT_TRUE(first);
  EXPECT_LT(first, second);
  EXPECT_LT(second, third);
  EXPECT_GE(third.value - first.value, 1 << 21);
}

TEST(IdSource, GrowsThoughTheClockGoesBack) {
  SetClock clock;
  IdSource ids(clock);
  const auto before = ids.next<struct MessageTag>();
  clock.wall -= 24h;
  EXPECT_LT(before, ids.next<struct MessageTag>());
  clock.wall = from_unix_ms(0);  // a dead battery: before the epoch of the ids
  EXPECT_LT(before, ids.next<struct MessageTag>());
}

TEST(IdSource, PassesTheGreatestIdOnDisk) {
  SetClock clock;
  IdSource ids(clock);
  const std::int64_t floor = ids.next<struct MessageTag>().value + 1'000'000'000'000;
  ids.raise(floor);
  EXPECT_EQ(ids.next<struct MessageTag>().value, floor + 1);
  ids.raise(1);  // never lowers
  EXPECT_EQ(ids.next<struct MessageTag>().value, floor + 2);
}

TEST(IdSource, GivesEveryThreadItsOwn) {
  constexpr std::size_t threads = 4, each = 2000;
  const SetClock clock;
  IdSource ids(clock);
  std::vector<std::vector<std::int64_t>> taken(threads);
  {
    std::vector<std::jthread> running;
    for (auto& mine : taken) {
      running.emplace_back([&ids, &mine] {
        for (std::size_t i = 0; i < each; ++i) mine.push_back(ids.next<struct MessageTag>().value);
      });
    }
  }
  std::set<std::int64_t> all;
  for (const auto& mine : taken) all.insert(mine.begin(), mine.end());
  EXPECT_EQ(all.size(), threads * each);
}

}  // namespace
}  // namespace tongdai
