#include "core/phone.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/log.hpp"

namespace tongdai {
namespace {

Phone phone(std::string value) {
  return Phone::stored(std::move(value));
}

TEST(Phone, IsMaskedInTheMiddle) {
  EXPECT_EQ(phone("+84912345678").masked(), "+8491•••678");
  EXPECT_EQ(phone("+8613812345678").masked(), "+8613•••678");
}

TEST(Phone, ShowsWhatNamesNoPerson) {
  EXPECT_EQ(phone("113").masked(), "113");
  EXPECT_EQ(phone("LAICHAU").masked(), "LA•••");
  EXPECT_EQ(phone("").masked(), "");
}

TEST(Phone, KnowsItsKind) {
  EXPECT_TRUE(phone("+84912345678").is_e164());
  EXPECT_FALSE(phone("+84912345678").is_alphanumeric());
  EXPECT_TRUE(phone("113").is_short_code());
  EXPECT_TRUE(phone("19001").is_short_code());
  EXPECT_FALSE(phone("12").is_short_code());
  EXPECT_FALSE(phone("190012").is_short_code());
  EXPECT_TRUE(phone("LAICHAU").is_alphanumeric());
  EXPECT_FALSE(phone("113").is_alphanumeric());
  EXPECT_FALSE(Phone().is_alphanumeric());
  EXPECT_TRUE(Phone().empty());
}

TEST(Phone, IsLoggedMasked) {
  EXPECT_EQ(Field("to", phone("+84912345678")).value, "+8491•••678");
}

RC_GTEST_PROP(PhoneProperty, MaskHidesAtLeastThreeDigits, ()) {
  const auto count = *rc::gen::inRange<std::size_t>(8, 16);  // of E.164
  const auto digits = *rc::gen::container<std::string>(count, rc::gen::elementOf(std::string("0123456789")));
  const std::string whole = "+" + digits;
  const std::string masked = phone(whole).masked();
  const std::size_t dots = masked.find("•••");
  RC_ASSERT(dots != std::string::npos);
  RC_ASSERT(masked.size() - std::string_view("•••").size() + 3 <= whole.size());
}

}  // namespace
}  // namespace tongdai
