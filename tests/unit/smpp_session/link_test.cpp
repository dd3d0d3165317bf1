#include "unit/smpp_session/session_kit.hpp"

namespace tongdai::gateway::smpp {
namespace {

TEST(SmppSessionLink, AsksAfterSilenceAndTheAnswerKeepsIt) {
  BoundKit kit;
  EXPECT_EQ(kit.session.next_timer(), kit.now + 30s);
  const auto asked = sent(kit.after(30s));
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(command(asked[0]), CommandId::enquire_link);
  EXPECT_TRUE(kit.after(9s).empty());
  EXPECT_TRUE(kit.receive(EnquireLinkResp{}, asked[0].sequence).empty());
  EXPECT_EQ(kit.session.next_timer(), kit.now + 30s);
}

TEST(SmppSessionLink, NoAnswerClosesAndTheWindowIsInDoubt) {
  BoundKit kit;
  ASSERT_TRUE(has<SendBytes>(kit.after(30s)));
  (void)kit.after(5s);
  (void)kit.submitted(1);
  const Actions out = kit.after(5s);
  EXPECT_EQ(closed_for(out), CloseReason::link_silent);
  EXPECT_EQ(all<InDoubt>(out).size(), 1U);
}

TEST(SmppSessionLink, AnyPduIsASignOfLife) {
  BoundKit kit;
  (void)kit.after(29s);
  EXPECT_TRUE(kit.receive(AlertNotification{}, 1).empty());
  EXPECT_TRUE(kit.after(29s).empty());
  const auto asked = sent(kit.after(1s));
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_TRUE(has<Deliver>(kit.receive(DeliverSm{}, 2)));
  EXPECT_TRUE(kit.after(10s).empty());
  EXPECT_TRUE(kit.receive(EnquireLinkResp{}, asked[0].sequence).empty());
  EXPECT_EQ(kit.session.state(), SessionState::bound);
}

TEST(SmppSessionLink, HalfAPduIsNoSignOfLife) {
  BoundKit kit;
  ASSERT_TRUE(has<SendBytes>(kit.after(30s)));
  EXPECT_TRUE(kit.session.received(Bytes{0, 0, 0, 16}, kit.now).empty());
  EXPECT_EQ(closed_for(kit.after(10s)), CloseReason::link_silent);
}

TEST(SmppSessionLink, TheirsIsAnswered) {
  BoundKit kit;
  const auto answers = sent(kit.receive(EnquireLink{}, 77));
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(command(answers[0]), CommandId::enquire_link_resp);
  EXPECT_EQ(answers[0].sequence, 77U);
}

TEST(SmppSessionLink, AnUnknownCommandGetsAGenericNack) {
  BoundKit kit;
  const Bytes unknown{0, 0, 0, 16, 0, 0, 9, 9, 0, 0, 0, 0, 0, 0, 0, 8};
  const auto answers = sent(kit.session.received(unknown, kit.now));
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(command(answers[0]), CommandId::generic_nack);
  EXPECT_EQ(answers[0].status, status::invalid_command_id);
  EXPECT_EQ(answers[0].sequence, 8U);
  EXPECT_EQ(kit.session.state(), SessionState::bound);
}

TEST(SmppSessionLink, ARequestThatOnlyWeMayMakeGetsOneToo) {
  BoundKit kit;
  EXPECT_EQ(command(sent(kit.receive(QuerySm{}, 8)).at(0)), CommandId::generic_nack);
  EXPECT_TRUE(kit.receive(Outbind{}, 9).empty());
}

TEST(SmppSessionLink, OutOfStepIsToldAndClosed) {
  for (const std::uint8_t length : {std::uint8_t{15}, std::uint8_t{0}}) {
    BoundKit kit;
    (void)kit.submitted(1);
    const Bytes fault{0, 0, 0, length, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 6};
    const Actions out = kit.session.received(fault, kit.now);
    ASSERT_EQ(sent(out).size(), 1U);
    EXPECT_EQ(command(sent(out)[0]), CommandId::generic_nack);
    EXPECT_EQ(sent(out)[0].status, status::invalid_command_length);
    EXPECT_EQ(sent(out)[0].sequence, 6U);
    EXPECT_EQ(closed_for(out), CloseReason::out_of_step);
    EXPECT_EQ(all<InDoubt>(out).size(), 1U);
    EXPECT_TRUE(kit.receive(EnquireLink{}, 1).empty());
  }
}

TEST(SmppSessionLink, ALengthAboveTheLimitIsOutOfStep) {
  BoundKit kit;
  EXPECT_EQ(closed_for(kit.session.received(Bytes{0xff, 0xff, 0xff, 0xff}, kit.now)),
            CloseReason::out_of_step);
}

}  // namespace
}  // namespace tongdai::gateway::smpp
