#include "gateway_adapters/smpp/codec/codec.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway_adapters/smpp/codec/status.hpp"

namespace tongdai::gateway::smpp {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Kind = DecodeError::Kind;

/// A PDU of that body, with a length that is right.
Bytes pdu(std::uint32_t command, std::uint32_t status, const Bytes& body) {
  Bytes bytes;
  for (const std::uint32_t word :
       {static_cast<std::uint32_t>(header_octets + body.size()), command, status, 9U}) {
    for (int shift = 24; shift >= 0; shift -= 8)
      bytes.push_back(static_cast<std::uint8_t>(word >> shift & 0xff));
  }
  bytes.insert(bytes.end(), body.begin(), body.end());
  return bytes;
}

constexpr auto id = [](CommandId command) { return static_cast<std::uint32_t>(command); };

/// deliver_sm from "1" to "2", without text.
const Bytes deliver_body{0, 1, 1, '1', 0, 0, 0, '2', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

TEST(Encode, WritesTheExampleOfTheStandard) {  // SMPP 3.4 §3.2.5
  Bind bind;
  bind.mode = BindMode::transmitter;
  bind.system_id = "SMPP3TEST";
  bind.password = "secret08";
  bind.system_type = "SUBMIT1";
  bind.version = 0;
  bind.addr_ton = bind.addr_npi = 1;
  Bytes bytes;
  ASSERT_TRUE(encode(bind, 1, 0, bytes));
  EXPECT_THAT(bytes, ElementsAre(0, 0, 0, 0x2f, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1,        //
                                 0x53, 0x4d, 0x50, 0x50, 0x33, 0x54, 0x45, 0x53, 0x54, 0,  //
                                 0x73, 0x65, 0x63, 0x72, 0x65, 0x74, 0x30, 0x38, 0,        //
                                 0x53, 0x55, 0x42, 0x4d, 0x49, 0x54, 0x31, 0, 0, 1, 1, 0));
}

TEST(Encode, RefusesWhatIsTooLongAndLeavesTheBuffer) {
  Bind bind;
  bind.password = "nine char";
  Bytes bytes{42};
  const auto refused = encode(bind, 1, 0, bytes);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::limit);
  EXPECT_THAT(refused.error().what, HasSubstr("bind_transceiver: password"));
  EXPECT_THAT(refused.error().what, ::testing::Not(HasSubstr("nine char")));
  EXPECT_THAT(bytes, ElementsAre(42));
}

TEST(Encode, RefusesANulInsideAString) {
  SubmitSm submit;
  submit.destination.value = std::string("84\0912", 6);
  Bytes bytes;
  EXPECT_EQ(encode(submit, 1, 0, bytes).error().code, Code::invalid);
}

TEST(Encode, RefusesAShortMessageAbove254Octets) {
  SubmitSm submit;
  submit.short_message.assign(255, 'a');
  Bytes bytes;
  EXPECT_EQ(encode(submit, 1, 0, bytes).error().code, Code::limit);
  submit.short_message.pop_back();
  EXPECT_TRUE(encode(submit, 1, 0, bytes));
}

TEST(Encode, LeavesTheBodyOutOfARefusedSubmit) {
  Bytes bytes;
  ASSERT_TRUE(encode(SubmitSmResp{"id", {}}, 1, status::throttled, bytes));
  EXPECT_EQ(bytes.size(), header_octets);
  ASSERT_TRUE(encode(DeliverSmResp{}, 1, status::receiver_temporary_error, bytes));
  EXPECT_EQ(bytes.size(), 2 * header_octets + 1);
}

TEST(Decode, AnAnswerMayLackItsBody) {
  for (const std::uint32_t said : {status::ok, status::system_error, 0x0400U}) {
    const auto decoded = decode(pdu(id(CommandId::submit_sm_resp), said, {}));
    ASSERT_TRUE(decoded) << decoded.error().what;
    EXPECT_EQ(decoded->status, said);
    EXPECT_EQ(std::get<SubmitSmResp>(decoded->pdu).message_id, "");
  }
}

TEST(Decode, ARefusalMayHaveHalfABody) {
  EXPECT_TRUE(decode(pdu(id(CommandId::query_sm_resp), status::system_error, {'7', 0, 0})));
  EXPECT_FALSE(decode(pdu(id(CommandId::query_sm_resp), status::ok, {'7', 0, 0})));
}

TEST(Decode, AnAnswerKeepsWhatStandsBeforeABrokenParameter) {
  const auto decoded = decode(pdu(id(CommandId::submit_sm_resp), status::ok,
                                  {'a', 0, 0x14, 0, 0, 1, 'x', 0x04, 0x24, 0xff, 0xff, 'a'}));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(std::get<SubmitSmResp>(decoded->pdu), (SubmitSmResp{"a", {Tlv{0x1400, {'x'}}}}));
}

TEST(Decode, AStringWithoutItsNulEndsWithThePdu) {
  const auto decoded = decode(pdu(id(CommandId::submit_sm_resp), status::ok, {'a', 'b'}));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(std::get<SubmitSmResp>(decoded->pdu).message_id, "ab");
}

TEST(Decode, TakesLongerStringsThanTheStandard) {
  Bytes body(200, 'x');
  body.push_back(0);
  const auto decoded = decode(pdu(id(CommandId::submit_sm_resp), status::ok, body));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(std::get<SubmitSmResp>(decoded->pdu).message_id.size(), 200U);
}

TEST(Decode, ReportsAnUnknownCommand) {
  const auto decoded = decode(pdu(0x00000999, 0, {1, 2, 3}));
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().kind, Kind::unknown_command);
  EXPECT_EQ(decoded.error().answer, status::invalid_command_id);
  EXPECT_EQ(decoded.error().header.command, 0x999U);
  EXPECT_EQ(decoded.error().header.sequence, 9U);
}

