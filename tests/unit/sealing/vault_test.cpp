#include "sealing/vault.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <thread>

#include "support/capturing_log.hpp"
#include "support/full_files.hpp"
#include "support/temp_dir.hpp"

namespace tongdai::sealing {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

struct VaultTest : testing::Test {
  test::TempDir folder;
  test::CapturingLog log;
  fs::path file = folder / "tongdai.keys";
  Secret master = Secret::random();

  std::unique_ptr<Vault> open() {
    auto vault = Vault::open(file, master, true, log);
    if (!vault) throw std::runtime_error(vault.error().what);
    (void)(*vault)->refill();
    return std::move(*vault);
  }
  std::string bytes() const {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void write(std::size_t at, std::string_view what) const {
    std::fstream out(file, std::ios::binary | std::ios::in | std::ios::out);
    out.seekp(static_cast<std::streamoff>(at));
    out << what;
  }
};

TEST_F(VaultTest, WhatIsSealedOpensAfterARestart) {
  KeyId key;
  std::string sealed;
  {
    const auto vault = open();
    key = vault->new_key();
    sealed = vault->seal(key, "toi bi danh");
  }
  EXPECT_EQ(sealed.find("danh"), std::string::npos);
  EXPECT_EQ(open()->unseal(key, sealed), "toi bi danh");
}

TEST_F(VaultTest, TheSameWordsAreNeverSealedAlike) {
  const auto vault = open();
  const KeyId key = vault->new_key();
  EXPECT_NE(vault->seal(key, "cuu toi"), vault->seal(key, "cuu toi"));
}

TEST_F(VaultTest, AnotherKeyOpensNothing) {
  const auto vault = open();
  const std::string sealed = vault->seal(vault->new_key(), "cuu toi");
  EXPECT_EQ(vault->unseal(vault->new_key(), sealed), std::nullopt);
  EXPECT_EQ(log.count("alarm a sealed value does not open"), 1U);
}

TEST_F(VaultTest, AChangedValueOpensNotAndIsAnAlarmOnce) {
  const auto vault = open();
  const KeyId key = vault->new_key();
  std::string sealed = vault->seal(key, "cuu toi");
  for (char& c : sealed) {
    c ^= 1;
    EXPECT_EQ(vault->unseal(key, sealed), std::nullopt);
    c ^= 1;
  }
  EXPECT_EQ(vault->unseal(key, sealed.substr(0, 30)), std::nullopt);
  EXPECT_EQ(vault->unseal(key, ""), std::nullopt);
  EXPECT_EQ(log.count("alarm"), 1U);
  EXPECT_EQ(vault->unseal(key, sealed), "cuu toi");
}

TEST_F(VaultTest, ADestroyedKeyIsGoneFromTheFileAndFromMemory) {
  const auto vault = open();
  const KeyId one = vault->new_key(), other = vault->new_key();
  const std::string of_one = vault->seal(one, "cuu toi"), of_other = vault->seal(other, "cuu em");
  const std::string before = bytes();
  vault->destroy(std::array{one});
  EXPECT_EQ(vault->unseal(one, of_one), std::nullopt);
  EXPECT_EQ(vault->unseal(other, of_other), "cuu em");
  EXPECT_THROW((void)vault->seal(one, "mot lan nua"), std::runtime_error);
  const std::size_t slot = 4096 + static_cast<std::size_t>(one.value - 1) * 80;
  EXPECT_NE(before.substr(slot, 72), std::string(72, '\0'));
  EXPECT_EQ(bytes().substr(slot, 80), std::string(80, '\0')) << "overwritten in place";
  EXPECT_EQ(log.count("alarm"), 0U) << "as it was meant";
}

TEST_F(VaultTest, NoKeyIsGivenTwiceAndNoneOfAnEarlierRun) {
  std::set<std::int64_t> given;
  for (int run = 0; run < 3; ++run) {
    const auto vault = open();
    for (int i = 0; i < 10; ++i) EXPECT_TRUE(given.insert(vault->new_key().value).second);
  }
}

TEST_F(VaultTest, ThreadsThatAskAtOnceGetDifferentKeysThatAllSeal) {
  const auto vault = open();
  constexpr int each = 300;  // beyond what was made ahead
  std::array<std::vector<KeyId>, 3> given;
  {
    std::vector<std::jthread> threads;
    for (auto& keys : given) {
      threads.emplace_back([&] {
        for (int i = 0; i < each; ++i) {
          keys.push_back(vault->new_key());
          vault->refill();
        }
      });
    }
  }
  std::set<std::int64_t> all;
  for (const auto& keys : given) {
    for (const KeyId key : keys) {
      all.insert(key.value);
      EXPECT_EQ(vault->unseal(key, vault->seal(key, "x")), "x");
    }
  }
  EXPECT_EQ(all.size(), 3U * each);
}

TEST_F(VaultTest, KeysAreOnTheDiskBeforeTheyAreGiven) {
  const auto vault = open();
  for (int i = 0; i < 2 * Vault::made_at_once; ++i) {
    const KeyId key = vault->new_key();
    const std::size_t slot = 4096 + static_cast<std::size_t>(key.value - 1) * 80;
    ASSERT_GE(fs::file_size(file), slot + 80);
  }
}

TEST_F(VaultTest, MoreAreMadeWhenFewAreLeft) {
  const auto vault = open();
  EXPECT_FALSE(vault->is_low());
  while (!vault->is_low()) (void)vault->new_key();
  const auto before = fs::file_size(file);
  vault->refill();
  EXPECT_FALSE(vault->is_low());
  EXPECT_EQ(fs::file_size(file), before + Vault::made_at_once * 80);
}

TEST_F(VaultTest, WhereNoKeyCanBeWrittenOneOfNoFileIsGiven) {
  auto vault = open();
  KeyId key;
  std::string sealed;
  {
    const test::FullFiles full(file);
    for (std::int64_t i = 0; i < Vault::made_at_once; ++i)
      EXPECT_LT(vault->new_key().value, Vault::unwritten_from);
    key = vault->new_key();
    EXPECT_GE(key.value, Vault::unwritten_from);
    EXPECT_NE(vault->new_key(), key);
    EXPECT_FALSE(vault->refill());
    EXPECT_EQ(log.count("alarm no more keys can be written"), 1U);
    sealed = vault->seal(key, "words");
    vault = open();  // a start is possible too
    EXPECT_EQ(vault->unseal(key, sealed), "words");
  }
  EXPECT_TRUE(vault->refill());
  EXPECT_LT(vault->new_key().value, Vault::unwritten_from);
  EXPECT_EQ(vault->unseal(key, sealed), "words");
  master = Secret::random();
  fs::remove(file);
  EXPECT_EQ(open()->unseal(key, sealed), std::nullopt) << "it is of this master key and this file";
}

TEST_F(VaultTest, ANewFileInPlaceOfALostOneGivesNoNumberOfBefore) {
  auto vault = Vault::open(file, master, true, log).value();
  vault->begin_behind(KeyId{1000});
  EXPECT_TRUE(vault->refill());
  EXPECT_FALSE(vault->has(KeyId{1}));
  EXPECT_FALSE(vault->has(KeyId{1000}));
  const KeyId key = vault->new_key();
  EXPECT_EQ(key.value, 1001);
  const std::string sealed = vault->seal(key, "words");
  vault.reset();
  EXPECT_EQ(open()->unseal(key, sealed), "words");
}

TEST_F(VaultTest, ATornEndIsNoHarm) {
  KeyId last;
  std::string sealed;
  {
    const auto vault = open();
    last = vault->new_key();
    sealed = vault->seal(last, "cuu toi");
  }
  fs::resize_file(file, fs::file_size(file) - 30);  // the end of a crash while more were made
  const auto vault = open();
  EXPECT_EQ(vault->unseal(last, sealed), "cuu toi");
  const KeyId fresh = vault->new_key();
  EXPECT_EQ(vault->unseal(fresh, vault->seal(fresh, "x")), "x");
}

TEST_F(VaultTest, AFileThatMayNotBeMadeMustBeThere) {
  const auto missing = Vault::open(file, master, false, log);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Code::not_found);
  EXPECT_FALSE(fs::exists(file));
  std::ofstream{file};  // of no bytes: an administrator says that the old one is lost
  const auto anew = Vault::open(file, master, false, log);
  ASSERT_TRUE(anew) << anew.error().what;
  EXPECT_TRUE((*anew)->is_new());
}

TEST_F(VaultTest, AnotherMasterKeyIsRefused) {
  (void)open();
  const auto refused = Vault::open(file, Secret::random(), true, log);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().what, HasSubstr("the master key does not open"));
}

