#include <array>
#include <fstream>
#include <iterator>

#include "hotline/erasure.hpp"
#include "hotline/reading.hpp"
#include "hotline/reporter/thread.hpp"
#include "outbox/suppression.hpp"
#include "scenario/scenario.hpp"
#include "storage/database.hpp"
#include "storage/seal_functions.hpp"
#include "support/full_files.hpp"

namespace tongdai::test {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view number = "0967319482";
constexpr std::string_view e164 = "+84967319482";
constexpr std::string_view national = "967319482";
constexpr std::string_view word = "khamphaquynhhoa";

/// Numbers and words of reporters on the disk, and their going (the do-no-harm list, 27).
struct Sealing : Scenario {
  Sealing() { guard_interval = lateness = 10s; }  // a silence lasts for hours

  Handset reporter() { return citizen(number); }
  Handset station() { return facility("Than Uyen health station"); }

  std::string bytes(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  /// Nothing that the service keeps tells who wrote, or what.
  void expect_clean_disk() {
    int files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder() / "data")) {
      if (!entry.is_regular_file()) continue;
      ++files;
      const std::string all = bytes(entry.path());
      EXPECT_EQ(all.find(national), std::string::npos) << entry.path();
      EXPECT_EQ(all.find(word), std::string::npos) << entry.path();
    }
    EXPECT_GE(files, 3) << "the database, its log and the keys";
  }
  std::string report() {
    reporter().texts("toi bi danh, o Than Uyen, " + std::string(word)).expects(acknowledgement());
    station().expects(alert());
    return station().code();
  }
  std::string report_until_closed() {
    const std::string code = report();
    station().replies("nhan {code}").expects(details());
    station().texts("xong " + code).expects(closed());
    return code;
  }
  std::optional<hotline::CaseRead> read(const std::string& code) {
    return on_database([&](storage::Tx& tx) { return hotline::read_case(tx, code); });
  }
  void back_up(const fs::path& to) {
    bool done = false;
    run([](storage::Readers& readers, const fs::path& file, bool& out) -> asio::awaitable<void> {
      out = co_await readers.run([&file](storage::Tx& tx) { return storage::back_up(tx, file).has_value(); });
    }(engine().database().readers(), to, done));
    ASSERT_TRUE(done);
  }
  Result<hotline::Erased> erase(const std::string& code) {
    return on_database([&](storage::Tx& tx) {
      return hotline::erase_case(tx, engine().desk(), hotline::find_case(tx, code).value(), now());
    });
  }
};

TEST_F(Sealing, ACaseFromItsFirstTextToItsEndStandsNowhereInTheClear) {
  report();
  expect_clean_disk();
  station().replies("nhan {code}").expects(text(std::string(word)));
  reporter().texts("toi o " + std::string(word) + " " + std::string(number)).expects(nothing());
  station().expects(text(std::string(word)));
  expect_clean_disk();
  reporter().texts("stop").expects(nothing());  // one automatic reply a window
  station().expects(text("khong muon nhan tin"));
  crash();
  expect_clean_disk();
}

TEST_F(Sealing, WhatWasAgreedAndATextThatIsHeldStandNowhereInTheClear) {
  const std::string code = report();
  station().replies("nhan {code}").expects(details());
  const auto agreed = on_database([&](storage::Tx& tx) {
    return hotline::record_contact(tx, engine().desk(), *hotline::find_case(tx, code),
                                   {.agreed = std::string(word)}, now());
  });
  ASSERT_TRUE(agreed) << agreed.error().what;
  for (int i = 0; i < 4; ++i) {  // the reporter is silent while the station works on
    clock.advance(3h);
    station().texts("nhan " + code).expects(details());
  }
  station().texts(code + " minh qua " + std::string(word)).expects(text("tin duoc giu lai"));
  ASSERT_EQ(count("SELECT COUNT(*) FROM held_text"), 1);
  expect_clean_disk();
  reporter().texts(std::string(word)).expects(text("minh qua"));
  station().expects(text(std::string(word)));
  ASSERT_EQ(count("SELECT COUNT(*) FROM held_text"), 0);
  expect_clean_disk();
  station().texts("xong " + code).expects(closed());
  ASSERT_TRUE(erase(code));
  EXPECT_EQ(count("SELECT COUNT(*) FROM safe_contact"), 0);
}

