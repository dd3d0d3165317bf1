#include "unit/smpp_account/account_kit.hpp"

namespace tongdai::gateway::smpp {
namespace {

DeliverSm text_from(std::string sender, std::string_view words) {
  DeliverSm pdu;
  pdu.source = {.ton = 1, .npi = 1, .value = std::move(sender)};
  pdu.destination.value = "19001234";
  pdu.short_message.assign(words.begin(), words.end());
  return pdu;
}

DeliverSm receipt_of(std::string_view id, std::string_view state) {
  std::string words = "id:";
  words += id;
  words += " sub:001 dlvrd:001 submit date:2611240900 done date:2611240901 stat:";
  words += state;
  words += " err:000 text:";
  DeliverSm pdu = text_from("84912345678", words);
  pdu.esm_class = 0x04;
  return pdu;
}

TEST(AccountInbound, ATextIsAnsweredOnlyOnceItIsStored) {
  AccountKit kit;
  kit.up().send(0, text_from("84912345678", "toi bi danh"), 9);
  ASSERT_EQ(kit.texts.size(), 1U);
  EXPECT_EQ(kit.texts[0].inbound.sender, "+84912345678");
  EXPECT_EQ(kit.texts[0].inbound.line, "19001234");
  EXPECT_EQ(kit.texts[0].inbound.text, "toi bi danh");
  EXPECT_EQ(kit.written(0), 0U);
  kit.account.answered(kit.texts[0].token, true);
  kit.collect();
  const auto [pdu, body] = kit.next<DeliverSmResp>(0);
  EXPECT_EQ(pdu.sequence, 9U);
  EXPECT_EQ(pdu.status, status::ok);
}

TEST(AccountInbound, WhatCannotBeStoredIsToComeAgain) {
  AccountKit kit;
  kit.up().send(0, text_from("84912345678", "toi bi danh"), 9);
  kit.account.answered(kit.texts.at(0).token, false);
  kit.collect();
  EXPECT_EQ(kit.next_pdu(0).status, status::receiver_temporary_error);
}

TEST(AccountInbound, AnAnswerForALinkThatIsGoneIsForgotten) {
  AccountKit kit;
  kit.up().send(0, text_from("84912345678", "toi bi danh"), 9);
  kit.drop(0);
  kit.account.answered(kit.texts.at(0).token, true);
  kit.collect();
  EXPECT_EQ(kit.written(0), 0U);
}

TEST(AccountInbound, AReceiptNamesItsMessageInTheSharedForm) {
  AccountSettings settings = AccountKit::settings();
  settings.ids = {IdForm::hexadecimal, IdForm::decimal};
  AccountKit kit(settings);
  kit.up().send(0, receipt_of("255", "DELIVRD"), 9);
  ASSERT_EQ(kit.receipts.size(), 1U);
  EXPECT_EQ(kit.receipts[0].receipt.ref, "ff");
  EXPECT_TRUE(kit.receipts[0].receipt.delivered);
  EXPECT_EQ(kit.written(0), 0U) << "not before it is stored";
  kit.account.answered(kit.receipts[0].token, true);
  kit.collect();
  EXPECT_EQ(kit.next_pdu(0).status, status::ok);
}

TEST(AccountInbound, AReceiptsParameterRepeatsTheIdOfTheAnswer) {
  AccountSettings settings = AccountKit::settings();
  settings.ids = {IdForm::hexadecimal, IdForm::decimal};
  AccountKit kit(settings);
  kit.up().submit({1});
  kit.accept(0, kit.next_pdu(0), "00000010");
  DeliverSm receipt = receipt_of("16", "DELIVRD");
  kit.send(0, receipt, 9);
  receipt.tlvs = {tlv_text(tag::receipted_message_id, "00000010")};
  kit.send(0, receipt, 10);
  receipt.tlvs.push_back(tlv_octet(tag::message_state, 2));
  receipt.short_message.clear();
  kit.send(0, receipt, 11);
  ASSERT_EQ(kit.receipts.size(), 3U);
  for (const ReceiptCame& came : kit.receipts) EXPECT_EQ(came.receipt.ref, kit.result(1).refs.at(0));
}

TEST(AccountInbound, AReceiptsParameterMayHaveAFormOfItsOwn) {
  AccountSettings settings = AccountKit::settings();
  settings.ids = {IdForm::hexadecimal, IdForm::as_is, IdForm::decimal};
  AccountKit kit(settings);
  DeliverSm receipt = receipt_of("7", "DELIVRD");
  receipt.tlvs = {tlv_text(tag::receipted_message_id, "255")};
  kit.up().send(0, receipt, 9);
  EXPECT_EQ(kit.receipts.at(0).receipt.ref, "ff");
}

TEST(AccountInbound, AFinalNoIsTold) {
  AccountKit kit;
  kit.up().send(0, receipt_of("7", "UNDELIV"), 9);
  ASSERT_EQ(kit.receipts.size(), 1U);
  EXPECT_FALSE(kit.receipts[0].receipt.delivered);
  EXPECT_FALSE(kit.receipts[0].receipt.reason.empty());
}

TEST(AccountInbound, AReceiptThatSaysNothingFinalIsAnsweredAndDropped) {
  AccountKit kit;
  kit.up();
  for (const std::string_view state : {"ACCEPTD", "ENROUTE", "UNKNOWN", "WHATEVER"}) {
    kit.send(0, receipt_of("7", state), 9);
    EXPECT_EQ(kit.next_pdu(0).status, status::ok);
  }
  EXPECT_TRUE(kit.receipts.empty());
}

TEST(AccountInbound, AReceiptWithoutAnIdIsAnsweredAndDropped) {
  AccountKit kit;
  kit.up().send(0, receipt_of("", "DELIVRD"), 9);
  EXPECT_EQ(kit.next_pdu(0).status, status::ok);
  EXPECT_TRUE(kit.receipts.empty());
}

TEST(AccountInbound, ATextThatCannotBeReadIsAnAlarmOnceAMinute) {
  AccountKit kit;
  kit.up().notes.clear();
  const Bytes cut{0, 0, 0, 17, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 3, 'a'};
  const auto comes = [&] {
    kit.account.received(0, cut, kit.now);
    kit.collect();
    EXPECT_NE(kit.next_pdu(0).status, status::ok);
    return kit.notes.back().level;
  };
  EXPECT_EQ(comes(), Level::alarm);
  EXPECT_EQ(kit.notes.back().detail, "deliver_sm: source_addr: the PDU ends inside it");
  EXPECT_EQ(comes(), Level::warning);
  kit.now += 59s;
  EXPECT_EQ(comes(), Level::warning);
  kit.now += 1s;
  EXPECT_EQ(comes(), Level::alarm);
  EXPECT_EQ(kit.notes.size(), 4U) << "each leaves a trace";
}

TEST(AccountInbound, AnUnknownCommandIsNoAlarm) {
  AccountKit kit;
  kit.up();
  kit.account.received(0, Bytes{0, 0, 0, 16, 0, 0, 9, 9, 0, 0, 0, 0, 0, 0, 0, 8}, kit.now);
  kit.collect();
  EXPECT_EQ(kit.notes.back().level, Level::warning);
}

TEST(AccountInbound, WordsLikeAReceiptAreAText) {
  AccountKit kit;
  DeliverSm words = receipt_of("7", "DELIVRD");
  words.esm_class = 0;
  kit.up().send(0, words, 9);
  EXPECT_TRUE(kit.receipts.empty());
  EXPECT_EQ(kit.texts.size(), 1U);
}

TEST(AccountInbound, ComesOnAnyBindAndIsAnsweredOnTheSame) {
  AccountSettings settings = AccountKit::settings(2, BindMode::transmitter);
  settings.receivers = 2;
  AccountKit kit(settings);
  kit.up();
  kit.send(2, text_from("84912345678", "mot"), 9);
  kit.send(3, text_from("84912345678", "hai"), 9);
  kit.account.answered(kit.texts.at(1).token, true);
  kit.collect();
  EXPECT_EQ(kit.written(2), 0U);
  EXPECT_EQ(kit.written(3), 1U);
}

TEST(AccountInbound, ALongTextHasItsPlace) {
  AccountKit kit;
  DeliverSm part = text_from("84912345678", "");
  part.esm_class = 0x40;
  part.short_message = {0x05, 0x00, 0x03, 0x2a, 0x02, 0x01, 'x', 'i', 'n'};
  kit.up().send(0, part, 9);
  ASSERT_EQ(kit.texts.size(), 1U);
  ASSERT_TRUE(kit.texts[0].inbound.part);
  EXPECT_EQ(kit.texts[0].inbound.part->reference, 0x2a);
  EXPECT_EQ(kit.texts[0].inbound.text, "xin");
}

}  // namespace
}  // namespace tongdai::gateway::smpp
