#include "unit/smpp_account/account_kit.hpp"

namespace tongdai::gateway::smpp {
namespace {

TEST(AccountStop, WaitsForAnswersThenUnbinds) {
  AccountKit kit;
  kit.up().submit({1});
  kit.stop();
  const Decoded submit = kit.next_pdu(0);
  EXPECT_EQ(kit.written(0), 0U) << "no unbind while an answer is due";
  kit.accept(0, submit, "a");
  EXPECT_EQ(kit.result(1).outcome, Outcome::accepted);
  const auto [unbind, body] = kit.next<Unbind>(0);
  EXPECT_EQ(kit.stopped, 0);
  kit.answer(0, unbind.sequence, UnbindResp{});
  EXPECT_EQ(kit.stopped, 1);
  EXPECT_EQ(kit.links.back(), Link::down);
  EXPECT_EQ(kit.disconnects.size(), 1U);
}

TEST(AccountStop, GivesUpWhatIsNotAnsweredInTime) {
  AccountKit kit;
  kit.up().submit({1});
  kit.stop();
  kit.pass(AccountKit::settings().drain_max);
  EXPECT_EQ(kit.result(1).outcome, Outcome::uncertain);
  EXPECT_EQ(kit.stopped, 1);
}

TEST(AccountStop, EndsWhatHasNotLeft) {
  AccountKit kit;
  kit.up().submit({1, 2, 3, 4, 5, 6});
  kit.stop();
  EXPECT_EQ(kit.result(5).outcome, Outcome::unreachable);
  EXPECT_EQ(kit.result(6).outcome, Outcome::unreachable);
  EXPECT_FALSE(kit.has_ended(1));
}

TEST(AccountStop, TakesNothingMore) {
  AccountKit kit;
  kit.up().stop();
  kit.submit({1});
  EXPECT_EQ(kit.result(1).outcome, Outcome::unreachable);
}

TEST(AccountStop, IsAtOnceWhereNothingStands) {
  AccountKit waiting;
  waiting.up().drop(0);
  waiting.stop();
  EXPECT_EQ(waiting.stopped, 1);
  AccountKit connecting;
  connecting.account.start(connecting.now);
  connecting.collect();
  connecting.stop();
  EXPECT_EQ(connecting.stopped, 1);
  EXPECT_EQ(connecting.disconnects.size(), 1U);
  AccountKit never;
  never.stop();
  EXPECT_EQ(never.stopped, 1);
}

TEST(AccountStop, NobodyConnectsAgain) {
  AccountKit kit(AccountKit::settings(2));
  kit.up().drop(1);
  kit.stop();
  const std::size_t before = kit.connects.size();
  kit.pass(5min);
  EXPECT_EQ(kit.connects.size(), before);
  EXPECT_EQ(kit.stopped, 1);
}

TEST(AccountStop, ALinkThatDropsMeanwhileEndsIt) {
  AccountKit kit;
  kit.up().submit({1});
  kit.stop();
  kit.drop(0);
  EXPECT_EQ(kit.result(1).outcome, Outcome::uncertain);
  EXPECT_EQ(kit.stopped, 1);
}

TEST(AccountStop, ACentreThatHangsUpInPlaceOfAnAnswerIsFine) {
  AccountKit kit;
  kit.up().stop();
  (void)kit.next<Unbind>(0);
  kit.drop(0);
  EXPECT_EQ(kit.stopped, 1);
}

}  // namespace
}  // namespace tongdai::gateway::smpp