TEST_F(Sealing, EachCaseHasAKeyOfItsOwn) {
  report();
  citizen("0961112223").texts("toi bi danh, o Than Uyen").expects(acknowledgement());
  station().expects(alert());
  EXPECT_EQ(count("SELECT COUNT(DISTINCT key_id) FROM hotline_case WHERE key_id > 0"), 2);
  EXPECT_EQ(count("SELECT COUNT(DISTINCT key_id) FROM inbound WHERE key_id > 0"), 2);
}

TEST_F(Sealing, WhoMayReadACaseReadsAllOfIt) {
  const std::string code = report_until_closed();
  const auto found = read(code);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->c.reporter.reveal(), e164);
  ASSERT_EQ(found->texts.size(), 1U);
  EXPECT_EQ(found->texts[0].text, "toi bi danh, o Than Uyen, " + std::string(word));
  EXPECT_EQ(found->sent.size(), 3U) << "reply, alert, details";
  EXPECT_FALSE(found->erased);
}

TEST_F(Sealing, AnErasedCaseTellsNothingMoreAndStillCounts) {
  const std::string code = report_until_closed();
  const auto erased = erase(code);
  ASSERT_TRUE(erased) << erased.error().what;
  EXPECT_EQ(erased->texts, 3) << "the report, and what the station wrote about it";
  const auto found = read(code);
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->erased);
  EXPECT_TRUE(found->c.reporter.empty());
  EXPECT_EQ(found->texts.at(0).text, "");
  for (const auto& sent : found->sent) EXPECT_EQ(sent.text, "");
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case WHERE state = 'closed' AND unit_id IS NOT NULL"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM inbound WHERE sealed_text IS NOT NULL"), 0);
  EXPECT_EQ(count("SELECT COUNT(*) FROM message WHERE case_id IS NOT NULL AND key_id > 0"), 0);
}

TEST_F(Sealing, AnOldCopyOfTheDatabaseBringsAnErasedCaseNotBack) {
  const std::string code = report_until_closed();
  const fs::path copy = folder() / "old.db";
  back_up(copy);
  ASSERT_TRUE(erase(code));
  clock.advance(1s);
  storage::Connection old(copy, storage::Connection::Mode::read_only);
  storage::add_seal_functions(old, engine().database().vault());
  storage::Tx tx(old);
  EXPECT_EQ(
      tx.value<std::int64_t>("SELECT COUNT(*) FROM inbound WHERE sealed_text IS NOT NULL AND key_id > 0"), 3);
  const auto found = hotline::read_case(tx, code);
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->c.reporter.empty());
  EXPECT_EQ(found->texts.at(0).text, "");
}

TEST_F(Sealing, ACaseThatSomebodyMayNeedIsNotErased) {
  const std::string code = report();
  const auto erased = erase(code);
  ASSERT_FALSE(erased);
  EXPECT_EQ(erased.error().code, Code::not_allowed);
  EXPECT_EQ(read(code)->c.reporter.reveal(), e164);
}

