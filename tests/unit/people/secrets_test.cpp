#include "people/secrets.hpp"

#include <gtest/gtest.h>

#include <set>

namespace tongdai::people {
namespace {

TEST(Secrets, APasswordOpensItsOwnHashOnly) {
  const std::string hash = hash_password("con trâu đen của bà");
  EXPECT_TRUE(hash.starts_with("$argon2id$")) << hash;
  EXPECT_TRUE(is_password(hash, "con trâu đen của bà"));
  EXPECT_FALSE(is_password(hash, "con trau den cua ba"));
  EXPECT_FALSE(is_password(hash, ""));
  EXPECT_NE(hash, hash_password("con trâu đen của bà")) << "the same password has two hashes";
}

TEST(Secrets, WhatIsNoHashOpensForNobody) {
  for (const std::string& hash : {std::string(), std::string("x"), std::string(500, 'x')}) {
    EXPECT_FALSE(is_password(hash, ""));
    EXPECT_FALSE(is_password(hash, "x"));
  }
}

TEST(Secrets, AWeakPasswordIsRefusedWithWhatIsAllowed) {
  const auto fault = [](std::string_view password, std::string_view name = "an.nguyen") {
    const auto checked = check_password(password, name);
    return checked ? std::string() : checked.error().what;
  };
  EXPECT_EQ(fault("ngắn quá"), "the password must have at least 10 characters, got 8");
  EXPECT_EQ(fault("aaaaaaaaaaaa"), "the password must not be one character or a row of neighbours");
  EXPECT_EQ(fault("1234567890123"), "the password must not be one character or a row of neighbours");
  EXPECT_EQ(fault("lkjihgfedcba"), "the password must not be one character or a row of neighbours");
  EXPECT_EQ(fault("An.Nguyen-2026"), "the password must not hold the name it belongs to");
  EXPECT_EQ(fault(std::string(300, 'x') + "y"), "the password must have at most 256 bytes, got 301");
  EXPECT_EQ(fault("con trâu đen"), "");
  EXPECT_EQ(fault("bản làng trên cao", "an"), "") << "so short a name stands in many words";
  EXPECT_EQ(fault(random_password()), "");
}

TEST(Secrets, RandomOnesAreLongAndNeverTheSame) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    seen.insert(random_hex(32));
    seen.insert(random_password());
  }
  EXPECT_EQ(seen.size(), 200U);
  EXPECT_EQ(random_hex(32).size(), 64U);
  EXPECT_EQ(random_password().size(), 23U);
}

TEST(Secrets, AFingerprintIsBlake2b) {
  EXPECT_EQ(fingerprint("abc"), "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

TEST(Secrets, SecretsAreComparedWhole) {
  EXPECT_TRUE(same_secret("abc", "abc"));
  EXPECT_FALSE(same_secret("abc", "abd"));
  EXPECT_FALSE(same_secret("abc", "ab"));
  EXPECT_TRUE(same_secret("", ""));
}

}  // namespace
}  // namespace tongdai::people
