#include "unit/smpp_session/session_kit.hpp"

namespace tongdai::gateway::smpp {
namespace {

DeliverSm text_from(std::string number) {
  DeliverSm pdu;
  pdu.source.value = std::move(number);
  pdu.short_message = {'a'};
  return pdu;
}

TEST(SmppSessionInbound, IsAnsweredOnlyAfterTheServiceHasIt) {
  BoundKit kit;
  const Actions out = kit.receive(text_from("84912345678"), 41);
  const auto delivers = all<Deliver>(out);
  ASSERT_EQ(delivers.size(), 1U);
  EXPECT_EQ(std::get<DeliverSm>(delivers[0].pdu).source.value, "84912345678");
  EXPECT_FALSE(has<SendBytes>(out));

  const auto answers = sent(kit.session.answered(delivers[0].token, true));
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(command(answers[0]), CommandId::deliver_sm_resp);
  EXPECT_EQ(answers[0].sequence, 41U);
  EXPECT_EQ(answers[0].status, status::ok);
  EXPECT_TRUE(kit.session.answered(delivers[0].token, true).empty());
}

TEST(SmppSessionInbound, WhatCannotBeKeptIsAskedForAgain) {
  BoundKit kit;
  const auto delivers = all<Deliver>(kit.receive(text_from("84912345678"), 41));
  ASSERT_EQ(delivers.size(), 1U);
  EXPECT_EQ(sent(kit.session.answered(delivers[0].token, false)).at(0).status,
            status::receiver_temporary_error);
  EXPECT_TRUE(has<Deliver>(kit.receive(text_from("84912345678"), 42)));
}

TEST(SmppSessionInbound, DataSmHasItsOwnAnswer) {
  BoundKit kit;
  const auto delivers = all<Deliver>(kit.receive(DataSm{}, 9));
  ASSERT_EQ(delivers.size(), 1U);
  EXPECT_TRUE(std::holds_alternative<DataSm>(delivers[0].pdu));
  EXPECT_EQ(command(sent(kit.session.answered(delivers[0].token, true)).at(0)), CommandId::data_sm_resp);
}

TEST(SmppSessionInbound, ComesOnAReceiverToo) {
  BoundKit kit(Kit::settings(BindMode::receiver));
  EXPECT_TRUE(has<Deliver>(kit.receive(text_from("113"), 1)));
}

TEST(SmppSessionInbound, ATransmitterTakesNone) {
  BoundKit kit(Kit::settings(BindMode::transmitter));
  const Actions out = kit.receive(text_from("84912345678"), 41);
  EXPECT_FALSE(has<Deliver>(out));
  ASSERT_EQ(sent(out).size(), 1U);
  EXPECT_EQ(command(sent(out)[0]), CommandId::deliver_sm_resp);
  EXPECT_EQ(sent(out)[0].status, status::invalid_bind_status);
}

TEST(SmppSessionInbound, NoneBeforeTheBindIsAnswered) {
  Kit kit;
  (void)kit.session.connected(kit.now);
  EXPECT_EQ(sent(kit.receive(text_from("113"), 1)).at(0).status, status::invalid_bind_status);
}

TEST(SmppSessionInbound, InTheSameBytesAsTheBindsAnswer) {
  Kit kit;
  const auto bind = sent(kit.session.connected(kit.now)).at(0).sequence;
  const Actions out =
      kit.session.received(bytes_of(BindResp{}, bind) + bytes_of(text_from("113"), 1), kit.now);
  EXPECT_TRUE(has<Bound>(out));
  EXPECT_TRUE(has<Deliver>(out));
}

TEST(SmppSessionInbound, ATokenOfAnEarlierConnectionAnswersNothing) {
  BoundKit kit;
  const auto old = all<Deliver>(kit.receive(text_from("113"), 1)).at(0).token;
  (void)kit.session.disconnected();
  (void)kit.bind();
  EXPECT_NE(all<Deliver>(kit.receive(text_from("113"), 1)).at(0).token, old);
  EXPECT_TRUE(kit.session.answered(old, true).empty());
}

TEST(SmppSessionInbound, TooManyUnansweredAreAskedForAgain) {
  BoundKit kit;
  for (std::uint32_t i = 1; i <= inbound_unanswered_max; ++i)
    ASSERT_TRUE(has<Deliver>(kit.receive(text_from("113"), i)));
  const Actions out = kit.receive(text_from("113"), 5000);
  EXPECT_FALSE(has<Deliver>(out));
  EXPECT_EQ(sent(out).at(0).status, status::receiver_temporary_error);
}

TEST(SmppSessionInbound, AMalformedOneIsRefusedByItsOwnAnswer) {
  BoundKit kit;
  const Bytes cut{0, 0, 0, 17, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 3, 'a'};
  const auto answers = sent(kit.session.received(cut, kit.now));
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(command(answers[0]), CommandId::deliver_sm_resp);
  EXPECT_NE(answers[0].status, status::ok);
  EXPECT_EQ(kit.session.state(), SessionState::bound);
}

TEST(SmppSessionInbound, WhatIsTurnedAwayLeavesATrace) {
  const Bytes cut_text{0, 0, 0, 17, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 3, 'a'};
  const Bytes cut_data{0, 0, 0, 17, 0, 0, 1, 3, 0, 0, 0, 0, 0, 0, 0, 3, 'a'};
  const Bytes unknown{0, 0, 0, 16, 0, 0, 9, 9, 0, 0, 0, 0, 0, 0, 0, 8};
  BoundKit kit;
  const auto trace = [](BoundKit& of, const Bytes& bytes) {
    const auto found = all<TurnedAway>(of.session.received(bytes, of.now));
    return found.size() == 1 ? found[0] : TurnedAway{};
  };
  EXPECT_TRUE(trace(kit, cut_text).is_message);
  EXPECT_EQ(trace(kit, cut_text).reason, "deliver_sm: source_addr: the PDU ends inside it");
  EXPECT_TRUE(trace(kit, cut_data).is_message);
  EXPECT_EQ(trace(kit, unknown).reason, "command_id 2313 is not of SMPP 3.4");
  EXPECT_FALSE(trace(kit, unknown).is_message);
  EXPECT_FALSE(trace(kit, bytes_of(QuerySm{}, 8)).is_message);
  EXPECT_FALSE(trace(kit, bytes_of(QuerySm{}, 8)).reason.empty());
  BoundKit transmitter(Kit::settings(BindMode::transmitter));
  EXPECT_TRUE(trace(transmitter, bytes_of(text_from("113"), 1)).is_message);
}

}  // namespace
}  // namespace tongdai::gateway::smpp
