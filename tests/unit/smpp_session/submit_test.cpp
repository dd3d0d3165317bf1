#include "unit/smpp_session/session_kit.hpp"

namespace tongdai::gateway::smpp {
namespace {

SubmitSmResp with_id(std::string id) {
  return SubmitSmResp{std::move(id), {}};
}

TEST(SmppSessionSubmit, ABrokenParameterBehindTheIdLosesNothing) {
  BoundKit kit;
  Bytes answer = bytes_of(with_id("a1b2"), kit.submitted(7));
  answer.insert(answer.end(), {0x04, 0x24, 0xff, 0xff, 'x'});  // 65,535 octets, it says
  answer[3] = static_cast<std::uint8_t>(answer.size());
  const auto ends = all<Submitted>(kit.session.received(answer, kit.now));
  ASSERT_EQ(ends.size(), 1U);
  EXPECT_EQ(ends[0].status, status::ok);
  EXPECT_EQ(ends[0].message_id, "a1b2");
}

TEST(SmppSessionSubmit, AnAnswerEndsItWithItsId) {
  BoundKit kit;
  const auto sequence = kit.submitted(7);
  EXPECT_EQ(kit.session.window_free(), 2U);
  const auto ends = all<Submitted>(kit.receive(with_id("a1b2"), sequence));
  ASSERT_EQ(ends.size(), 1U);
  EXPECT_EQ(ends[0].token, 7U);
  EXPECT_EQ(ends[0].status, status::ok);
  EXPECT_EQ(ends[0].message_id, "a1b2");
  EXPECT_EQ(kit.session.window_free(), 3U);
}

TEST(SmppSessionSubmit, ARefusalKeepsItsStatusAndTheSessionGoesOn) {
  for (const std::uint32_t status : {status::throttled, status::message_queue_full, 0x0400U}) {
    BoundKit kit;
    const auto ends = all<Submitted>(kit.receive(SubmitSmResp{}, kit.submitted(7), status));
    ASSERT_EQ(ends.size(), 1U);
    EXPECT_EQ(ends[0].status, status);
    EXPECT_EQ(kit.session.state(), SessionState::bound);
  }
}

TEST(SmppSessionSubmit, OkWithoutAnIdIsAccepted) {
  BoundKit kit;
  const auto sequence = static_cast<std::uint8_t>(kit.submitted(7));
  const Bytes header_only{0, 0, 0, 16, 0x80, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, sequence};
  const auto ends = all<Submitted>(kit.session.received(header_only, kit.now));
  ASSERT_EQ(ends.size(), 1U);
  EXPECT_EQ(ends[0].status, status::ok);
  EXPECT_EQ(ends[0].message_id, "");
}

TEST(SmppSessionSubmit, OkWithAnIdThatIsCutShortIsAcceptedToo) {
  BoundKit kit;
  const auto sequence = static_cast<std::uint8_t>(kit.submitted(7));
  const Bytes cut{0, 0, 0, 17, 0x80, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, sequence, 'a'};
  const Actions out = kit.session.received(cut, kit.now);
  const auto ends = all<Submitted>(out);
  ASSERT_EQ(ends.size(), 1U);
  EXPECT_EQ(ends[0].status, status::ok);
  EXPECT_FALSE(has<SendBytes>(out));
}

TEST(SmppSessionSubmit, TheWindowIsNeverExceeded) {
  BoundKit kit;
  for (const SubmitToken token : {1U, 2U, 3U}) (void)kit.submitted(token);
  EXPECT_EQ(kit.session.window_free(), 0U);
  const Actions out = kit.submit(4);
  ASSERT_EQ(all<Unsent>(out).size(), 1U);
  EXPECT_EQ(all<Unsent>(out)[0].token, 4U);
  EXPECT_EQ(all<Unsent>(out)[0].error.code, Code::not_allowed);
  EXPECT_FALSE(has<SendBytes>(out));
}

TEST(SmppSessionSubmit, NothingLeavesUnlessBoundForSending) {
  Kit fresh;
  EXPECT_TRUE(has<Unsent>(fresh.submit(1)));
  (void)fresh.session.connected(fresh.now);
  EXPECT_TRUE(has<Unsent>(fresh.submit(2)));
  BoundKit receiver(Kit::settings(BindMode::receiver));
  EXPECT_EQ(receiver.session.window_free(), 0U);
  EXPECT_TRUE(has<Unsent>(receiver.submit(3)));
}

TEST(SmppSessionSubmit, WhatCannotBeWrittenIsUnsent) {
  BoundKit kit;
  const auto unsent = all<Unsent>(kit.session.submit(text_to(std::string(21, '8')), 1, kit.now));
  ASSERT_EQ(unsent.size(), 1U);
  EXPECT_EQ(unsent[0].error.code, Code::limit);
  EXPECT_EQ(kit.session.window_free(), 3U);
}

TEST(SmppSessionSubmit, NoAnswerInTimeIsInDoubtAndALateOneMatchesNothing) {
  BoundKit kit;
  const auto sequence = kit.submitted(7);
  EXPECT_EQ(kit.session.next_timer(), kit.now + 10s);
  EXPECT_TRUE(kit.after(9999ms).empty());
  const auto doubts = all<InDoubt>(kit.after(1ms));
  ASSERT_EQ(doubts.size(), 1U);
  EXPECT_EQ(doubts[0].token, 7U);
  EXPECT_EQ(kit.session.window_free(), 3U);
  EXPECT_TRUE(kit.receive(with_id("late"), sequence).empty());
  EXPECT_EQ(kit.session.state(), SessionState::bound);
}

TEST(SmppSessionSubmit, UnknownAndForeignAnswersHarmNothing) {
  BoundKit kit;
  const auto sequence = kit.submitted(7);
  EXPECT_TRUE(kit.receive(with_id("x"), sequence + 1).empty());
  EXPECT_TRUE(kit.receive(with_id("x"), 0).empty());
  EXPECT_TRUE(kit.receive(QuerySmResp{}, sequence).empty());
  EXPECT_TRUE(kit.receive(EnquireLinkResp{}, sequence).empty());
  EXPECT_TRUE(kit.receive(BindResp{}, sequence).empty());
  EXPECT_TRUE(kit.receive(UnbindResp{}, sequence).empty());
  EXPECT_TRUE(kit.receive(GenericNack{}, 0, status::invalid_command_id).empty());
  EXPECT_EQ(kit.session.window_free(), 2U);
  EXPECT_TRUE(has<Submitted>(kit.receive(with_id("x"), sequence)));
  EXPECT_TRUE(kit.receive(with_id("x"), sequence).empty());
}

TEST(SmppSessionSubmit, AGenericNackIsARefusalWithItsStatus) {
  BoundKit kit;
  const auto ends =
      all<Submitted>(kit.receive(GenericNack{}, kit.submitted(7), status::invalid_command_length));
  ASSERT_EQ(ends.size(), 1U);
  EXPECT_EQ(ends[0].status, status::invalid_command_length);
}

TEST(SmppSessionSubmit, AGenericNackThatSaysOkIsInDoubt) {
  BoundKit kit;
  const Actions out = kit.receive(GenericNack{}, kit.submitted(7));
  EXPECT_FALSE(has<Submitted>(out));
  EXPECT_TRUE(has<InDoubt>(out));
}

TEST(SmppSessionSubmit, ALostConnectionLeavesTheWindowInDoubt) {
  BoundKit kit;
  const auto first = kit.submitted(1);
  (void)kit.submitted(2);
  (void)kit.submitted(3);
  EXPECT_TRUE(has<Submitted>(kit.receive(with_id("x"), first)));
  const Actions out = kit.session.disconnected();
  EXPECT_EQ(all<InDoubt>(out).size(), 2U);
  EXPECT_EQ(all<Ended>(out).size(), 1U);
  EXPECT_FALSE(has<Close>(out));
  EXPECT_TRUE(kit.session.disconnected().empty());
}

TEST(SmppSessionSubmit, AnswersMayComeTogetherAndInAnyOrder) {
  BoundKit kit;
  const auto first = kit.submitted(1);
  const auto second = kit.submitted(2);
  const auto ends = all<Submitted>(
      kit.session.received(bytes_of(with_id("b"), second) + bytes_of(with_id("a"), first), kit.now));
  ASSERT_EQ(ends.size(), 2U);
  EXPECT_EQ(ends[0].token, 2U);
  EXPECT_EQ(ends[1].message_id, "a");
}

TEST(SmppSessionSubmit, AnAnswerMayComeByteByByte) {
  BoundKit kit;
  std::size_t ends = 0;
  for (const std::uint8_t byte : bytes_of(with_id("a1b2"), kit.submitted(1)))
    ends += all<Submitted>(kit.session.received(View(&byte, 1), kit.now)).size();
  EXPECT_EQ(ends, 1U);
}

}  // namespace
}  // namespace tongdai::gateway::smpp
