#include "sealing/master_key.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "support/temp_dir.hpp"

namespace tongdai::sealing {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const std::string digits(64, 'a');

struct MasterKeyTest : testing::Test {
  test::TempDir folder;
  fs::path own = folder / "master.key";

  fs::path file(std::string_view name, std::string_view text, fs::perms mode = fs::perms::owner_read) const {
    const fs::path path = folder / name;
    std::ofstream(path) << text;
    fs::permissions(path, mode);
    return path;
  }
  static std::string bytes(const Result<Secret>& key) { return {key->data(), key->data() + Secret::bytes}; }
};

/// Gives the process a folder of credentials as systemd does, for as long as it lives.
struct Credentials {
  explicit Credentials(const fs::path& folder) { setenv("CREDENTIALS_DIRECTORY", folder.c_str(), 1); }
  ~Credentials() { unsetenv("CREDENTIALS_DIRECTORY"); }
};

TEST_F(MasterKeyTest, IsMadeOnceForItsOwnerAlone) {
  const auto made = load_master_key({}, own, true);
  ASSERT_TRUE(made) << made.error().what;
  EXPECT_EQ(fs::status(own).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(bytes(load_master_key({}, own, false)), bytes(made));
}

TEST_F(MasterKeyTest, IsNotMadeAnewWhereKeysWaitForTheOldOne) {
  const auto missing = load_master_key({}, own, false);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Code::not_found);
  EXPECT_FALSE(fs::exists(own));
}

TEST_F(MasterKeyTest, TheConfiguredFileMustBeThere) {
  EXPECT_FALSE(load_master_key(folder / "elsewhere", own, true));
  EXPECT_FALSE(fs::exists(own)) << "no other is taken in its place";
  EXPECT_EQ(bytes(load_master_key(file("elsewhere", digits + "\n"), own, true)), std::string(32, '\xaa'));
}

TEST_F(MasterKeyTest, ACredentialGoesBeforeAll) {
  const Credentials given(folder.path());
  (void)file("tongdai.master_key", std::string(32, 'b'), fs::perms::all);
  EXPECT_EQ(bytes(load_master_key(file("elsewhere", digits), own, true)), std::string(32, 'b'));
}

TEST_F(MasterKeyTest, WhatOthersMayReadIsRefused) {
  const auto open = file("elsewhere", digits, fs::perms::owner_read | fs::perms::group_read);
  const auto refused = load_master_key(open, own, true);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().what, HasSubstr("chmod 600"));
}

TEST_F(MasterKeyTest, WhatIsNoKeyIsRefusedAndNotShown) {
  for (const std::string& text : {std::string("khamphaquynhhoa"), std::string(63, 'a'), std::string(64, 'g'),
                                  std::string(66, 'a'), std::string()}) {
    fs::remove(folder / "elsewhere");
    const auto refused = load_master_key(file("elsewhere", text), own, true);
    ASSERT_FALSE(refused) << text;
    EXPECT_EQ(refused.error().code, Code::invalid);
    EXPECT_THAT(refused.error().what, HasSubstr("64 hexadecimal digits"));
    if (!text.empty()) EXPECT_THAT(refused.error().what, testing::Not(HasSubstr(text)));
  }
}

}  // namespace
}  // namespace tongdai::sealing
