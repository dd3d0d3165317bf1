#include "gateway_adapters/smpp/codec/inbound.hpp"

#include "unit/smsc/kit.hpp"

namespace tongdai::smsc {
namespace {

std::string text_of(const smpp::DeliverSm& pdu) {
  return smpp::read_inbound(pdu, smpp::Alphabet::gsm7).text;
}

TEST(SmscDeliver, BringsATextToALinkThatReceives) {
  Kit kit;
  Client transmitter = kit.client(), client = kit.client();
  transmitter.bind(smpp::BindMode::transmitter);
  client.bind();
  ASSERT_TRUE(kit.centre->deliver("+84912345678", "113", "cứu tôi với"));
  const auto inbound = smpp::read_inbound(client.take_deliver().second, smpp::Alphabet::gsm7);
  EXPECT_EQ(inbound.sender, "+84912345678");
  EXPECT_EQ(inbound.line, "113");
  EXPECT_EQ(inbound.text, "cứu tôi với");
  EXPECT_EQ(kit.centre->counters().delivers, 1U);
  transmitter.expect_silence();
}

TEST(SmscDeliver, ALongTextGoesInPartsOnOneLink) {
  Kit kit;
  Client one = kit.client(), two = kit.client();
  one.bind();
  two.bind();
  const std::string text(400, 'x');
  ASSERT_TRUE(kit.centre->deliver("0912345678", "113", text));
  Client& taker = kit.centre->counters().delivers == 3 ? two : one;
  std::string joined;
  for (std::uint8_t part = 1; part <= 3; ++part) {
    const auto inbound = smpp::read_inbound(taker.take_deliver().second, smpp::Alphabet::gsm7);
    ASSERT_TRUE(inbound.part);
    EXPECT_EQ(inbound.part->part, part);
    EXPECT_EQ(inbound.part->total, 3);
    joined += inbound.text;
  }
  EXPECT_EQ(joined, text);
}

TEST(SmscDeliver, EachTextGoesToTheNextLink) {
  Kit kit;
  Client one = kit.client(), two = kit.client();
  one.bind();
  two.bind();
  for (const std::string text : {"a", "b", "c", "d"})
    ASSERT_TRUE(kit.centre->deliver("0912345678", "113", text));
  for (Client* const client : {&one, &two}) {
    client->take_deliver();
    client->take_deliver();
    client->expect_silence();
  }
}

TEST(SmscDeliver, WaitsForABind) {
  Kit kit;
  ASSERT_TRUE(kit.centre->deliver("0912345678", "113", "cuu"));
  EXPECT_EQ(kit.centre->counters().waiting, 1U);
  Client client = kit.client();
  client.bind();
  EXPECT_EQ(text_of(client.take_deliver().second), "cuu");
  EXPECT_EQ(kit.centre->counters().waiting, 0U);
}

TEST(SmscDeliver, IsGivenAgainWhenRefused) {
  Kit kit;
  Client client = kit.client();
  client.bind();
  ASSERT_TRUE(kit.centre->deliver("0912345678", "113", "cuu"));
  const auto began = std::chrono::steady_clock::now();
  client.take_deliver(status::receiver_temporary_error);
  EXPECT_EQ(text_of(client.take_deliver().second), "cuu");
  EXPECT_GE(std::chrono::steady_clock::now() - began, std::chrono::milliseconds(100));
  client.expect_silence();
  EXPECT_EQ(kit.centre->counters().delivers, 2U);
}

TEST(SmscDeliver, AGenericNackIsARefusalToo) {
  Kit kit;
  Client client = kit.client();
  client.bind();
  ASSERT_TRUE(kit.centre->deliver("0912345678", "113", "cuu"));
  client.send(smpp::GenericNack{}, client.next_as<smpp::DeliverSm>().first.sequence, status::system_error);
  EXPECT_EQ(text_of(client.take_deliver().second), "cuu");
}

TEST(SmscDeliver, DroppedLinksAreClosedAndTheirTextsGoToTheNext) {
  Kit kit;
  Client one = kit.client(), two = kit.client();
  one.bind();
  two.bind();
  ASSERT_TRUE(kit.centre->deliver("0912345678", "113", "cuu"));
  EXPECT_EQ(kit.centre->drop_links(), 2U);
  EXPECT_TRUE(one.is_closed());
  EXPECT_TRUE(two.is_closed());
  EXPECT_EQ(kit.centre->counters().binds, 0U);
  Client next = kit.client();
  next.bind();
  EXPECT_EQ(text_of(next.take_deliver().second), "cuu");
}

TEST(SmscDeliver, WhatCannotBeSentIsAnError) {
  Kit kit;
  EXPECT_FALSE(kit.centre->deliver("0912345678", "113", "\xff"));
  EXPECT_FALSE(kit.centre->deliver(std::string(30, '1'), "113", "cuu"));
  EXPECT_EQ(kit.centre->counters().waiting, 0U);
}

TEST(SmscDeliver, TheCentreMayGoWhileItsTimersRun) {
  Kit kit;
  Client client = kit.client();
  client.bind();
  ASSERT_TRUE(kit.centre->deliver("0912345678", "113", "cuu"));
  client.take_deliver(status::receiver_temporary_error);
  ASSERT_TRUE(until(kit.loop, [&] { return kit.centre->counters().waiting == 1; }));
  kit.centre.reset();
  EXPECT_TRUE(client.is_closed());
}

}  // namespace
}  // namespace tongdai::smsc
