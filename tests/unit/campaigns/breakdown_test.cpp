#include "campaigns/breakdown.hpp"

#include <gmock/gmock.h>

#include "campaigns/pump.hpp"
#include "config/toml_file.hpp"
#include "support/source_dir.hpp"
#include "unit/campaigns/campaign_room.hpp"

namespace tongdai::campaigns {
namespace {

using outbox::MessageState;
using testing::ElementsAre;

text::NumberingPlan plan_of_vietnam() {
  const auto document = config::read_toml_file(in_checkout("/config/numbering/vn.toml"));
  config::Faults faults;
  return text::NumberingPlan::read(document.value(), faults);
}

class BreakdownTest : public CampaignTest {
 protected:
  std::vector<BreakdownRow> rows(CampaignId id, Dimension by, std::string_view level = "commune") {
    return room.on_database([&](storage::Tx& tx) {
      return breakdown(tx, id, by, {plan, almanac.zone, directory::UnitLevel::parse(level).value()});
    });
  }
  /// "key:people", largest first.
  std::vector<std::string> shares(CampaignId id, Dimension by, std::string_view level = "commune") {
    std::vector<std::string> all;
    for (const BreakdownRow& r : rows(id, by, level)) all.push_back(r.key + ':' + std::to_string(r.people()));
    return all;
  }
  /// Everybody pending has a message in this state since now.
  void reach(CampaignId id, MessageState state, bool awaits_receipt = false) {
    room.on_database([&](storage::Tx& tx) {
      tx.run(
          "INSERT INTO message (id, purpose, lane, state, recipient, body_id, parts, gateway, not_before, "
          "expires_at, "
          "campaign_id, campaign_seq, awaits_receipt, created_at, submitted_at, updated_at) SELECT 1000 + "
          "r.seq, "
          "'campaign', 'bulk', $2, r.recipient, t.body_id, 2, 'plain', 0, 0, $1, r.seq, $3, $4, $4, $4 FROM "
          "campaign_recipient r JOIN campaign_text t ON t.campaign_id = $1 AND t.ordinal = r.text WHERE "
          "r.campaign_id = $1 AND r.state = 'pending'",
          id, state, awaits_receipt, room.now());
      tx.run("UPDATE campaign SET cursor = audience WHERE id = $1", id);
    });
  }
  void held(CampaignId id, std::int64_t seq) {
    room.on_database([&](storage::Tx& tx) { set_refused(tx, id, seq, MessageState::suppressed, "held"); });
  }

  const text::NumberingPlan plan = plan_of_vietnam();
  const Almanac almanac{text::TimeZone::find("Asia/Ho_Chi_Minh").value()};
};

TEST_F(BreakdownTest, UnitsAreSummedUpToTheLevel) {
  contact(1, UnitId{2}), contact(2, UnitId{3}), contact(3), contact(4, UnitId{2});
  for (int i = 1; i <= 4; ++i) member(1, i);
  const auto id = approved(spec());
  EXPECT_THAT(shares(id, Dimension::unit), ElementsAre("03595:3", ":1"))
      << "an old unit counts for its successor";
  EXPECT_THAT(shares(id, Dimension::unit, "province"), ElementsAre("12:3", ":1"));
  EXPECT_EQ(rows(id, Dimension::unit).front().name, "Xã Than Uyên");
}

TEST_F(BreakdownTest, ReachedIsDeliveredOrAcceptedWithoutReceipts) {
  contact(1), contact(2), member(1, 1), member(1, 2);
  opted_out(2);
  const auto id = approved(spec());
  reach(id, MessageState::accepted, true);
  EXPECT_EQ(rows(id, Dimension::language).front().reached, 0) << "a receipt may come";
  room.on_database([](storage::Tx& tx) { tx.run("UPDATE message SET awaits_receipt = 0"); });
  const auto row = rows(id, Dimension::language).front();
  EXPECT_EQ(row.key, "vi");
  EXPECT_EQ(row.reached, 1);
  EXPECT_EQ(row.parts, 2);
  EXPECT_EQ(row.people(), 2);
  EXPECT_EQ(row.by_state[static_cast<std::size_t>(MessageState::suppressed)], 1);
}

TEST_F(BreakdownTest, CarriersHoursAndGateways) {
  contact(1), contact(2), member(1, 1), member(1, 2);
  const auto id = approved(spec());
  EXPECT_THAT(shares(id, Dimension::carrier), ElementsAre("VinaPhone:2"));
  EXPECT_THAT(shares(id, Dimension::hour), ElementsAre(":2"));
  reach(id, MessageState::delivered);
  EXPECT_THAT(shares(id, Dimension::hour), ElementsAre("2026-11-25 09:00:2"));
  EXPECT_THAT(shares(id, Dimension::gateway), ElementsAre("plain:2"));
  EXPECT_THAT(shares(id, Dimension::group), ElementsAre("phu-nu:2"));
}

TEST_F(BreakdownTest, WhoIsHeldStandsNowhereWithOthersOfTheirKind) {
  for (int i = 1; i <= 8; ++i) contact(i, UnitId{2}, "hmn"), member(1, i);
  const auto id = approved(spec());
  held(id, 1);
  reach(id, MessageState::delivered);
  for (const Dimension by : {Dimension::unit, Dimension::language, Dimension::carrier, Dimension::gateway,
                             Dimension::hour, Dimension::group}) {
    const auto all = rows(id, by);
    ASSERT_EQ(all.size(), 2U) << name_of(by);
    EXPECT_EQ(all[0].people() + all[1].people(), 8) << name_of(by);
    const auto& nowhere = all[0].key.empty() ? all[0] : all[1];
    EXPECT_EQ(nowhere.people(), 1) << name_of(by);
  }
}

TEST_F(BreakdownTest, FewWhoAreHeldShareARowWithOtherReasons) {
  for (int i = 1; i <= 9; ++i) contact(i), member(1, i);
  opted_out(1), opted_out(2);
  const auto id = approved(spec());
  for (std::int64_t seq = 3; seq <= 6; ++seq) held(id, seq);
  EXPECT_THAT(shares(id, Dimension::reason), ElementsAre("other:6", ":3"));
  held(id, 7);
  EXPECT_THAT(shares(id, Dimension::reason), ElementsAre("held:5", ":2", "opted_out:2"));
}

TEST_F(BreakdownTest, ALineOfAnExportTellsNothingMoreOfWhoIsHeld) {
  contact(1, UnitId{2}, "hmn"), contact(2, UnitId{2}, "hmn"), member(1, 1), member(1, 2);
  const auto id = approved(spec());
  reach(id, MessageState::suppressed);
  room.on_database(
      [](storage::Tx& tx) { tx.run("UPDATE message SET reason = 'held' WHERE campaign_seq = 1"); });
  const auto lines = room.on_database([&](storage::Tx& tx) { return lines_after(tx, id, 0, 10); });
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_TRUE(lines[0].is_held());
  EXPECT_FALSE(lines[0].message);
  EXPECT_FALSE(lines[0].unit);
  EXPECT_FALSE(lines[0].at);
  EXPECT_EQ(lines[0].language, "");
  EXPECT_EQ(lines[0].parts, 0);
  EXPECT_EQ(lines[1].language, "hmn");
  EXPECT_EQ(lines[1].unit, UnitId{2});
  EXPECT_EQ(lines[1].at, room.now());
}

}  // namespace
}  // namespace tongdai::campaigns
