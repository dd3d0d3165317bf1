#include "gateway_adapters/smpp/codec/udh.hpp"
#include "unit/smpp_account/account_kit.hpp"

namespace tongdai::gateway::smpp {
namespace {

const std::string three_parts(400, 'a');

PartInfo part_of(const SubmitSm& submit) {
  const auto header = parse_udh(submit.short_message);
  return header && header->part ? *header->part : PartInfo{};
}

TEST(AccountParts, GoOutInOrderOverOneBindBeforeTheNextMessage) {
  AccountKit kit(AccountKit::settings(2));
  kit.up().submit({1, 2}, three_parts);
  for (const BindIndex bind : {0U, 1U}) {
    ASSERT_EQ(kit.written(bind), 3U);
    std::string to;
    for (std::uint8_t n = 1; n <= 3; ++n) {
      const auto [pdu, submit] = kit.next<SubmitSm>(bind);
      if (n == 1) to = submit.destination.value;
      EXPECT_EQ(submit.destination.value, to);
      EXPECT_EQ(part_of(submit).part, n);
      EXPECT_EQ(part_of(submit).total, 3);
    }
  }
}

TEST(AccountParts, AllTakenIsAcceptedWithAReferenceEach) {
  AccountKit kit;
  kit.up().submit({1}, three_parts);
  std::vector<Decoded> submits;
  for (int n = 0; n < 3; ++n) submits.push_back(kit.next_pdu(0));
  kit.accept(0, submits[2], "c");
  kit.accept(0, submits[0], "a");
  EXPECT_FALSE(kit.has_ended(1));
  kit.accept(0, submits[1], "b");
  EXPECT_EQ(kit.result(1).refs, (std::vector<std::string>{"a", "b", "c"}));
}

TEST(AccountParts, OnlyWhatTheCentreHasNotGoesAgainWithTheSameReference) {
  AccountKit kit;
  kit.up().submit({1}, three_parts);
  const auto [first, one] = kit.next<SubmitSm>(0);
  const auto [second, two] = kit.next<SubmitSm>(0);
  const auto [third, three] = kit.next<SubmitSm>(0);
  kit.accept(0, first, "a");
  kit.refuse(0, second, status::throttled);
  kit.accept(0, third, "c");
  EXPECT_EQ(kit.result(1).outcome, Outcome::throttled);
  kit.results.clear();
  kit.submit({1}, three_parts);
  kit.pass(Pace::calm);
  ASSERT_EQ(kit.written(0), 1U);
  const auto [again, second_again] = kit.next<SubmitSm>(0);
  EXPECT_EQ(part_of(second_again).part, 2);
  EXPECT_EQ(part_of(second_again).reference, part_of(one).reference);
  kit.accept(0, again, "b");
  EXPECT_EQ(kit.result(1).refs, (std::vector<std::string>{"a", "b", "c"}));
}

TEST(AccountParts, AfterARefusalTheOthersDoNotLeave) {
  AccountKit kit;
  kit.up().submit({1}, std::string(1000, 'a'));  // seven parts, a window of four
  const Decoded first = kit.next_pdu(0);
  kit.refuse(0, first, 0x0b);
  EXPECT_EQ(kit.written(0), 3U) << "those that had left";
  for (int n = 0; n < 3; ++n) kit.accept(0, kit.next_pdu(0), std::to_string(n));
  EXPECT_EQ(kit.written(0), 0U);
  EXPECT_EQ(kit.result(1).outcome, Outcome::rejected);
}

TEST(AccountParts, TheMessageBehindOneThatWasRefusedFollows) {
  AccountKit kit;
  kit.up().submit({1}, std::string(1000, 'a'));
  kit.submit({2});
  kit.refuse(0, kit.next_pdu(0), 0x0b);
  for (int n = 0; n < 3; ++n) kit.accept(0, kit.next_pdu(0), std::to_string(n));
  const auto [pdu, submit] = kit.next<SubmitSm>(0);
  EXPECT_EQ(submit.destination.value, "84911000002");
}

TEST(AccountParts, TheWorstOfThemIsTheMessages) {
  AccountKit kit;
  kit.up().submit({1}, three_parts);
  kit.refuse(0, kit.next_pdu(0), status::throttled);
  kit.refuse(0, kit.next_pdu(0), 0x0b);
  EXPECT_FALSE(kit.has_ended(1));
  kit.drop(0);
  EXPECT_EQ(kit.result(1).outcome, Outcome::uncertain);
}

TEST(AccountParts, ALinkLostBetweenThemKeepsWhatTheCentreHas) {
  AccountKit kit;
  kit.up().submit({1}, std::string(1000, 'a'));
  for (int n = 0; n < 4; ++n) kit.accept(0, kit.next_pdu(0), std::to_string(n));
  ASSERT_EQ(kit.written(0), 3U);
  for (int n = 4; n < 7; ++n) kit.refuse(0, kit.next_pdu(0), status::message_queue_full);
  EXPECT_EQ(kit.result(1).outcome, Outcome::throttled);
  kit.results.clear();
  kit.submit({1}, std::string(1000, 'a'));
  kit.pass(Pace::calm);
  EXPECT_EQ(kit.written(0), 3U);
}

TEST(AccountParts, AMessageOfWhichPartsLeftIsNotCalledUnreachable) {
  AccountKit kit;
  kit.up().submit({1}, std::string(1000, 'a'));
  for (int n = 0; n < 3; ++n) kit.accept(0, kit.next_pdu(0), std::to_string(n));
  kit.stop();  // four are in flight or taken, three have not left
  while (kit.written(0) > 0) kit.accept(0, kit.next_pdu(0), "x");
  EXPECT_TRUE(kit.result(1).outcome == Outcome::retry_later || kit.result(1).outcome == Outcome::accepted);
}

TEST(PartialMessages, AreForgottenOldestFirst) {
  Partials partials;
  const PartRefs some{"a", std::nullopt};
  for (std::int64_t id = 0; id <= static_cast<std::int64_t>(Partials::messages_max); ++id)
    partials.keep(MessageId{id}, some);
  EXPECT_TRUE(partials.take(MessageId{0}, 2).empty());
  EXPECT_EQ(partials.take(MessageId{1}, 2), some);
  EXPECT_TRUE(partials.take(MessageId{1}, 2).empty()) << "it is given once";
  EXPECT_TRUE(partials.take(MessageId{2}, 3).empty()) << "the text is another one";
}

TEST(PartialMessages, WholeOnesAndNonesAreNotKept) {
  Partials partials;
  partials.keep(MessageId{1}, {std::nullopt, std::nullopt});
  partials.keep(MessageId{2}, {"a", "b"});
  EXPECT_TRUE(partials.take(MessageId{1}, 2).empty());
  EXPECT_TRUE(partials.take(MessageId{2}, 2).empty());
}

}  // namespace
}  // namespace tongdai::gateway::smpp