TEST_F(VaultTest, AFileOfOtherBytesIsRefusedAndLeftAlone) {
  std::ofstream(file) << std::string(5000, 'x');
  EXPECT_FALSE(Vault::open(file, master, true, log));
  EXPECT_EQ(bytes(), std::string(5000, 'x'));
}

TEST_F(VaultTest, NobodyElseMayReadTheFile) {
  (void)open();
  EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(VaultTest, ATagIsTheSameForOneNumberAndTellsNothingWithoutTheMasterKey) {
  const auto vault = open();
  const std::string tag = vault->tag("+84912345678");
  EXPECT_THAT(tag, testing::MatchesRegex("~[0-9a-f]{32}"));
  EXPECT_EQ(open()->tag("+84912345678"), tag);
  EXPECT_NE(vault->tag("+84912345679"), tag);
  EXPECT_EQ(vault->tag(""), "");
  fs::remove(file);
  master = Secret::random();
  EXPECT_NE(open()->tag("+84912345678"), tag);
}

TEST_F(VaultTest, TheHeadIsToldAndATornOneLeavesTheOneBefore) {
  {
    const auto vault = open();
    EXPECT_FALSE(vault->head());
    for (std::int64_t n = 1; n <= 5; ++n) vault->set_head({n, vault->chain("", std::to_string(n))});
    EXPECT_EQ(vault->head()->count, 5);
    EXPECT_EQ(vault->head()->hash, vault->chain("", "5"));
  }
  write(512, "torn");  // the fifth stands in the first place
  EXPECT_EQ(open()->head()->count, 4);
  write(1024, "torn");
  EXPECT_FALSE(open()->head());
}

TEST_F(VaultTest, TheHouseHasAKeyOfItsOwn) {
  const auto vault = open();
  const std::string sealed = vault->seal_for_house("khong cua vu nao");
  EXPECT_EQ(open()->unseal_for_house(sealed), "khong cua vu nao");
  EXPECT_EQ(vault->unseal_for_house(sealed.substr(1)), std::nullopt);
  EXPECT_EQ(vault->unseal(vault->new_key(), sealed), std::nullopt);
}

TEST_F(VaultTest, ACopyOpensWhatTheFileDidThen) {
  const auto vault = open();
  const KeyId key = vault->new_key();
  const std::string sealed = vault->seal(key, "cuu toi");
  ASSERT_TRUE(vault->copy_to(folder / "copy"));
  EXPECT_EQ(vault->copy_to(folder / "copy").error().code, Code::conflict);
  vault->destroy(std::array{key});
  const auto copy = Vault::open(folder / "copy", master, false, log);
  ASSERT_TRUE(copy);
  EXPECT_EQ((*copy)->unseal(key, sealed), "cuu toi");
  EXPECT_EQ((*copy)->name(), vault->name());
}

}  // namespace
}  // namespace tongdai::sealing
