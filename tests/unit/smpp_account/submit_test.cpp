#include "unit/smpp_account/account_kit.hpp"

namespace tongdai::gateway::smpp {
namespace {

TEST(AccountSubmits, AnAcceptedMessageHasItsReference) {
  AccountKit kit;
  kit.up().submit({7});
  const auto [pdu, submit] = kit.next<SubmitSm>(0);
  EXPECT_EQ(submit.destination.value, "84911000007");
  EXPECT_FALSE(kit.has_ended(7));
  kit.accept(0, pdu, "abc");
  EXPECT_EQ(kit.result(7).outcome, Outcome::accepted);
  EXPECT_EQ(kit.result(7).refs, std::vector<std::string>{"abc"});
}

TEST(AccountSubmits, ReferencesAreInTheFormBothPlacesShare) {
  AccountSettings settings = AccountKit::settings();
  settings.ids = {IdForm::hexadecimal, IdForm::decimal};
  AccountKit kit(settings);
  kit.up().submit({1});
  kit.accept(0, kit.next_pdu(0), "00FF");
  EXPECT_EQ(kit.result(1).refs, std::vector<std::string>{"ff"});
}

TEST(AccountSubmits, WithoutAnIdItIsAcceptedAndUntrackable) {
  AccountKit kit;
  kit.up().submit({1});
  kit.accept(0, kit.next_pdu(0), "");
  EXPECT_EQ(kit.result(1).outcome, Outcome::accepted);
  EXPECT_EQ(kit.result(1).refs, std::vector<std::string>{""});
}

TEST(AccountSubmits, WhatEachStatusMeans) {
  using enum Outcome;
  const std::vector<std::pair<std::uint32_t, Outcome>> meant{{status::throttled, throttled},
                                                             {status::message_queue_full, throttled},
                                                             {status::system_error, retry_later},
                                                             {status::receiver_temporary_error, retry_later},
                                                             {0x0b, rejected},
                                                             {status::receiver_reject, rejected},
                                                             {status::invalid_message_length, rejected},
                                                             {0x0499, retry_later},
                                                             {0x7fffffff, retry_later},
                                                             {0xff, retry_later}};
  for (const auto& [code, outcome] : meant) {
    AccountKit kit;
    kit.up().submit({1});
    kit.refuse(0, kit.next_pdu(0), code);
    EXPECT_EQ(kit.result(1).outcome, outcome) << code;
    EXPECT_EQ(kit.result(1).reason, describe_status(code));
    EXPECT_TRUE(kit.result(1).refs.empty());
  }
}

TEST(AccountSubmits, ARouteMayHaveItsOwnMeaning) {
  AccountSettings settings = AccountKit::settings();
  settings.outcomes.set(0x0499, Outcome::rejected);
  settings.outcomes.set(status::throttled, Outcome::retry_later);
  AccountKit kit(settings);
  kit.up().submit({1, 2});
  kit.refuse(0, kit.next_pdu(0), 0x0499);
  kit.refuse(0, kit.next_pdu(0), status::throttled);
  EXPECT_EQ(kit.result(1).outcome, Outcome::rejected);
  EXPECT_EQ(kit.result(2).outcome, Outcome::retry_later);
}

TEST(AccountSubmits, NoMoreThanTheWindowIsWithoutAnAnswer) {
  AccountKit kit;
  kit.up().submit({1, 2, 3, 4, 5, 6});
  EXPECT_EQ(kit.written(0), 4U);
  kit.accept(0, kit.next_pdu(0), "1");
  EXPECT_EQ(kit.written(0), 4U) << "one more for the one that is answered";
}

TEST(AccountSubmits, SeveralBindsShareTheWork) {
  AccountKit kit(AccountKit::settings(2));
  kit.up().submit({1, 2, 3, 4, 5, 6, 7, 8});
  EXPECT_EQ(kit.written(0), 4U);
  EXPECT_EQ(kit.written(1), 4U);
}

TEST(AccountSubmits, WithoutALinkNothingLeaves) {
  AccountKit kit;
  kit.account.start(kit.now);
  kit.collect();
  kit.submit({1});
  EXPECT_EQ(kit.result(1).outcome, Outcome::unreachable);
  EXPECT_EQ(kit.written(0), 0U);
}

TEST(AccountSubmits, WhatHadLeftWhenTheLinkDroppedIsUncertainAndTheRestIsNot) {
  AccountKit kit;
  kit.up().submit({1, 2, 3, 4, 5, 6});
  kit.drop(0);
  for (const int id : {1, 2, 3, 4}) EXPECT_EQ(kit.result(id).outcome, Outcome::uncertain);
  for (const int id : {5, 6}) EXPECT_EQ(kit.result(id).outcome, Outcome::unreachable);
}

TEST(AccountSubmits, WhatHadNotLeftGoesOverToAnotherBind) {
  AccountKit kit(AccountKit::settings(2));
  kit.up().submit({1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  kit.drop(1);
  for (int n = 0; n < 6; ++n) kit.accept(0, kit.next_pdu(0), std::to_string(n));
  EXPECT_EQ(std::ranges::count(kit.results, Outcome::accepted, &SubmitResult::outcome), 6);
  EXPECT_EQ(std::ranges::count(kit.results, Outcome::uncertain, &SubmitResult::outcome), 4);
  EXPECT_EQ(std::ranges::count(kit.results, Outcome::unreachable, &SubmitResult::outcome), 0);
}

TEST(AccountSubmits, WhatIsInFlightWhenTheCentreUnbindsMayStillBeAnswered) {
  AccountKit kit(AccountKit::settings(2));
  kit.up().submit({1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  kit.send(1, Unbind{}, 99);
  kit.submit({11});
  for (int n = 0; n < 4; ++n) kit.accept(1, kit.next_pdu(1), "b" + std::to_string(n));
  EXPECT_EQ(command_of(kit.next_pdu(1).pdu), CommandId::unbind_resp);
  EXPECT_EQ(kit.written(1), 0U) << "nothing more leaves over it";
  EXPECT_EQ(kit.disconnects, std::vector<BindIndex>{1});
  for (int n = 0; n < 7; ++n) kit.accept(0, kit.next_pdu(0), std::to_string(n));
  EXPECT_EQ(std::ranges::count(kit.results, Outcome::accepted, &SubmitResult::outcome), 11);
}

TEST(AccountSubmits, WhatHadNotLeftWhenTheOnlyBindIsUnboundDoesNotWait) {
  AccountKit kit;
  kit.up().submit({1, 2, 3, 4, 5});
  kit.send(0, Unbind{}, 99);
  EXPECT_EQ(kit.result(5).outcome, Outcome::unreachable);
  EXPECT_EQ(kit.links.back(), Link::connecting);
  kit.accept(0, kit.next_pdu(0), "a");
  EXPECT_EQ(kit.result(1).outcome, Outcome::accepted);
  kit.pass(AccountKit::settings().session.unbind_timeout);
  EXPECT_EQ(kit.result(2).outcome, Outcome::uncertain);
  EXPECT_EQ(kit.disconnects.size(), 1U);
}

TEST(AccountSubmits, AnAnswerThatNeverComesIsUncertain) {
  AccountKit kit;
  kit.up().submit({1});
  kit.pass(20s);
  EXPECT_EQ(kit.result(1).outcome, Outcome::uncertain);
  kit.accept(0, kit.next_pdu(0), "late");
  EXPECT_EQ(kit.results.size(), 1U) << "the late answer matches nothing";
}

}  // namespace
}  // namespace tongdai::gateway::smpp
