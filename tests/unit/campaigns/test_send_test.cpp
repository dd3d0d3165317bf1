#include "campaigns/test_send.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "campaigns/history.hpp"
#include "outbox/suppression.hpp"
#include "unit/campaigns/campaign_room.hpp"

namespace tongdai::campaigns {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// It is nine in the morning of a Wednesday.
class TestSend : public CampaignTest {
 protected:
  const Almanac almanac{text::TimeZone::find("Asia/Ho_Chi_Minh").value()};

  Result<std::vector<TestText>> test(CampaignId id, TestOrder order) {
    return room.on_database(
        [&](storage::Tx& tx) { return send_test(tx, door, almanac, id, order, {"Lan"}, room.now()); });
  }
  /// "vi: the text as it waits", or "vi: opted_out", for each.
  std::vector<std::string> tested(CampaignId id, TestOrder order) {
    const auto texts = test(id, std::move(order));
    if (!texts) return {texts.error().what};
    std::vector<std::string> told;
    for (const TestText& t : *texts) {
      told.push_back(t.language + ": " +
                     (t.refused ? std::string(name_of(t.refused->why)) : view(t.message).text));
    }
    return told;
  }
  std::string error(CampaignId id, TestOrder order) {
    const auto texts = test(id, std::move(order));
    return texts ? "sent" : std::string(to_string(texts.error().code)) + ": " + texts.error().what;
  }
  Spec saying(std::vector<SpecText> texts) {
    Spec s = spec();
    s.texts = std::move(texts);
    return s;
  }
  void called(int id, std::string_view name) {
    room.on_database(
        [&](storage::Tx& tx) { tx.run("UPDATE contact SET name = $2 WHERE phone = $1", phone(id), name); });
  }
  std::string last_event(CampaignId id) {
    return room.on_database([&](storage::Tx& tx) {
      const auto events = history(tx, id);
      return events.empty() ? "" : events.back().who + ": " + events.back().comment;
    });
  }
  std::int64_t messages_written() { return room.count("SELECT COUNT(*) FROM message"); }
};

TEST_F(TestSend, EveryTextGoesToEveryNumberAsItWouldBeSent) {
  const auto id =
      created(saying({{"vi", Accents::strip, "Chấm dứt bạo lực"}, {"hmn", Accents::keep, "Tsê"}}));
  EXPECT_THAT(tested(id, {{phone(1), phone(2)}, {}}),
              ElementsAre("vi: Cham dut bao luc", "hmn: Tsê", "vi: Cham dut bao luc", "hmn: Tsê"));
  router.limits.strips_accents = true;
  EXPECT_THAT(tested(id, {{phone(3)}, "hmn"}), ElementsAre("hmn: Tse"));
}

TEST_F(TestSend, AContactReadsTheirOwnValuesAndOthersTheFallbacks) {
  contact(1, UnitId{2});
  called(1, "Lò Thị Mai");
  const auto id = created(
      saying({{"vi", Accents::keep, "Chao {name}, {unit}", {{"name", "ban"}, {"unit", "Lai Chau"}}}}));
  EXPECT_THAT(tested(id, {{phone(1), phone(2)}, {}}),
              ElementsAre("vi: Chao Lò Thị Mai, Xã Than Uyên", "vi: Chao ban, Lai Chau"));
}

TEST_F(TestSend, WhoIsInAFrozenAudienceReadsWhatWasFrozen) {
  contact(1);
  called(1, "Mai");
  member(1, 1);
  const auto id = approved(saying({{"vi", Accents::keep, "Chao {name}", {{"name", "ban"}}}}));
  called(1, "Hoa");
  EXPECT_THAT(tested(id, {{phone(1)}, {}}), ElementsAre("vi: Chao Mai"));
}

TEST_F(TestSend, GoesThroughTheCampaignsOwnGateway) {
  Spec s = spec();
  s.schedule.gateway = "discreet";
  const auto texts = test(created(s), {{phone(1)}, {}});
  ASSERT_TRUE(texts);
  EXPECT_EQ(texts->front().gateway, "discreet");
  EXPECT_EQ(texts->front().parts, 1U);
  EXPECT_EQ(view(texts->front().message).gateway, "discreet");
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM message WHERE pinned = 1"), 1);
}

TEST_F(TestSend, IsAMessageLikeAnyOtherAndInNobodysAccounts) {
  contact(1);
  member(1, 1);
  const auto id = approved(spec());
  const auto texts = test(id, {{phone(1)}, {}});
  ASSERT_TRUE(texts);
  const auto message = view(texts->front().message);
  EXPECT_EQ(message.purpose, outbox::Purpose::campaign);
  EXPECT_EQ(message.state, outbox::MessageState::queued);
  EXPECT_FALSE(message.campaign);
  const Accounts after = accounts(id);
  EXPECT_EQ(after.audience, 1);
  EXPECT_EQ(after.pending, 1);
  EXPECT_TRUE(after.add_up());
  EXPECT_EQ(room.count("SELECT expires_at - not_before FROM message"), Duration{1h}.count());
}

TEST_F(TestSend, EachRefusalIsToldByNumber) {
  opted_out(1);
  const auto id = created(spec());
  const auto texts =
      test(id, {{phone(1), Phone::stored("19001234"), Phone::stored("LAICHAU"), phone(2)}, {}});
  ASSERT_TRUE(texts);
  ASSERT_EQ(texts->size(), 4U);
  const std::vector<std::string> wanted{"opted_out", "machine", "invalid_number"};
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const TestText& t = texts->at(i);
    EXPECT_EQ(t.number, i);
    EXPECT_FALSE(t.message);
    ASSERT_TRUE(t.refused);
    EXPECT_EQ(name_of(t.refused->why), wanted[i]);
    EXPECT_FALSE(t.refused->detail.empty());
  }
  EXPECT_FALSE(texts->at(3).refused);
  EXPECT_EQ(messages_written(), 1);
}

