#include "gateway_adapters/smpp/codec/receipt.hpp"

#include <gtest/gtest.h>

#include "gateway_adapters/smpp/codec/receipt_text.hpp"

namespace tongdai::gateway::smpp {
namespace {

DeliverSm receipt(std::string_view text, std::vector<Tlv> tlvs = {}) {
  DeliverSm pdu;
  pdu.esm_class = 0x04;
  pdu.short_message.assign(text.begin(), text.end());
  pdu.tlvs = std::move(tlvs);
  return pdu;
}

TEST(Receipt, IsKnownByItsClassNeverByItsWords) {
  EXPECT_TRUE(is_receipt(receipt("")));
  DeliverSm pdu = receipt("id:1 stat:DELIVRD");
  for (const int esm_class : {0x44, 0x07, 0x20, 0xc4}) {
    pdu.esm_class = static_cast<std::uint8_t>(esm_class);
    EXPECT_TRUE(is_receipt(pdu)) << esm_class;
  }
  for (const int esm_class : {0x00, 0x03, 0x40, 0x08, 0x10}) {
    pdu.esm_class = static_cast<std::uint8_t>(esm_class);
    EXPECT_FALSE(is_receipt(pdu)) << esm_class;
  }
  pdu.esm_class = 0;
  pdu.tlvs = {tlv_text(tag::receipted_message_id, "1"), tlv_octet(tag::message_state, 2)};
  EXPECT_TRUE(is_receipt(pdu));
}

TEST(Receipt, ReadsTheTextOfTheStandard) {
  const ReceiptReading read = read_receipt(receipt(
      "id:0123456789 sub:001 dlvrd:001 submit date:2111250800 done date:2111250801 stat:DELIVRD err:000 "
      "Text:hello"));
  EXPECT_EQ(read.id, "0123456789");
  EXPECT_EQ(read.state, ReceiptState::delivered);
  EXPECT_EQ(read.error, "");
}

TEST(Receipt, SaysWhyNot) {
  const ReceiptReading read = read_receipt(receipt("id:ab-1 sub:001 stat:UNDELIV err:011 text:"));
  EXPECT_EQ(read.state, ReceiptState::undelivered);
  EXPECT_EQ(read.error, "UNDELIV err 011");
  EXPECT_EQ(
      read_receipt(receipt("", {tlv_text(tag::receipted_message_id, "9"), tlv_octet(tag::message_state, 3),
                                Tlv{tag::network_error_code, {3, 1, 2}}}))
          .error,
      "EXPIRED err 258");
}

TEST(Receipt, ParametersComeBeforeTheText) {
  const ReceiptReading read =
      read_receipt(receipt("id:text stat:DELIVRD",
                           {tlv_octet(tag::message_state, 5), tlv_text(tag::receipted_message_id, "tlv")}));
  EXPECT_EQ(read.id, "tlv");
  EXPECT_EQ(read.state, ReceiptState::undelivered);
}

TEST(Receipt, ToleratesWhatCentresWrite) {
  EXPECT_EQ(read_receipt(receipt("ID:7 STAT:delivrd")).state, ReceiptState::delivered);
  EXPECT_EQ(read_receipt(receipt("stat:DELIVERED id: 7")).id, "7");
  EXPECT_EQ(read_receipt(receipt("id:7\r\nstat: Rejectd\r\n")).state, ReceiptState::undelivered);
  EXPECT_EQ(read_receipt(receipt("id: sub:001 stat:EXPIRED")).id, "");
  EXPECT_EQ(read_receipt(receipt("")).error, "no state");
  EXPECT_EQ(read_receipt(receipt("id:7 stat:WHATEVER")).state, ReceiptState::pending);
  const std::string longest(65, 'f');
  EXPECT_EQ(read_receipt(receipt("id:" + longest + " stat:DELIVRD")).id, longest);
  EXPECT_EQ(read_receipt(receipt("id:" + longest + "f stat:DELIVRD")).id, "");
}

TEST(Receipt, WhatThePersonWroteIsNotRead) {
  const ReceiptReading read = read_receipt(receipt("id:7 sub:001 Text:stat:DELIVRD err:009"));
  EXPECT_EQ(read.state, ReceiptState::pending);
  EXPECT_EQ(read.error, "no state");
  EXPECT_EQ(read_receipt(receipt("paid:1 id:7 stat:DELIVRD")).id, "7");
}

TEST(Receipt, AcceptedAndOnItsWayAreNotDeliveredAndNotFinal) {
  for (const std::string_view state : {"ACCEPTD", "ENROUTE", "UNKNOWN", "SCHEDULED"})
    EXPECT_EQ(receipt_state(state), ReceiptState::pending) << state;
  for (const std::uint32_t state : {0U, 1U, 6U, 7U, 10U, 255U})
    EXPECT_EQ(receipt_state(state), ReceiptState::pending) << state;
  for (const std::uint32_t state : {3U, 4U, 5U, 8U, 9U})
    EXPECT_EQ(receipt_state(state), ReceiptState::undelivered) << state;
}

TEST(Receipt, AnIntermediateOneIsNeverFinal) {
  DeliverSm pdu = receipt("id:7 stat:UNDELIV err:001");
  pdu.esm_class = 0x20;
  EXPECT_EQ(read_receipt(pdu).state, ReceiptState::pending);
  EXPECT_EQ(read_receipt(pdu).id, "7");
}

TEST(Receipt, IsAsciiWhateverTheCodingSays) {
  DeliverSm pdu = receipt("id:a_b@c stat:DELIVRD");
  pdu.data_coding = 8;
  EXPECT_EQ(read_receipt(pdu).id, "a_b@c");
  Bytes wide;
  for (const std::uint8_t octet : pdu.short_message) wide.insert(wide.end(), {0, octet});
  pdu.short_message = wide;
  EXPECT_EQ(read_receipt(pdu).id, "a_b@c");
}

TEST(Receipt, ComesAsDataSmToo) {
  DataSm pdu;
  pdu.esm_class = 0x04;
  pdu.tlvs = {tlv_octet(tag::message_state, 2), Tlv{tag::receipted_message_id, {'x', 'y'}}};
  ASSERT_TRUE(is_receipt(pdu));
  EXPECT_EQ(read_receipt(pdu).id, "xy");
  EXPECT_EQ(read_receipt(pdu).state, ReceiptState::delivered);
}

TEST(Receipt, AReasonHoldsNothingOfAText) {
  EXPECT_EQ(read_receipt(receipt("id:7 stat:UNDELIV\x07\"' err:<b>0912345678901234567890")).error,
            "UNDELIV err b0912345");
}

}  // namespace
}  // namespace tongdai::gateway::smpp
