#include "gateway_adapters/smpp/codec/message_id.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <charconv>

namespace tongdai::gateway::smpp {
namespace {

bool same_number(std::string_view hexadecimal, std::string_view decimal) {
  return canonical_id(hexadecimal, IdForm::hexadecimal) == canonical_id(decimal, IdForm::decimal);
}

TEST(MessageId, IsOpaqueUnlessTheRouteSaysOtherwise) {
  for (const std::string_view id : {"aB-01", "AB", "01", "1", ""})
    EXPECT_EQ(canonical_id(id, IdForm::as_is), id);
}

TEST(MessageId, ANumberIsTheSameInBothForms) {
  EXPECT_TRUE(same_number("1F", "31"));
  EXPECT_TRUE(same_number("0000001f", "00031"));
  EXPECT_TRUE(same_number("0x1F", "31"));
  EXPECT_FALSE(same_number("20", "31"));
  EXPECT_TRUE(same_number("ffffffffffffffffffffffff", "79228162514264337593543950335"));
}

TEST(MessageId, CaseAndLeadingZerosOfNumbersDoNotCount) {
  EXPECT_EQ(canonical_id("00Ab", IdForm::hexadecimal), canonical_id("aB", IdForm::hexadecimal));
  EXPECT_EQ(canonical_id("0007", IdForm::decimal), canonical_id("7", IdForm::decimal));
  EXPECT_EQ(canonical_id("000", IdForm::decimal), canonical_id("0", IdForm::decimal));
  EXPECT_NE(canonical_id("70", IdForm::decimal), canonical_id("7", IdForm::decimal));
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
  RC_ASSERT(same_number({hex.data(), end}, std::to_string(number)));
}

}  // namespace
}  // namespace tongdai::gateway::smpp
