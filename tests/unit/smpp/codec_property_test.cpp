#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "gateway_adapters/smpp/codec/framer.hpp"
#include "gateway_adapters/smpp/codec/inbound.hpp"
#include "gateway_adapters/smpp/codec/receipt.hpp"
#include "gateway_adapters/smpp/codec/udh.hpp"
#include "pdu_generators.hpp"
#include "text/encoding.hpp"

namespace tongdai::gateway::smpp {
namespace {

using testing::any_dice;
using testing::any_pdu;
using testing::Dice;

Bytes encoded(const Pdu& pdu, std::uint32_t sequence) {
  Bytes bytes;
  if (!encode(pdu, sequence, 0, bytes)) throw std::runtime_error("does not encode");
  return bytes;
}

class EveryPdu : public ::testing::TestWithParam<CommandId> {};

TEST_P(EveryPdu, ComesBackAsItWent) {
  EXPECT_EQ(command_of(pdu_of(GetParam())), GetParam());
  EXPECT_TRUE(rc::check([] {
    Dice dice = any_dice();
    const Pdu pdu = any_pdu(GetParam(), dice);
    const auto sequence = static_cast<std::uint32_t>(1 + dice.up_to(0x7ffffffe));
    const auto decoded = decode(encoded(pdu, sequence));
    RC_ASSERT(decoded.has_value());
    RC_ASSERT(decoded->sequence == sequence);
    RC_ASSERT(decoded->pdu == pdu);
  }));
}

INSTANTIATE_TEST_SUITE_P(Commands, EveryPdu, ::testing::ValuesIn(testing::all_commands),
                         [](const auto& info) { return std::string(name_of(info.param)); });

RC_GTEST_PROP(Framer, GivesTheSamePdusWhereverTheBytesAreCut, ()) {
  Dice dice = any_dice();
  std::vector<Bytes> sent;
  Bytes stream;
  for (std::size_t i = 0, count = 1 + dice.up_to(5); i < count; ++i) {
    sent.push_back(encoded(any_pdu(dice), static_cast<std::uint32_t>(i)));
    stream.insert(stream.end(), sent.back().begin(), sent.back().end());
  }
  Framer framer(0x100000);  // several parameters of the longest kind
  const std::size_t piece_max = dice.coin() ? 30 : 100'000;
  std::vector<Bytes> got;
  for (std::size_t at = 0; at < stream.size();) {
    const std::size_t piece = std::min(dice.up_to(piece_max), stream.size() - at);
    framer.feed(View(stream).subspan(at, piece));
    at += piece;
    while (const auto next = framer.next()) {
      RC_ASSERT(next->has_value());
      got.emplace_back((*next)->begin(), (*next)->end());
    }
  }
  RC_ASSERT(got == sent);
}

/// A PDU with a header that is right and a body that is anything, or that is a good one with octets changed.
Bytes battered(Dice& dice) {
  Bytes bytes = encoded(any_pdu(dice), 7);
  if (bytes.size() > header_octets) {
    for (std::size_t i = dice.up_to(5); i > 0; --i)
      bytes[header_octets + dice.up_to(bytes.size() - header_octets - 1)] = dice.octet();
  }
  if (dice.coin()) bytes.resize(header_octets + dice.up_to(bytes.size() - header_octets));
  if (dice.coin()) {
    const Bytes more = dice.octets(dice.up_to(40));
    bytes.insert(bytes.end(), more.begin(), more.end());
  }
  for (std::size_t i = 0; i < 4; ++i)
    bytes[i] = static_cast<std::uint8_t>(bytes.size() >> (8 * (3 - i)) & 0xff);
  return bytes;
}

template <class P>
void read_all(const P& pdu) {
  for (const Alphabet alphabet : {Alphabet::gsm7, Alphabet::ascii, Alphabet::latin1, Alphabet::ucs2}) {
    const InboundText in = read_inbound(pdu, alphabet);
    RC_ASSERT(text::is_valid_utf8(in.text));
    RC_ASSERT(text::is_valid_utf8(in.sender));
    RC_ASSERT(text::is_valid_utf8(in.line));
    RC_ASSERT(in.text.find('\0') == std::string::npos);
  }
  const ReceiptReading receipt = read_receipt(pdu);
  RC_ASSERT(receipt.id.size() <= 65U);
  RC_ASSERT(text::is_valid_utf8(receipt.error));
}

RC_GTEST_PROP(Decode, SurvivesAnyBytes, ()) {
  Dice dice = any_dice();
  (void)decode(dice.octets(dice.up_to(100)));
  const auto decoded = decode(battered(dice));
  if (!decoded) {
    RC_ASSERT(decoded.error().kind == DecodeError::Kind::bad_body);
    RC_ASSERT(decoded.error().header.sequence == 7U);
    return;
  }
  if (const auto* const deliver = std::get_if<DeliverSm>(&decoded->pdu)) read_all(*deliver);
  if (const auto* const data = std::get_if<DataSm>(&decoded->pdu)) read_all(*data);
}

RC_GTEST_PROP(Inbound, AnyOctetsUnderAnyCodingEndAsUtf8, ()) {
  Dice dice = any_dice();
  DeliverSm pdu;
  pdu.esm_class = dice.octet();
  pdu.data_coding = dice.octet();
  pdu.short_message = dice.octets(dice.up_to(200));
  const Bytes sender = dice.octets(dice.up_to(20));
  pdu.source.value.assign(sender.begin(), sender.end());
  read_all(pdu);
}

RC_GTEST_PROP(Udh, NeverReadsBeyond, ()) {
  Dice dice = any_dice();
  const Bytes bytes = dice.octets(dice.up_to(12));
  const auto header = parse_udh(bytes);
  if (header) RC_ASSERT(header->octets <= bytes.size());
}

}  // namespace
}  // namespace tongdai::gateway::smpp
