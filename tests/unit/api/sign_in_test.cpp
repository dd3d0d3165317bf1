#include "api/server/sign_in.hpp"

#include <gtest/gtest.h>

namespace tongdai::api {
namespace {

TEST(IsLocalHost, ThisMachine) {
  for (const std::string_view host : {"localhost", "LocalHost:8080", "127.0.0.1", "127.0.0.1:8080",
                                      "127.9.9.9", "[::1]", "[::1]:8080", "localhost:"}) {
    EXPECT_TRUE(is_local_host(host)) << host;
  }
}

TEST(IsLocalHost, NotThisMachine) {
  for (const std::string_view host : {"", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example",
                                      "10.0.0.1", "0.0.0.0", "[::]", "[::1", "::1", "localhost:80:80",
                                      "localhost@evil.example", "127.0.0.1, evil.example", "localhost:8x"}) {
    EXPECT_FALSE(is_local_host(host)) << host;
  }
}

TEST(CarriesToken, OnlyTheRightOne) {
  EXPECT_TRUE(carries_token("Bearer abc", "abc"));
  EXPECT_TRUE(carries_token("bearer  abc", "abc"));
  for (const std::string_view value : {"", "Bearer", "Bearer ", "abc", "Bearer abd", "Bearer ab",
                                       "Bearer abcd", "Basic abc", "Bearerabc", "Bearer abc "}) {
    EXPECT_FALSE(carries_token(value, "abc")) << value;
  }
  EXPECT_FALSE(carries_token("Bearer ", ""));
}

}  // namespace
}  // namespace tongdai::api
