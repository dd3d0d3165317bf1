// A campaign is read on a few phones before the blast: who refused or is left alone gets nothing by that way
// either, and nobody else gets anything.
#include "campaigns/test_send.hpp"

#include <fmt/format.h>

#include "campaigns/accounts.hpp"
#include "campaigns/history.hpp"
#include "config/toml_file.hpp"
#include "scenario/scenario.hpp"

namespace tongdai::test {
namespace {

using campaigns::CampaignEvent;
using campaigns::TestText;
using outbox::MessageState;

class TestPhones : public Scenario {
 protected:
  static constexpr const char* toml = R"(
title = "Thang hanh dong"
class = "social_policy"
[audience]
groups = ["phu-nu"]
[[text]]
accents = "strip"
body = "Chào {name}: chấm dứt bạo lực"
[text.fallback]
name = "ban"
[[text]]
language = "hmn"
accents = "strip"
body = "Nyob zoo {name}"
[text.fallback]
name = "koj"
)";
  TestPhones() {
    more_gateways = {"vina"};
    more_settings = "rate = 100\n";
    routes =
        "[[route]]\npurpose = [\"campaign\"]\nprefix = [\"8491\"]\ngateways = [\"vina\"]\n"
        "[[route]]\ngateways = [\"sandbox\"]\n"
        "[watch]\ngateway_down_s = 0\n";  // it would page, and this counts texts
  }
  void SetUp() override {
    Scenario::SetUp();
    std::string csv = "phone,name,unit,language,groups\n";
    for (int i = 0; i < people; ++i) csv += fmt::format("09880{:05},Mai {},03595,vi,phu-nu\n", i, i);
    add_contacts(csv);
  }
  Handset person(int i) { return citizen(fmt::format("09880{:05}", i)); }

  CampaignId drafted() {
    config::Faults faults;
    const auto spec = campaigns::Spec::read(config::read_toml(toml).value(), now(), faults);
    const auto id = on_database([&](storage::Tx& tx) {
      return campaigns::create(tx, engine().ids(), spec, "author", now(), faults);
    });
    EXPECT_TRUE(faults.empty()) << config::print(faults, "");
    return id;
  }
  Result<std::vector<TestText>> send(CampaignId id, const std::vector<Handset>& phones,
                                     std::optional<std::string> language = "vi") {
    campaigns::TestOrder order;
    for (const Handset& h : phones) order.to.push_back(h.phone());
    order.language = std::move(language);
    auto result = on_database([&](storage::Tx& tx) {
      return campaigns::send_test(tx, engine().door(), engine().almanac(), id, order, {"test"}, now());
    });
    clock.advance(2s);
    return result;
  }
  /// "sent" or the refusal, by number.
  std::vector<std::string> told(CampaignId id, const std::vector<Handset>& phones) {
    const auto texts = send(id, phones);
    if (!texts) return {texts.error().what};
    std::vector<std::string> all;
    for (const TestText& t : *texts)
      all.emplace_back(t.refused ? std::string(name_of(t.refused->why)) : "sent");
    return all;
  }
  campaigns::Accounts accounts(CampaignId id) {
    return on_database([&](storage::Tx& tx) { return campaigns::account(tx, *campaigns::find(tx, id)); });
  }

  static constexpr int people = 8;
};

using Told = std::vector<std::string>;

TEST_F(TestPhones, ADraftIsReadOnTheNamedPhonesAndNowhereElse) {
  const auto id = drafted();
  const auto texts = send(id, {person(1), citizen("0912345678")}, std::nullopt);
  ASSERT_TRUE(texts);
  person(1).expects(text("Chao Mai 1: cham dut bao luc")).expects(text("Nyob zoo Mai 1"));
  citizen("0912345678").expects(text("Chao ban: cham dut bao luc")).expects(text("Nyob zoo koj"));
  EXPECT_EQ(texts->at(0).gateway, "sandbox");
  EXPECT_EQ(texts->at(2).gateway, "vina");
  EXPECT_EQ(count("SELECT COUNT(*) FROM message WHERE state = 'delivered' AND campaign_id IS NULL"), 4);
  clock.advance(10min);  // nothing of a draft follows
}

TEST_F(TestPhones, TheBlastGoesToEverybodyAllTheSame) {
  const auto id = drafted();
  ASSERT_TRUE(act(id, CampaignEvent::submit));
  EXPECT_EQ(told(id, {person(0)}), Told{"sent"});
  person(0).expects(text("Chao Mai 0"));
  ASSERT_TRUE(act(id, CampaignEvent::approve));
  clock.advance(5s);
  for (int i = 0; i < people; ++i) person(i).expects(text(fmt::format("Chao Mai {}", i)));
  const auto a = accounts(id);
  EXPECT_EQ(a.of(MessageState::delivered), people);
  EXPECT_TRUE(a.add_up());
  EXPECT_EQ(told(id, {person(0)}).front().substr(0, 32), "a test goes before the blast: th");
}

TEST_F(TestPhones, WhoRefusedGetsNoTest) {
  person(2).texts("STOP").expects(opt_out_confirmed());
  EXPECT_EQ(told(drafted(), {person(2), person(3)}), (Told{"opted_out", "sent"}));
  person(3).expects(text("Chao Mai 3"));
  person(2).expects(nothing());
}

TEST_F(TestPhones, AnOpenCaseIsHeldInTheWordsOfTheDailyCap) {
  person(4).texts("toi bi danh o Than Uyen").expects(acknowledgement());
  facility("Than Uyen health station").expects(alert()).replies("nhan {code}").expects(details());
  const auto id = drafted();
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(told(id, {person(5)}), Told{"sent"});
    person(5).expects(text("Chao Mai 5"));
  }
  const auto texts = send(id, {person(4), person(5)});
  ASSERT_TRUE(texts);
  ASSERT_TRUE(texts->at(0).refused && texts->at(1).refused);
  EXPECT_EQ(name_of(texts->at(0).refused->why), "held");
  EXPECT_EQ(texts->at(0).refused->detail, texts->at(1).refused->detail);
  const auto last = on_database([&](storage::Tx& tx) { return campaigns::history(tx, id).back().comment; });
  EXPECT_EQ(last, "a test: nothing was sent; 2 refused");
}

TEST_F(TestPhones, OurOwnLineIsNotWrittenTo) {
  EXPECT_EQ(told(drafted(), {citizen("19001234")}), Told{"machine"});
}

TEST_F(TestPhones, WhatCannotLeaveWithinAnHourNeverDoes) {
  sandbox().drop_link(65min);
  EXPECT_EQ(told(drafted(), {person(6)}), Told{"sent"});
  clock.advance(66min);
  person(6).expects(nothing());
  EXPECT_EQ(count("SELECT COUNT(*) FROM message WHERE state = 'expired'"), 1);
}

TEST_F(TestPhones, WhoRefusesWhileTheTestWaitsDoesNotGetIt) {
  sandbox("vina").drop_link(10min);
  EXPECT_EQ(told(drafted(), {citizen("0912345678")}), Told{"sent"});
  citizen("0912345678").texts("STOP");
  clock.advance(15min);
  citizen("0912345678").expects(opt_out_confirmed()).expects(nothing());
}

}  // namespace
}  // namespace tongdai::test
