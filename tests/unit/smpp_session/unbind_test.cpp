#include "unit/smpp_session/session_kit.hpp"

namespace tongdai::gateway::smpp {
namespace {

TEST(SmppSessionUnbind, DrainsTheWindowThenUnbindsThenWaits) {
  BoundKit kit;
  const auto sequence = kit.submitted(1);
  EXPECT_TRUE(kit.session.unbind(kit.now).empty());
  EXPECT_EQ(kit.session.state(), SessionState::unbinding);
  EXPECT_TRUE(has<Unsent>(kit.submit(2)));

  const Actions drained = kit.receive(SubmitSmResp{"a", {}}, sequence);
  EXPECT_TRUE(has<Submitted>(drained));
  ASSERT_EQ(sent(drained).size(), 1U);
  EXPECT_EQ(command(sent(drained)[0]), CommandId::unbind);
  const Actions left = kit.receive(UnbindResp{}, sent(drained)[0].sequence);
  EXPECT_EQ(closed_for(left), CloseReason::unbound);
  EXPECT_EQ(kit.session.state(), SessionState::ended);
}

TEST(SmppSessionUnbind, AnEmptyWindowUnbindsAtOnceAndOnlyOnce) {
  BoundKit kit;
  EXPECT_EQ(command(sent(kit.session.unbind(kit.now)).at(0)), CommandId::unbind);
  EXPECT_TRUE(kit.session.unbind(kit.now).empty());
}

TEST(SmppSessionUnbind, WhatIsNeverAnsweredDoesNotHoldItForever) {
  BoundKit kit;
  (void)kit.submitted(1);
  (void)kit.session.unbind(kit.now);
  const Actions out = kit.after(10s);
  EXPECT_EQ(all<InDoubt>(out).size(), 1U);
  EXPECT_EQ(command(sent(out).at(0)), CommandId::unbind);
  EXPECT_EQ(closed_for(kit.after(2s)), CloseReason::unbind_timeout);
}

TEST(SmppSessionUnbind, ACloseInPlaceOfTheAnswerIsFine) {
  BoundKit kit;
  (void)kit.session.unbind(kit.now);
  const Actions out = kit.session.disconnected();
  ASSERT_EQ(out.size(), 1U);
  EXPECT_TRUE(has<Ended>(out));
}

TEST(SmppSessionUnbind, ARefusalOfItIsAnAnswer) {
  BoundKit kit;
  const auto sequence = sent(kit.session.unbind(kit.now)).at(0).sequence;
  EXPECT_EQ(closed_for(kit.receive(GenericNack{}, sequence, status::system_error)), CloseReason::unbound);
}

TEST(SmppSessionUnbind, InboundStillComesWhileLeaving) {
  BoundKit kit;
  (void)kit.submitted(1);
  (void)kit.session.unbind(kit.now);
  const auto delivers = all<Deliver>(kit.receive(DeliverSm{}, 5));
  ASSERT_EQ(delivers.size(), 1U);
  EXPECT_EQ(sent(kit.session.answered(delivers[0].token, true)).size(), 1U);
}

TEST(SmppSessionUnbind, TheirsIsAnsweredAndWithNothingInFlightItCloses) {
  BoundKit kit;
  const Actions out = kit.receive(Unbind{}, 99);
  ASSERT_EQ(sent(out).size(), 1U);
  EXPECT_EQ(command(sent(out)[0]), CommandId::unbind_resp);
  EXPECT_EQ(sent(out)[0].sequence, 99U);
  EXPECT_EQ(closed_for(out), CloseReason::centre_unbound);
}

TEST(SmppSessionUnbind, AnswersBehindTheirsInTheSameBytesCount) {
  BoundKit kit;
  const auto first = kit.submitted(1);
  const auto second = kit.submitted(2);
  const Actions out =
      kit.session.received(bytes_of(Unbind{}, 99) + bytes_of(SubmitSmResp{"a", {}}, first) +
                               bytes_of(SubmitSmResp{"b", {}}, second) + bytes_of(EnquireLink{}, 100),
                           kit.now);
  ASSERT_EQ(sent(out).size(), 1U);
  EXPECT_EQ(command(sent(out)[0]), CommandId::unbind_resp);
  ASSERT_EQ(all<Submitted>(out).size(), 2U);
  EXPECT_EQ(all<Submitted>(out)[1].message_id, "b");
  EXPECT_FALSE(has<InDoubt>(out));
  EXPECT_EQ(closed_for(out), CloseReason::centre_unbound);
}

TEST(SmppSessionUnbind, AfterTheirsNothingIsSubmittedAndAnswersAreWaitedForAWhile) {
  BoundKit kit;
  const auto first = kit.submitted(1);
  (void)kit.submitted(2);
  const Actions asked = kit.receive(Unbind{}, 99);
  EXPECT_TRUE(has<Dismissed>(asked));
  EXPECT_FALSE(has<Close>(asked));
  EXPECT_EQ(kit.session.state(), SessionState::dismissed);
  EXPECT_TRUE(has<Unsent>(kit.submit(3)));
  EXPECT_EQ(kit.session.next_timer(), kit.now + 2s);
  EXPECT_TRUE(has<Submitted>(kit.receive(SubmitSmResp{"a", {}}, first)));
  EXPECT_EQ(command(sent(kit.receive(Unbind{}, 100)).at(0)), CommandId::unbind_resp) << "asked again";
  EXPECT_TRUE(kit.after(1999ms).empty());
  const Actions out = kit.after(1ms);
  EXPECT_EQ(all<InDoubt>(out).size(), 1U);
  EXPECT_EQ(closed_for(out), CloseReason::centre_unbound);
}

TEST(SmppSessionUnbind, AfterTheirsTheCentreMayHangUp) {
  BoundKit kit;
  (void)kit.submitted(1);
  (void)kit.receive(Unbind{}, 99);
  const Actions out = kit.session.disconnected();
  EXPECT_EQ(all<InDoubt>(out).size(), 1U);
  EXPECT_TRUE(has<Ended>(out));
}

TEST(SmppSessionUnbind, TheirsWhileWeDrainTakesThePlaceOfOurs) {
  BoundKit kit;
  const auto sequence = kit.submitted(1);
  (void)kit.session.unbind(kit.now);
  EXPECT_FALSE(has<Close>(kit.receive(Unbind{}, 99)));
  const Actions out = kit.receive(SubmitSmResp{"a", {}}, sequence);
  EXPECT_TRUE(has<Submitted>(out));
  EXPECT_TRUE(sent(out).empty());
  EXPECT_EQ(closed_for(out), CloseReason::centre_unbound);
}

TEST(SmppSessionUnbind, BeforeTheBindIsAnsweredItJustCloses) {
  Kit kit;
  EXPECT_TRUE(kit.session.unbind(kit.now).empty());
  (void)kit.session.connected(kit.now);
  EXPECT_EQ(closed_for(kit.session.unbind(kit.now)), CloseReason::unbound);
}

}  // namespace
}  // namespace tongdai::gateway::smpp
