#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "sealing/vault.hpp"
#include "storage/reseal.hpp"
#include "support/engine_room.hpp"

namespace tongdai::storage {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view number = "+84967319482";
constexpr std::string_view words = "khamphaquynhhoa";

struct SealingTest : testing::Test {
  test::EngineRoom room;

  std::string text(std::string_view sql) {
    return room.on_database([&](Tx& tx) { return tx.value<std::string>(sql).value_or("no row"); });
  }
  void run(std::string_view sql) {
    room.on_database([&](Tx& tx) { tx.run(sql); });
  }
  /// Every byte of every file of the data folder.
  std::string disk() const {
    std::string all;
    for (const auto& entry : fs::directory_iterator(room.folder.path())) {
      std::ifstream in(entry.path(), std::ios::binary);
      all.append(std::istreambuf_iterator<char>(in), {});
    }
    return all;
  }
  std::string reopened() {
    room.close();
    const auto opened = Database::open(room.file(), room.threads(), room.log);
    return opened ? "opened" : opened.error().what;
  }
};

TEST_F(SealingTest, SqlSealsAndOpens) {
  run("CREATE TABLE secret (key_id INTEGER, sealed BLOB, open TEXT) STRICT");
  run("INSERT INTO secret (key_id, open) VALUES (new_key(), '')");
  run("UPDATE secret SET sealed = seal(key_id, 'khamphaquynhhoa')");
  EXPECT_EQ(text("SELECT unseal(key_id, sealed, open) FROM secret"), words);
  EXPECT_THAT(disk(), Not(HasSubstr(words)));
  const auto read = [](Tx& tx) {
    return tx.value<std::string>("SELECT unseal(key_id, sealed, open) FROM secret").value_or("");
  };
  std::string by_reader;
  room.run([](Readers& readers, auto look, std::string& out) -> asio::awaitable<void> {
    out = co_await readers.run(look);
  }(room.database().readers(), read, by_reader));
  EXPECT_EQ(by_reader, words);
}

TEST_F(SealingTest, WhatHasNoKeyIsReadAsItStands) {
  EXPECT_EQ(text("SELECT unseal(NULL, NULL, 'plain')"), "plain");
  EXPECT_EQ(text("SELECT unseal(0, NULL, 'plain')"), "") << "erased";
}

TEST_F(SealingTest, WhatIsOfTheHouseIsSealedToo) {
  EXPECT_EQ(text("SELECT unseal('house', seal('house', 'khamphaquynhhoa'), '')"), words);
  EXPECT_EQ(text("SELECT instr(seal('house', 'khamphaquynhhoa'), 'khampha')"), "0");
}

TEST_F(SealingTest, ASealWithNoKeyFailsAndLeavesNothing) {
  EXPECT_THROW(run("UPDATE meta SET value = hex(seal(999999, 'x')) WHERE key = 'running'"), std::exception);
  EXPECT_EQ(text("SELECT value FROM meta WHERE key = 'running'"), "yes");
}

TEST_F(SealingTest, ATagIsFoundByTheNumberAndIsNotTheNumber) {
  const std::string tag = text("SELECT tag('+84967319482')");
  EXPECT_THAT(tag, Not(HasSubstr("967319482")));
  EXPECT_EQ(text("SELECT tag('+84967319482') = '" + tag + "'"), "1");
  EXPECT_EQ(text("SELECT tag('')"), "");
}

/// Rows as a version before wrote them.
void leave_in_the_clear(SealingTest& test) {
  test.run("UPDATE meta SET value = 'no' WHERE key = 'sealed'");
  test.run(
      "INSERT INTO hotline_case (id, code, state, urgency, reporter, place, note, due_at, opened_at, "
      "updated_at) "
      "VALUES (1, '482913', 'open', 'high', '+84967319482', 'missing', 'khamphaquynhhoa note', 1, 1, 1)");
  test.run(
      "INSERT INTO case_event (id, case_id, at, kind, detail) VALUES (30, 1, 1, 'declined', 'khamphaquynhhoa "
      "reason'), (31, 1, 1, 'alerted', '')");
  test.run(
      "INSERT INTO case_suggestion (id, case_id, kind, value, from_char, length) VALUES (40, 1, 'urgency', "
      "'khamphaquynhhoa', 0, 3)");
  test.run(
      "INSERT INTO inbound (id, gateway, sender, line, text, state, kind, dedupe_key, received_at) VALUES "
      "(2, 'a', '+84967319482', '19001234', 'khamphaquynhhoa', 'handled', 'report', "
      "'parts:+84967319482:1:2:x', 5),"
      "(3, 'a', '+84967319483', '19001234', 'khamphaquynhhoa 3', 'handled', 'opt_out', 'ref:7', 6)");
  test.run("INSERT INTO case_text (case_id, inbound_id) VALUES (1, 2)");
  test.run(
      "INSERT INTO inbound_part (gateway, sender, line, reference, total, part, text, gateway_ref, "
      "received_at) "
      "VALUES ('a', '+84967319482', '19001234', 9, 2, 1, 'khamphaquynhhoa part', 'r', 5)");
  test.run("INSERT INTO hold (recipient, holder, began_at) VALUES ('+84967319482', 1, 1)");
  test.run("INSERT INTO auto_reply (recipient, at) VALUES ('+84967319482', 1)");
  test.run(
      "INSERT INTO body (id, text, encoding, parts) VALUES (10, 'khamphaquynhhoa reply', 'gsm7', 1), "
      "(11, 'khamphaquynhhoa details', 'gsm7', 1), (12, 'a campaign', 'gsm7', 1)");
  test.run(
      "INSERT INTO message (id, purpose, lane, state, recipient, body_id, parts, gateway, not_before, "
      "expires_at, "
      "case_id, campaign_id, campaign_seq, created_at, updated_at) VALUES "
      "(20, 'reporter_reply', 'reply', 'accepted', '+84967319482', 10, 1, 'a', 1, 1, NULL, NULL, NULL, 1, "
      "1), "
      "(21, 'relay_to_facility', 'alert', 'accepted', '+84912000101', 11, 1, 'a', 1, 1, 1, NULL, NULL, 1, "
      "1), "
      "(22, 'campaign', 'bulk', 'accepted', '+84912345678', 12, 1, 'a', 1, 1, NULL, 5, 1, 1, 1)");
}

TEST_F(SealingTest, WhatAnEarlierVersionWroteIsSealedAndGoneFromTheDisk) {
  leave_in_the_clear(*this);
  ASSERT_THAT(disk(), HasSubstr("967319482"));
  std::ofstream(room.folder / "tongdai.db.before-v12") << "khamphaquynhhoa";
  room.reopen();
  for (const std::string_view canary : {"967319482", "967319483", "khamphaquynhhoa"})
    EXPECT_THAT(disk(), Not(HasSubstr(canary)));
  EXPECT_FALSE(fs::exists(room.folder / "tongdai.db.before-v12"));
  EXPECT_EQ(text("SELECT unseal(key_id, sealed_reporter, '') FROM hotline_case WHERE reporter = "
                 "tag('+84967319482')"),
            number);
  EXPECT_EQ(text("SELECT unseal(key_id, sealed_note, '') FROM hotline_case"), "khamphaquynhhoa note");
  EXPECT_EQ(text("SELECT unseal(key_id, sealed_text, '') FROM inbound WHERE id = 2"), words);
  EXPECT_EQ(text("SELECT unseal(key_id, sealed_sender, '') FROM inbound WHERE id = 3"), "+84967319483");
  EXPECT_EQ(
      text("SELECT unseal(key_id, sealed_text, '') FROM inbound_part WHERE sender = tag('+84967319482')"),
      "khamphaquynhhoa part");
  EXPECT_EQ(text("SELECT unseal(key_id, sealed_recipient, '') FROM message WHERE id = 20"), number);
  EXPECT_EQ(text("SELECT unseal(key_id, sealed_text, '') FROM body WHERE id = 11"),
            "khamphaquynhhoa details");
  EXPECT_EQ(
      text("SELECT unseal(c.key_id, e.sealed_detail, '') FROM case_event e, hotline_case c WHERE e.id = 30"),
      "khamphaquynhhoa reason");
  EXPECT_EQ(text("SELECT unseal(c.key_id, s.sealed_value, '') FROM case_suggestion s, hotline_case c"),
            words);
  EXPECT_EQ(text("SELECT recipient FROM message WHERE id = 21"), "+84912000101");
  EXPECT_EQ(text("SELECT text FROM body WHERE id = 12 AND key_id IS NULL"), "a campaign");
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM hold WHERE recipient = tag('+84967319482')"), 1);
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM auto_reply WHERE recipient = tag('+84967319482')"), 1);
  EXPECT_EQ(room.count(
                "SELECT COUNT(DISTINCT key_id) FROM (SELECT key_id FROM hotline_case UNION ALL SELECT key_id "
                "FROM inbound WHERE id = 2 UNION ALL SELECT key_id FROM message WHERE id IN (20, 21))"),
            1)
      << "all of the case with its key";
}

TEST_F(SealingTest, ItIsSealedOnce) {
  leave_in_the_clear(*this);
  room.reopen();
  const auto key = room.count("SELECT key_id FROM hotline_case");
  room.log.clear();
  room.reopen();
  EXPECT_EQ(room.count("SELECT key_id FROM hotline_case"), key);
  EXPECT_EQ(room.log.count("were sealed"), 0U);
}

TEST_F(SealingTest, ASealingThatWasCutOffGoesOn) {
  leave_in_the_clear(*this);
  run("UPDATE hotline_case SET key_id = new_key()");
  run("UPDATE hotline_case SET sealed_reporter = seal(key_id, reporter), sealed_note = seal(key_id, note), "
      "reporter = "
      "tag(reporter), note = ''");  // that step was committed, and the next was not
  room.reopen();
  EXPECT_EQ(text("SELECT unseal(key_id, sealed_reporter, '') FROM hotline_case"), number);
  EXPECT_EQ(text("SELECT unseal(key_id, sealed_text, '') FROM inbound WHERE id = 2"), words);
}

TEST_F(SealingTest, ASealingThatDiedBeforeItsEndRewritesTheFileAtTheNextStart) {
  leave_in_the_clear(*this);
  room.reopen();
  run("UPDATE meta SET value = 'begun' WHERE key = 'sealed'");
  std::ofstream(room.folder / "tongdai.db.before-v12") << "khamphaquynhhoa";
  room.reopen();
  EXPECT_THAT(disk(), Not(HasSubstr(words)));
  EXPECT_EQ(text("SELECT value FROM meta WHERE key = 'sealed'"), "yes");
}

/// All that a case has, sealed with this key.
void seal_all_with(SealingTest& test, std::string_view key) {
  leave_in_the_clear(test);
  test.room.reopen();
  const std::string number_of_key(key);
  for (const std::string_view sql :
       {"UPDATE case_event SET sealed_detail = seal(K, 'khamphaquynhhoa reason') WHERE id = 30",
        "UPDATE case_suggestion SET sealed_value = seal(K, 'khamphaquynhhoa')",
        "UPDATE hotline_case SET sealed_reporter = seal(K, '+84967319482'), sealed_note = seal(K, ''), "
        "key_id = K",
        "UPDATE inbound SET sealed_sender = seal(K, '+84967319482'), sealed_text = seal(K, "
        "'khamphaquynhhoa'), "
        "key_id = K WHERE id = 2",
        "UPDATE body SET sealed_text = seal(K, 'khamphaquynhhoa details'), key_id = K WHERE id = 11",
        "UPDATE message SET key_id = K WHERE id = 21"}) {
    std::string with_key(sql);
    for (std::size_t at = 0; (at = with_key.find('K', at)) != std::string::npos;)
      with_key.replace(at, 1, number_of_key);
    test.run(with_key);
  }
}

TEST_F(SealingTest, WhatKeysOfNoFileSealedIsSealedAnew) {
  seal_all_with(*this, std::to_string(sealing::Vault::unwritten_from + 5));
  EXPECT_TRUE(room.on_database([](Tx& tx) { return any_unwritten_keys(tx); }));
  EXPECT_EQ(room.on_database([](Tx& tx) { return reseal_unwritten(tx, 10); }), 1U);
  EXPECT_FALSE(room.on_database([](Tx& tx) { return any_unwritten_keys(tx); }));
  EXPECT_EQ(text("SELECT unseal(key_id, sealed_reporter, '') FROM hotline_case"), number);
  EXPECT_EQ(text("SELECT unseal(key_id, sealed_text, '') FROM inbound WHERE id = 2"), words);
  EXPECT_EQ(text("SELECT unseal(key_id, sealed_sender, '') FROM inbound WHERE id = 2"), number);
  EXPECT_EQ(text("SELECT unseal(key_id, sealed_text, '') FROM body WHERE id = 11"),
            "khamphaquynhhoa details");
  EXPECT_EQ(
      text("SELECT unseal(c.key_id, e.sealed_detail, '') FROM case_event e, hotline_case c WHERE e.id = 30"),
      "khamphaquynhhoa reason");
  EXPECT_EQ(text("SELECT unseal(c.key_id, s.sealed_value, '') FROM case_suggestion s, hotline_case c"),
            words);
  EXPECT_EQ(text("SELECT sealed_recipient IS NULL FROM message WHERE id = 21"), "1") << "a facility's number";
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM body WHERE key_id >= 4611686018427387904"), 0);
}

TEST_F(SealingTest, AnOpenCaseWhoseKeyIsGoneGetsAnotherAloud) {
  leave_in_the_clear(*this);
  room.reopen();
  const KeyId lost{room.count("SELECT key_id FROM hotline_case")};
  room.database().vault().destroy(std::array{lost});
  room.reopen();
  EXPECT_EQ(room.log.count("alarm keys are gone"), 1U);
  EXPECT_NE(room.count("SELECT key_id FROM hotline_case"), lost.value);
  EXPECT_EQ(room.count("SELECT has_key(key_id) FROM hotline_case"), 1);
  EXPECT_EQ(text("SELECT unseal(key_id, sealed_reporter, reporter) FROM hotline_case"), "");
  room.log.clear();
  room.reopen();
  EXPECT_EQ(room.log.count("keys are gone"), 0U);
}

TEST_F(SealingTest, AnOlderFileOfKeysGivesNoNumberThatRowsName) {
  run("INSERT INTO hotline_case (id, code, state, urgency, reporter, place, services, note, step, due_at, "
      "opened_at, "
      "updated_at, key_id) VALUES (1, '482913', 'open', 'high', 'x', 'known', '', '', 0, 1, 1, 1, "
      "new_key())");
  room.close();
  fs::copy_file(room.folder / "tongdai.keys", room.folder / "aside");
  room.reopen();
  for (int i = 0; i < 600; ++i) run("UPDATE hotline_case SET key_id = new_key()");  // of a later file
  const std::int64_t named = room.count("SELECT key_id FROM hotline_case");
  run("UPDATE hotline_case SET state = 'closed', due_at = NULL, closed_at = 1");  // its key is not replaced
  room.close();
  fs::rename(room.folder / "aside", room.folder / "tongdai.keys");
  for (int starts = 0; starts < 2; ++starts) {
    room.reopen();
    EXPECT_EQ(room.count("SELECT has_key(key_id) FROM hotline_case"), 0) << "it is lost, and no other's";
    EXPECT_GT(room.count("SELECT new_key()"), named);
  }
}

TEST_F(SealingTest, WithoutItsKeysADatabaseIsNotOpened) {
  room.close();
  fs::rename(room.folder / "tongdai.keys", room.folder / "aside");
  EXPECT_THAT(reopened(), HasSubstr("the keys of the cases are missing"));
  fs::rename(room.folder / "aside", room.folder / "tongdai.keys");
  fs::rename(room.folder / "master.key", room.folder / "aside");
  EXPECT_THAT(reopened(), HasSubstr("the master key is missing"));
  fs::rename(room.folder / "aside", room.folder / "master.key");
  EXPECT_EQ(reopened(), "opened");
}

TEST_F(SealingTest, KeysOfAnotherDatabaseAreRefused) {
  test::EngineRoom other;
  room.close();
  other.close();
  for (const char* file : {"tongdai.keys", "master.key"})
    fs::copy_file(other.folder / file, room.folder / file, fs::copy_options::overwrite_existing);
  EXPECT_THAT(reopened(), HasSubstr("these keys are of another database"));
}

TEST_F(SealingTest, AnEmptyFileInPlaceOfLostKeysBeginsAnewAloud) {
  leave_in_the_clear(*this);
  room.reopen();
  room.close();
  std::ofstream(room.folder / "tongdai.keys", std::ios::trunc);
  room.reopen();
  EXPECT_EQ(room.log.count("alarm a new file of keys"), 1U);
  EXPECT_GT(room.count("SELECT new_key()"), room.count("SELECT MAX(key_id) FROM inbound"))
      << "no number twice";
  EXPECT_EQ(room.count("SELECT has_key(key_id) FROM hotline_case"), 1) << "its next text can be sealed";
  EXPECT_EQ(text("SELECT unseal(key_id, sealed_text, '') FROM inbound WHERE id = 2"), "");
  EXPECT_EQ(reopened(), "opened");
}

}  // namespace
}  // namespace tongdai::storage
