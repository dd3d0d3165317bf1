#include "ops/heartbeat.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <optional>
#include <vector>

#include "support/virtual_time.hpp"

namespace tongdai::ops {
namespace {

class HeartbeatTest : public testing::Test {
 protected:
  /// Somebody who asks for the next beat; what the answer was.
  std::shared_ptr<std::optional<bool>> ask(Duration patience) {
    auto answer = std::make_shared<std::optional<bool>>();
    asio::co_spawn(loop_, wait(patience, answer), asio::detached);
    time_.settle();
    return answer;
  }
  asio::awaitable<void> wait(Duration patience, std::shared_ptr<std::optional<bool>> answer) {
    *answer = co_await heart_.next(patience);
  }

  asio::io_context loop_;
  test::VirtualTime time_{loop_, from_unix_ms(0)};
  Heartbeat heart_{loop_.get_executor(), time_, time_};
};

TEST_F(HeartbeatTest, ABeatAnswersAllWhoWait) {
  std::vector<std::shared_ptr<std::optional<bool>>> answers;
  for (int i = 0; i < 20; ++i) answers.push_back(ask(1s));
  heart_.beat();
  time_.settle();
  for (const auto& answer : answers) EXPECT_EQ(*answer, true);
  EXPECT_EQ(time_.sleepers(), 0U);
}

TEST_F(HeartbeatTest, NoBeatIsAnsweredWhenPatienceEnds) {
  const auto answer = ask(1s);
  time_.advance(999ms);
  EXPECT_FALSE(answer->has_value());
  time_.advance(1ms);
  EXPECT_EQ(*answer, false);
}

TEST_F(HeartbeatTest, ABeatOfThePastDoesNotCount) {
  heart_.beat();
  const auto answer = ask(1s);
  EXPECT_FALSE(answer->has_value());
  time_.advance(1s);
  EXPECT_EQ(*answer, false);
}

TEST_F(HeartbeatTest, TheAgeRunsFromTheLastBeat) {
  time_.advance(3s);
  EXPECT_EQ(heart_.age(), 3s);
  heart_.beat();
  time_.advance(200ms);
  EXPECT_EQ(heart_.age(), 200ms);
  EXPECT_EQ(heart_.beats(), 1U);
}

}  // namespace
}  // namespace tongdai::ops