TEST(Decode, ReportsARequestThatIsCutShort) {
  for (std::size_t size = 0; size < deliver_body.size(); ++size) {
    const Bytes body(deliver_body.begin(), deliver_body.begin() + static_cast<std::ptrdiff_t>(size));
    const auto decoded = decode(pdu(id(CommandId::deliver_sm), 0, body));
    ASSERT_FALSE(decoded) << size;
    EXPECT_EQ(decoded.error().kind, Kind::bad_body);
    EXPECT_EQ(decoded.error().answer, status::invalid_command_length);
  }
  EXPECT_TRUE(decode(pdu(id(CommandId::deliver_sm), 0, deliver_body)));
}

TEST(Decode, ReportsAShortMessageBeyondThePdu) {
  Bytes body = deliver_body;
  body.back() = 5;
  body.insert(body.end(), 4, 'a');
  EXPECT_FALSE(decode(pdu(id(CommandId::deliver_sm), 0, body)));
  body.push_back('a');
  EXPECT_TRUE(decode(pdu(id(CommandId::deliver_sm), 0, body)));
}

TEST(Decode, ReportsAnOptionalParameterBeyondThePdu) {
  Bytes body = deliver_body;
  body.insert(body.end(), {0x04, 0x24, 0xff, 0xff, 'a'});
  const auto decoded = decode(pdu(id(CommandId::deliver_sm), 0, body));
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().answer, status::invalid_tlv_stream);
}

TEST(Decode, KeepsOptionalParametersUnknownRepeatedAndInTheirOrder) {
  Bytes body = deliver_body;
  body.insert(body.end(), {0x14, 0x00, 0, 1, 'x', 0x04, 0x27, 0, 1, 2, 0x14, 0x00, 0, 0});
  const auto decoded = decode(pdu(id(CommandId::deliver_sm), 0, body));
  ASSERT_TRUE(decoded);
  EXPECT_THAT(std::get<DeliverSm>(decoded->pdu).tlvs,
              ElementsAre(Tlv{0x1400, {'x'}}, Tlv{tag::message_state, {2}}, Tlv{0x1400, {}}));
}

TEST(Decode, PassesOverPaddingOfNuls) {
  Bytes body = deliver_body;
  body.insert(body.end(), {0, 0});
  EXPECT_TRUE(decode(pdu(id(CommandId::deliver_sm), 0, body)));
  body.back() = 1;
  EXPECT_FALSE(decode(pdu(id(CommandId::deliver_sm), 0, body)));
}

TEST(Decode, ReportsADestinationOfAnUnknownKind) {
  const auto decoded = decode(pdu(id(CommandId::submit_multi), 0, {0, 0, 0, 0, 1, 3, 0}));
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().answer, status::invalid_parameter_value);
}

TEST(Decode, ReportsALengthThatIsNotThePdus) {
  Bytes bytes = pdu(id(CommandId::enquire_link), 0, {});
  bytes.push_back(0);
  EXPECT_EQ(decode(bytes).error().kind, Kind::bad_length);
  EXPECT_EQ(decode({}).error().kind, Kind::bad_length);
}

}  // namespace
}  // namespace tongdai::gateway::smpp
