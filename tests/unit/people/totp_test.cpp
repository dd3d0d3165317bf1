#include "people/totp.hpp"

#include <gtest/gtest.h>

namespace tongdai::people::totp {
namespace {

const std::string secret = "12345678901234567890";

TimePoint at(std::int64_t seconds) {
  return from_unix_ms(seconds * 1000);
}

/// RFC 6238, appendix B, of which apps show the last six digits.
TEST(Totp, GivesTheCodesOfTheStandard) {
  EXPECT_EQ(code(secret, step_of(at(59))), "287082");
  EXPECT_EQ(code(secret, step_of(at(1111111109))), "081804");
  EXPECT_EQ(code(secret, step_of(at(1111111111))), "050471");
  EXPECT_EQ(code(secret, step_of(at(1234567890))), "005924");
  EXPECT_EQ(code(secret, step_of(at(2000000000))), "279037");
  EXPECT_EQ(code(secret, step_of(at(20000000000))), "353130");
}

TEST(Totp, AClockMayBeHalfAMinuteOff) {
  const TimePoint now = at(1111111111);
  for (const int off : {-1, 0, 1})
    EXPECT_TRUE(match(secret, code(secret, step_of(now) + off), now, 0)) << off;
  for (const int off : {-2, 2}) EXPECT_FALSE(match(secret, code(secret, step_of(now) + off), now, 0)) << off;
}

TEST(Totp, AnEmptySecretHasNoCodes) {
  const TimePoint now = at(1111111111);
  EXPECT_FALSE(match("", code("", step_of(now)), now, 0));
}

TEST(Totp, NoCodeOpensTwice) {
  const TimePoint now = at(1111111111);
  const auto used = match(secret, "050471", now, 0);
  ASSERT_TRUE(used);
  EXPECT_FALSE(match(secret, "050471", now, *used));
  EXPECT_FALSE(match(secret, code(secret, *used - 1), now, *used)) << "an older one neither";
}

TEST(Totp, BlanksAreForgivenAndNothingElse) {
  const TimePoint now = at(1111111111);
  EXPECT_TRUE(match(secret, " 050 471", now, 0));
  for (const char* wrong : {"", "50471", "0504711", "050472", "o50471"})
    EXPECT_FALSE(match(secret, wrong, now, 0));
}

TEST(Totp, Base32IsOfTheStandard) {  // RFC 4648 §10, without the padding
  EXPECT_EQ(base32(""), "");
  EXPECT_EQ(base32("f"), "MY");
  EXPECT_EQ(base32("fo"), "MZXQ");
  EXPECT_EQ(base32("foob"), "MZXW6YQ");
  EXPECT_EQ(base32("foobar"), "MZXW6YTBOI");
}

TEST(Totp, TheAddressNamesServiceAndPerson) {
  EXPECT_EQ(uri("Lai Châu", "an.nguyen", "foobar"),
            "otpauth://totp/Lai%20Ch%C3%A2u:an.nguyen?secret=MZXW6YTBOI&issuer=Lai%20Ch%C3%A2u");
}

}  // namespace
}  // namespace tongdai::people::totp
