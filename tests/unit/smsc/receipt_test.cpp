#include "gateway_adapters/smpp/codec/receipt.hpp"

#include "unit/smsc/kit.hpp"

namespace tongdai::smsc {
namespace {

smpp::SubmitSm asking(std::string number = "84912345678") {
  return text_to(std::move(number), "xin chao", true);
}

TEST(SmscReceipt, FollowsTheAnswerAndNamesTheMessage) {
  Kit kit(with_receipts());
  Client client = kit.client();
  client.bind();
  client.send(asking(), 2);
  const std::string id = client.next_as<smpp::SubmitSmResp>().second.message_id;
  const auto [header, pdu] = client.take_deliver();
  ASSERT_TRUE(smpp::is_receipt(pdu));
  const smpp::ReceiptReading reading = smpp::read_receipt(pdu);
  EXPECT_EQ(reading.id, id);
  EXPECT_EQ(reading.state, smpp::ReceiptState::delivered);
  EXPECT_EQ(pdu.source, (smpp::Address{.ton = 1, .npi = 1, .value = "84912345678"}));
  EXPECT_EQ(pdu.destination.value, "TONGDAI");
  const std::string text(pdu.short_message.begin(), pdu.short_message.end());
  EXPECT_TRUE(text.starts_with("id:" + id + " sub:001 dlvrd:001 submit date:")) << text;
  EXPECT_TRUE(text.ends_with(" stat:DELIVRD err:000 text:")) << text;
}

TEST(SmscReceipt, OnlyForThoseWhoAskAndIfTheyAreOn) {
  Kit on(with_receipts()), off;
  for (Kit* const kit : {&on, &off}) {
    Client client = kit->client();
    client.bind();
    client.send(kit == &on ? text_to("84912345678") : asking(), 2);
    client.next_as<smpp::SubmitSmResp>();
    client.expect_silence();
    EXPECT_EQ(kit->centre->counters().receipts, 0U);
  }
}

TEST(SmscReceipt, IsGivenAgainWhenRefused) {
  Kit kit(with_receipts());
  Client client = kit.client();
  client.bind();
  client.send(asking(), 2);
  client.next_as<smpp::SubmitSmResp>();
  const auto refused = client.take_deliver(status::receiver_temporary_error);
  const auto taken = client.take_deliver();
  EXPECT_NE(refused.first.sequence, taken.first.sequence);
  EXPECT_EQ(smpp::read_receipt(refused.second).id, smpp::read_receipt(taken.second).id);
  client.expect_silence();
  EXPECT_EQ(kit.centre->counters().receipts, 2U);
  EXPECT_EQ(kit.centre->counters().waiting, 0U);
}

TEST(SmscReceipt, WithoutAnAnswerItComesAgainOnTheNextLink) {
  Kit kit(with_receipts());
  std::string id;
  {
    Client first = kit.client();
    first.bind();
    first.send(asking(), 2);
    id = first.next_as<smpp::SubmitSmResp>().second.message_id;
    first.next_as<smpp::DeliverSm>();
  }
  Client second = kit.client();
  second.bind();
  EXPECT_EQ(smpp::read_receipt(second.take_deliver().second).id, id);
}

TEST(SmscReceipt, ATransmittersGoesToAReceiver) {
  Kit kit(with_receipts());
  Client transmitter = kit.client(), receiver = kit.client();
  transmitter.bind(smpp::BindMode::transmitter);
  receiver.bind(smpp::BindMode::receiver);
  transmitter.send(asking(), 2);
  const std::string id = transmitter.next_as<smpp::SubmitSmResp>().second.message_id;
  EXPECT_EQ(smpp::read_receipt(receiver.take_deliver().second).id, id);
  transmitter.expect_silence();
}

TEST(SmscReceipt, NoMoreThanTheWindowAreWithoutAnAnswer) {
  constexpr std::size_t beyond = 5;
  Kit kit(with_receipts());
  Client client = kit.client();
  client.bind();
  std::vector<std::uint32_t> sequences;
  for (std::uint32_t i = 0; i < Link::window_max + beyond; ++i) {
    client.send(asking(), i + 2);
    client.next_as<smpp::SubmitSmResp>();
    if (i < Link::window_max) sequences.push_back(client.next_as<smpp::DeliverSm>().first.sequence);
  }
  client.expect_silence();
  EXPECT_EQ(kit.centre->counters().waiting, beyond);
  for (const std::uint32_t sequence : sequences) client.send(smpp::DeliverSmResp{}, sequence);
  for (std::size_t i = 0; i < beyond; ++i) client.take_deliver();
  EXPECT_EQ(kit.centre->counters().receipts, Link::window_max + beyond);
}

TEST(SmscReceipt, MayComeLater) {
  Options options = with_receipts();
  options.receipt_delay = std::chrono::milliseconds(30);
  Kit kit(options);
  Client client = kit.client();
  client.bind();
  const auto began = std::chrono::steady_clock::now();
  client.send(asking(), 2);
  client.next_as<smpp::SubmitSmResp>();
  client.take_deliver();
  EXPECT_GE(std::chrono::steady_clock::now() - began, options.receipt_delay);
}

TEST(SmscReceipt, MayComeTwiceOrBeforeTheAnswer) {
  Options options = with_receipts();
  options.faults.receipts_twice = options.faults.receipts_first = 1;
  Kit kit(options);
  Client client = kit.client();
  client.bind();
  client.send(asking(), 2);
  const std::string first = smpp::read_receipt(client.take_deliver().second).id;
  const std::string second = smpp::read_receipt(client.take_deliver().second).id;
  EXPECT_EQ(first, second);
  EXPECT_EQ(client.next_as<smpp::SubmitSmResp>().second.message_id, first);
}

TEST(SmscReceipt, NumbersArePackedWithoutLoss) {
  for (const std::string number :
       {"0", "0912345678", "84912345678", "000000000000000000", "999999999999999999"})
    EXPECT_EQ(unpack_digits(pack_digits(number)), number);
  for (const std::string name : {"", "TONGDAI", "12a", "1234567890123456789"})
    EXPECT_EQ(pack_digits(name), 0U);
  EXPECT_EQ(unpack_digits(0), "");
}

}  // namespace
}  // namespace tongdai::smsc
