#include "gateway_adapters/smpp/codec/message_id.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <charconv>

namespace tongdai::gateway::smpp {
namespace {

constexpr IdProfile exact{};
constexpr IdProfile hex_then_decimal{IdForm::hexadecimal, IdForm::decimal};
constexpr IdProfile hex_both{IdForm::hexadecimal, IdForm::hexadecimal};
constexpr IdProfile decimal_both{IdForm::decimal, IdForm::decimal};

TEST(MessageId, IsOpaqueUnlessTheRouteSaysOtherwise) {
  EXPECT_TRUE(same_id("aB-01", "aB-01", exact));
  EXPECT_FALSE(same_id("ab", "AB", exact));
  EXPECT_FALSE(same_id("01", "1", exact));
  EXPECT_FALSE(same_id("", "", exact));
}

TEST(MessageId, ANumberIsTheSameInBothForms) {
  EXPECT_TRUE(same_id("1F", "31", hex_then_decimal));
  EXPECT_TRUE(same_id("0000001f", "00031", hex_then_decimal));
  EXPECT_TRUE(same_id("0x1F", "31", hex_then_decimal));
  EXPECT_FALSE(same_id("20", "31", hex_then_decimal));
  EXPECT_TRUE(same_id("ffffffffffffffffffffffff", "79228162514264337593543950335", hex_then_decimal));
}

TEST(MessageId, CaseAndLeadingZerosOfNumbersDoNotCount) {
  EXPECT_TRUE(same_id("00Ab", "aB", hex_both));
  EXPECT_TRUE(same_id("0007", "7", decimal_both));
  EXPECT_TRUE(same_id("000", "0", decimal_both));
  EXPECT_FALSE(same_id("70", "7", decimal_both));
}

TEST(MessageId, WhatIsNoNumberStaysAsItIs) {
  EXPECT_EQ(canonical_id("Msg-01", IdForm::hexadecimal), "Msg-01");
  EXPECT_EQ(canonical_id("12a", IdForm::decimal), "12a");
  EXPECT_EQ(canonical_id("", IdForm::decimal), "");
  EXPECT_EQ(canonical_id("0x", IdForm::hexadecimal), "0x");
  const std::string huge(1000, '9');
  EXPECT_EQ(canonical_id(huge, IdForm::decimal), huge);
}

RC_GTEST_PROP(MessageId, AnyNumberIsTheSameInBothForms, (std::uint64_t number)) {
  std::array<char, 20> hex{};
  const auto* const end = std::to_chars(hex.data(), hex.data() + hex.size(), number, 16).ptr;
  RC_ASSERT(same_id({hex.data(), end}, std::to_string(number), hex_then_decimal));
}

}  // namespace
}  // namespace tongdai::gateway::smpp