TEST_F(TestSend, WhatNoGatewayCarriesIsRefused) {
  Spec s = spec();
  s.schedule.gateway = "gone";
  EXPECT_THAT(tested(created(s), {{phone(1)}, {}}), ElementsAre("vi: no_route"));
  router.parts_max = 1;
  const auto longer = saying({{"vi", Accents::keep, std::string(200, 'a')}, {"en", Accents::keep, "short"}});
  EXPECT_THAT(tested(created(longer), {{phone(1)}, {}}), ElementsAre("vi: too_long", "en: short"));
  router.forbidden = "#";
  EXPECT_THAT(tested(created(saying({{"vi", Accents::keep, "a # b"}})), {{phone(1)}, {}}),
              ElementsAre("vi: forbidden_text"));
}

TEST_F(TestSend, TheLengthByClassCounts) {
  router.limits.chars = {10};
  EXPECT_THAT(tested(created(saying({{"vi", Accents::keep, "eleven char"}})), {{phone(1)}, {}}),
              ElementsAre("vi: too_long"));
}

TEST_F(TestSend, AHoldIsToldFromNothingElse) {
  // The day's cap, an open case and a rest give one answer, or a test would tell who reported.
  room.on_database([&](storage::Tx& tx) { outbox::hold(tx, phone(1), 1, room.now()); });
  const auto id = created(spec());
  for (int i = 0; i < 3; ++i) EXPECT_THAT(tested(id, {{phone(2)}, {}}), ElementsAre("vi: Cham dut bao luc"));
  const auto texts = test(id, {{phone(1), phone(2)}, {}});
  ASSERT_TRUE(texts);
  ASSERT_TRUE(texts->at(0).refused && texts->at(1).refused);
  EXPECT_EQ(texts->at(0).refused->why, outbox::Refusal::held);
  EXPECT_EQ(texts->at(0).refused->why, texts->at(1).refused->why);
  EXPECT_EQ(texts->at(0).refused->detail, texts->at(1).refused->detail);
}

TEST_F(TestSend, OneCallCannotPassTheCap) {
  const auto id = created(saying({{"vi", Accents::keep, "a"},
                                  {"hmn", Accents::keep, "b"},
                                  {"blt", Accents::keep, "c"},
                                  {"en", Accents::keep, "d"}}));
  EXPECT_THAT(tested(id, {{phone(1)}, {}}), ElementsAre("vi: a", "hmn: b", "blt: c", "en: held"));
}