TEST_F(Sealing, ReasonsOfFacilitiesAndWhatATextSuggestsAreSealedToo) {
  report();
  station().replies("tu choi {code} " + std::string(word)).expects(declined());
  facility("Than Uyen police").expects(alert());
  EXPECT_EQ(count_details(word), 1);
  EXPECT_GE(count("SELECT COUNT(*) FROM case_suggestion"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM case_event WHERE detail <> ''"), 0);
  EXPECT_EQ(count("SELECT COUNT(*) FROM case_suggestion WHERE value <> ''"), 0);
  expect_clean_disk();
}

TEST_F(Sealing, AnErasureThatIsNotCommittedLeavesTheCaseReadable) {
  const std::string code = report_until_closed();
  const auto undone = [&] {
    on_database([&](storage::Tx& tx) -> bool {
      EXPECT_TRUE(hotline::erase_case(tx, engine().desk(), hotline::find_case(tx, code).value(), now()));
      throw std::runtime_error("the disk is full");
    });
  };
  EXPECT_THROW(undone(), std::runtime_error);
  clock.advance(3s);
  crash();
  const auto found = read(code);
  EXPECT_EQ(found->c.reporter.reveal(), e164);
  EXPECT_NE(found->texts.at(0).text, "");
}

TEST_F(Sealing, TheKeysOfAnErasedCaseGoAfterItsCommitAlsoOverACrash) {
  for (const bool crashes : {false, true}) {
    const std::string code = report_until_closed();
    const KeyId key{count("SELECT MAX(key_id) FROM hotline_case")};
    ASSERT_TRUE(erase(code));
    ASSERT_TRUE(engine().database().vault().has(key)) << "its turn is yet to come";
    if (crashes) {
      crash();
    } else {
      clock.advance(1s);
    }
    EXPECT_FALSE(engine().database().vault().has(key));
    EXPECT_EQ(count("SELECT COUNT(*) FROM doomed_key"), 0);
    clock.advance(11min);  // the reporter may be answered again
  }
}

TEST_F(Sealing, AnErasedCaseKeepsNothingThatWasReadOutOfItsWords) {
  const std::string code = report_until_closed();
  ASSERT_TRUE(erase(code));
  EXPECT_EQ(count("SELECT COUNT(*) FROM case_suggestion"), 0);
  EXPECT_EQ(count("SELECT COUNT(*) FROM case_event WHERE detail <> '' OR sealed_detail IS NOT NULL"), 0);
  EXPECT_EQ(count("SELECT COUNT(*) FROM auto_reply"), 0);
  EXPECT_EQ(count("SELECT COUNT(*) FROM referral WHERE why <> ''"), 0);
}

TEST_F(Sealing, AnErasedCaseIsNotReopened) {
  const std::string code = report_until_closed();
  ASSERT_TRUE(erase(code));
  station().texts("mo lai " + code).expects(closed());
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case WHERE state = 'closed'"), 1);
}

TEST_F(Sealing, AReportIsTakenWhileNoKeyCanBeWritten) {
  sealing::Vault& vault = engine().database().vault();
  vault.begin_behind(KeyId{200'000});  // a larger file than the database's
  ASSERT_TRUE(vault.refill());
  std::string code;
  {
    const FullFiles full(folder() / "data" / "tongdai.keys");
    while (vault.new_key().value < sealing::Vault::unwritten_from) {
    }
    code = report();
    clock.advance(3s);
    station().replies("nhan {code}").expects(details());
    EXPECT_GT(count("SELECT COUNT(*) FROM inbound WHERE key_id >= 4611686018427387904"), 0);
    expect_clean_disk();
  }
  clock.advance(3s);
  for (const char* table : {"inbound", "hotline_case", "message", "body"})
    EXPECT_EQ(count(std::string("SELECT COUNT(*) FROM ") + table + " WHERE key_id >= 4611686018427387904"),
              0);
  const auto found = read(code);
  EXPECT_EQ(found->c.reporter.reveal(), e164);
  EXPECT_EQ(found->sent.size(), 3U);
  for (const auto& sent : found->sent) EXPECT_NE(sent.text, "");
}

TEST_F(Sealing, ATextIsTakenThoughTheKeyOfItsCaseIsGone) {
  report();
  const KeyId lost{count("SELECT key_id FROM hotline_case")};
  engine().database().vault().destroy(std::array{lost});
  reporter().texts("no dang cam dao " + std::string(word)).expects(nothing());
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM case_text"), 2);
  EXPECT_EQ(count("SELECT COUNT(*) FROM inbound WHERE state = 'handled' AND has_key(key_id) = 1"), 2);
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case WHERE urgency = 'critical'"), 1);
}

TEST_F(Sealing, WhoWasErasedReportsAsAnybodyElse) {
  ASSERT_TRUE(erase(report_until_closed()));
  clock.advance(11min);
  const std::string code = report();
  EXPECT_EQ(read(code)->texts.size(), 1U);
}

TEST_F(Sealing, ErasingOneCaseOfANumberLeavesTheOther) {
  const std::string first = report_until_closed();
  clock.advance(11min);
  const std::string second = report_until_closed();
  ASSERT_TRUE(erase(first));
  EXPECT_EQ(read(second)->c.reporter.reveal(), e164);
  EXPECT_NE(read(second)->texts.at(0).text, "");
}

TEST_F(Sealing, CampaignsStillLeaveTheReporterAlone) {
  report();
  EXPECT_TRUE(on_database(
      [&](storage::Tx& tx) { return outbox::is_held(tx, Phone::stored(std::string(e164)), now()); }));
}

TEST_F(Sealing, WithAnotherMasterKeyNoCampaignLeavesUntilTheOldRefusalsAreGivenUp) {
  const Phone refused = citizen("0961112223").phone();
  citizen("0961112223").texts("stop").expects(opt_out_confirmed());
  add_contacts("phone,groups\n0961112223,phu-nu\n0961112224,phu-nu\n");
  const TimePoint at = now();
  tear_down_machine();
  std::ofstream(folder() / "data" / "master.key") << std::string(64, 'a');
  fs::resize_file(folder() / "data" / "tongdai.keys", 0);
  start_machine(at + 1s);
  EXPECT_NE(log_text().find("the master key is another one"), std::string::npos);

  launch(
      "title = \"Thang\"\nclass = \"social_policy\"\n[audience]\ngroups = [\"phu-nu\"]\n[[text]]\nbody = "
      "\"Cham dut\"\n");
  clock.advance(10min);
  citizen("0961112224").expects(nothing());
  citizen("0967000001").texts("toi bi danh, o Than Uyen").expects(acknowledgement());
  station().expects(alert());

  // The administrator brings in what is known from elsewhere, and gives the rest up.
  on_database(
      [&](storage::Tx& tx) { return outbox::opt_out(tx, refused, outbox::OptOutSource::import, now()); });
  configuration().without_refusals_of = on_database([](storage::Tx& tx) {
    return tx.value<std::string>("SELECT value FROM meta WHERE key = 'refusals_key'").value();
  });
  crash();
  clock.advance(1min);
  citizen("0961112224").expects(text("Cham dut"));
  citizen("0961112223").expects(nothing());
  configuration().without_refusals_of = "";
  forget_log();
  crash();  // it was told once and for all
  EXPECT_EQ(log_text().find("the master key is another one"), std::string::npos);
}

struct Retention : Sealing {
  Retention() {
    hotline_settings += "retention_days = 1\n";
    guard_interval = 1min;
  }
};

TEST_F(Retention, ClosedCasesAndTextsOfNoneGoWhenTheirTimeIsOver) {
  const std::string code = report_until_closed();
  citizen("0961112223").texts("stop").expects(opt_out_confirmed());
  clock.advance(22h);
  EXPECT_FALSE(read(code)->erased);
  EXPECT_EQ(count("SELECT COUNT(*) FROM inbound WHERE key_id = 0"), 0);
  clock.advance(4h);
  EXPECT_TRUE(read(code)->erased);
  EXPECT_EQ(count("SELECT COUNT(*) FROM inbound WHERE key_id > 0"), 0);
  EXPECT_EQ(count("SELECT COUNT(*) FROM opt_out"), 1) << "a refusal has no end";
  EXPECT_GE(count("SELECT COUNT(*) FROM journal WHERE who = 'rule' AND action = 'cases.erase_old'"), 1);
}

TEST_F(Retention, AnOpenCaseStaysHoweverOldItIs) {
  const std::string code = report();
  station().replies("nhan {code}").expects(details());
  recorder = [](const Phone&, const gateway::Heard&) {
    return true;
  };  // leases end and are paged all the time
  clock.advance(3 * 24h);
  EXPECT_EQ(read(code)->c.reporter.reveal(), e164);
  EXPECT_FALSE(read(code)->texts.at(0).text.empty());
}

}  // namespace
}  // namespace tongdai::test
