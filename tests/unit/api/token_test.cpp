#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "api/server.hpp"
#include "support/temp_dir.hpp"

namespace tongdai::api {
namespace {

TEST(TokenOf, IsMadeOnceAndKept) {
  const test::TempDir dir;
  const auto first = token_of(dir / "token");
  ASSERT_TRUE(first) << first.error().what;
  EXPECT_EQ(first->size(), 64U);
  EXPECT_EQ(first->find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_EQ(token_of(dir / "token").value(), *first);
  EXPECT_NE(token_of(dir / "other").value(), *first);
  struct stat status{};
  ASSERT_EQ(::stat((dir / "token").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST(TokenOf, ABadFileIsRefusedWithoutShowingIt) {
  const test::TempDir dir;
  for (const std::string text : {"", "short", "0123456789abcdef 0123456789abcdef"}) {
    std::ofstream(dir / "token") << text;
    const auto token = token_of(dir / "token");
    ASSERT_FALSE(token) << text;
    EXPECT_EQ(token.error().code, Code::invalid);
    if (!text.empty()) EXPECT_EQ(token.error().what.find(text), std::string::npos);
  }
}

TEST(TokenOf, AFolderThatIsNotThereIsToldOf) {
  const test::TempDir dir;
  const auto token = token_of(dir / "no" / "token");
  ASSERT_FALSE(token);
  EXPECT_EQ(token.error().code, Code::unavailable);
}

}  // namespace
}  // namespace tongdai::api