TEST_F(TestSend, TheHistorySaysWhoSentHowManyToWhomMasked) {
  opted_out(2);
  const auto id = created(saying({{"vi", Accents::keep, "a"}, {"en", Accents::keep, "b"}}));
  (void)test(id, {{phone(1), phone(2), phone(3)}, {}});
  EXPECT_EQ(last_event(id),
            fmt::format("Lan: a test: 4 texts to {}, {}; 2 refused", phone(1).masked(), phone(3).masked()));
  (void)test(id, {{phone(2)}, "en"});
  EXPECT_EQ(last_event(id), "Lan: a test: nothing was sent; 1 refused");
  EXPECT_EQ(campaign(id).state, CampaignState::draft);
}

TEST_F(TestSend, GoesBeforeTheBlastOnly) {
  contact(1);
  member(1, 1);
  EXPECT_EQ(error(CampaignId{999}, {{phone(1)}, {}}), "not_found: there is no campaign 999");
  const auto id = created(spec());
  EXPECT_EQ(error(id, {{phone(1)}, {}}), "sent");
  ASSERT_TRUE(acted(id, CampaignEvent::submit));
  EXPECT_EQ(error(id, {{phone(1)}, {}}), "sent");
  ASSERT_TRUE(acted(id, CampaignEvent::approve));
  EXPECT_EQ(error(id, {{phone(1)}, {}}), "sent");
  ASSERT_TRUE(acted(id, CampaignEvent::pause));
  EXPECT_THAT(error(id, {{phone(2)}, {}}),
              HasSubstr("not_allowed: a test goes before the blast: the campaign is paused"));
  ASSERT_TRUE(acted(id, CampaignEvent::cancel));
  EXPECT_THAT(error(id, {{phone(2)}, {}}), HasSubstr("the campaign is cancelled"));
  EXPECT_EQ(messages_written(), 3);
}

TEST_F(TestSend, ALanguageThatItHasNotIsToldWithThoseThatItHas) {
  const auto id = created(saying({{"vi", Accents::keep, "a"}, {"en", Accents::keep, "b"}}));
  EXPECT_EQ(error(id, {{phone(1)}, "hmn"}), "invalid: must be a language of the campaign's texts: vi, en");
  EXPECT_THAT(last_event(id), IsEmpty());
}

class AdvertisingTest : public TestSend {
 protected:
  Spec advertising() {
    Spec s = saying({{"vi", Accents::keep, "[QC] Lop hoc moi. Tu choi: soan TC gui 19001234"}});
    s.klass = Class::advertising;
    return s;
  }
  void consents(int id) {
    room.on_database([&](storage::Tx& tx) {
      ASSERT_TRUE(outbox::consent(tx, phone(id), room.now(), outbox::ConsentSource::operator_));
    });
  }
};

TEST_F(AdvertisingTest, GoesOnlyToWhoConsented) {
  consents(1);
  const auto id = created(advertising());
  EXPECT_THAT(tested(id, {{phone(1), phone(2)}, {}}),
              ElementsAre("vi: [QC] Lop hoc moi. Tu choi: soan TC gui 19001234", "vi: no_consent"));
}

TEST_F(AdvertisingTest, KeepsToItsHours) {
  consents(1);
  const auto id = created(advertising());
  room.time.advance(13h - 10min);  // to 21:50
  ASSERT_EQ(error(id, {{phone(1)}, {}}), "sent");
  EXPECT_EQ(room.count("SELECT expires_at - not_before FROM message"), Duration{10min}.count());
  room.time.advance(11min);
  EXPECT_EQ(
      error(id, {{phone(1)}, {}}),
      "refused: advertising leaves in the campaign's hours only, a test as well: they open 2026-11-26 07:00");
  EXPECT_EQ(messages_written(), 1);
}

TEST_F(TestSend, OtherClassesAreTestedAtNightToo) {
  const auto id = created(spec());
  room.time.advance(15h);
  EXPECT_THAT(tested(id, {{phone(1)}, {}}), ElementsAre("vi: Cham dut bao luc"));
}

}  // namespace
}  // namespace tongdai::campaigns
