#include "gateway_adapters/smpp/codec/inbound.hpp"

#include <gtest/gtest.h>

namespace tongdai::gateway::smpp {
namespace {

DeliverSm text_from(Address sender, Bytes octets) {
  DeliverSm pdu;
  pdu.source = std::move(sender);
  pdu.destination = {0, 1, "19001234"};
  pdu.short_message = std::move(octets);
  return pdu;
}

TEST(Inbound, ReadsSenderLineAndText) {
  const InboundText in = read_inbound(text_from({1, 1, "84912345678"}, {'c', 'u', 'u', 0}), Alphabet::gsm7);
  EXPECT_EQ(in.sender, "+84912345678");
  EXPECT_EQ(in.line, "19001234");
  EXPECT_EQ(in.text, "cuu@");
  EXPECT_FALSE(in.part);
  EXPECT_FALSE(in.guessed);
}

TEST(Inbound, OtherSendersStayAsTheyCame) {
  for (const Address& sender :
       {Address{0, 1, "84912345678"}, Address{1, 1, "0912345678"}, Address{1, 1, "8088"},
        Address{5, 0, "Viettel@vn"}, Address{1, 1, "+84912345678"}, Address{}})
    EXPECT_EQ(read_inbound(text_from(sender, {}), Alphabet::gsm7).sender, sender.value);
}

TEST(Inbound, ASenderOfAnyOctetsIsReadable) {
  EXPECT_EQ(read_inbound(text_from({5, 0, "Tr\xe0"}, {}), Alphabet::gsm7).sender, "Trà");
}

TEST(Inbound, ReadsThePartOfAHeaderOrOfSar) {
  DeliverSm pdu = text_from({}, {6, 8, 4, 0x12, 0x34, 3, 2, 'b'});
  pdu.esm_class = 0x40;
  const InboundText udh = read_inbound(pdu, Alphabet::gsm7);
  ASSERT_TRUE(udh.part);
  EXPECT_EQ(udh.part->reference, 0x1234);
  EXPECT_EQ(udh.text, "b");
  DeliverSm segment = text_from({}, {'b'});
  segment.tlvs = {tlv_octet(tag::sar_segment_seqnum, 1), tlv_short(tag::sar_msg_ref_num, 0x4321),
                  tlv_octet(tag::sar_total_segments, 2)};
  const InboundText sar = read_inbound(segment, Alphabet::gsm7);
  ASSERT_TRUE(sar.part);
  EXPECT_EQ(sar.part->reference, 0x4321);
  segment.tlvs.pop_back();
  EXPECT_FALSE(read_inbound(segment, Alphabet::gsm7).part);
}

TEST(Inbound, ABrokenHeaderLosesNoText) {
  DeliverSm pdu = text_from({}, {'h', 'e', 'l', 'p'});
  pdu.esm_class = 0x40;
  const InboundText in = read_inbound(pdu, Alphabet::gsm7);
  EXPECT_TRUE(in.header_broken);
  EXPECT_EQ(in.text, "help");
}

TEST(Inbound, ThePayloadIsTheTextWhereItHasMore) {
  DeliverSm pdu = text_from({}, {'c', 'u'});
  pdu.tlvs = {{tag::message_payload, {'c', 'u', 'u'}}};
  EXPECT_EQ(read_inbound(pdu, Alphabet::gsm7).text, "cuu");
  pdu.tlvs.front().value.clear();
  EXPECT_EQ(read_inbound(pdu, Alphabet::gsm7).text, "cu");
}

TEST(Inbound, DataSmIsReadAlike) {
  DataSm pdu;
  pdu.source = {1, 1, "84912345678"};
  pdu.data_coding = data_coding_ucs2;
  pdu.tlvs = {{tag::message_payload, {0x1e, 0xbf}}};
  const InboundText in = read_inbound(pdu, Alphabet::gsm7);
  EXPECT_EQ(in.sender, "+84912345678");
  EXPECT_EQ(in.text, "ế");
  EXPECT_EQ(read_inbound(DataSm{}, Alphabet::gsm7).text, "");
}

}  // namespace
}  // namespace tongdai::gateway::smpp
