#include "report/figures.hpp"

#include <gmock/gmock.h>

#include "config/toml_file.hpp"
#include "support/source_dir.hpp"
#include "unit/campaigns/campaign_room.hpp"

namespace tongdai::report {
namespace {

using campaigns::Dimension;
using outbox::MessageState;

text::NumberingPlan plan_of_vietnam() {
  const auto document = config::read_toml_file(in_checkout("/config/numbering/vn.toml"));
  config::Faults faults;
  return text::NumberingPlan::read(document.value(), faults);
}

class FiguresTest : public campaigns::CampaignTest {
 protected:
  /// To these people, who all get it in two parts now; some refuse a minute later.
  CampaignId sent(const std::vector<int>& delivered, const std::vector<int>& refused_later,
                  const std::string& gateway = "plain") {
    const auto id = approved(spec());
    room.on_database([&](storage::Tx& tx) {
      for (const int person : delivered) {
        tx.run(
            "INSERT INTO message (id, purpose, lane, state, recipient, body_id, parts, gateway, not_before, "
            "expires_at, "
            "campaign_id, campaign_seq, created_at, submitted_at, updated_at) SELECT $1, 'campaign', 'bulk', "
            "'delivered', r.recipient, t.body_id, 2, $5, 0, 0, $2, r.seq, $4, $4, $4 FROM campaign_recipient "
            "r JOIN "
            "campaign_text t ON t.campaign_id = $2 AND t.ordinal = r.text WHERE r.campaign_id = $2 AND "
            "r.recipient = $3",
            room.ids.next<MessageTag>(), id, phone(person), room.now(), gateway);
      }
      outbox::tally(tx, id, std::nullopt, MessageState::delivered, std::ssize(delivered));
    });
    room.time.advance(1min);
    room.on_database([&](storage::Tx& tx) {
      for (const int person : refused_later)
        outbox::opt_out(tx, phone(person), outbox::OptOutSource::text, room.now());
    });
    return id;
  }
  Figures gathered(PriceOf price = {}) {
    Terms terms;
    terms.from = room.now() - 24h;
    terms.to = room.now() + 24h;
    terms.price = std::move(price);
    return room.on_database([&](storage::Tx& tx) {
      Gathering gathering(terms, plan, zone);
      for (const auto& c : campaigns_of(tx, terms)) {
        gathering.add_campaign(tx, c);
        for (const Dimension by : Gathering::dimensions) gathering.add_shares(tx, c, by);
      }
      gathering.add_cases(tx);
      return gathering.finish();
    });
  }

  const text::NumberingPlan plan = plan_of_vietnam();
  const text::TimeZone zone = text::TimeZone::find("Asia/Ho_Chi_Minh").value();
};

TEST_F(FiguresTest, OfTwoCampaignsAndWhatTheyCaused) {
  contact(1, UnitId{2}), contact(2, UnitId{3}), contact(3), contact(4, UnitId{2});
  for (int i = 1; i <= 4; ++i) member(1, i);
  member(2, 1);
  opted_out(4);
  sent({1, 2}, {2});
  sent({1, 3}, {3}, "discreet");
  const Figures f = gathered([](const std::string& gateway, const std::string& carrier) {
    EXPECT_EQ(carrier, "VinaPhone");
    return gateway == "plain" ? 300.0 : 500.0;
  });
  ASSERT_EQ(f.campaigns.size(), 2U);
  const CampaignFigures& first = f.campaigns[0];
  EXPECT_EQ(first.accounts.audience, 4);
  EXPECT_EQ(first.reached, 2);
  EXPECT_EQ(first.parts, 4);
  EXPECT_EQ(first.cost, 4 * 300.0);
  EXPECT_EQ(first.opt_outs, 2) << "also who refused after the second campaign";
  EXPECT_EQ(f.campaigns[1].opt_outs, 1) << "who refused before its first text is not its doing";
  EXPECT_EQ(f.total.reached, 4);
  EXPECT_EQ(f.total.cost, 4 * 300.0 + 4 * 500.0);
  EXPECT_EQ(f.total.opt_outs, 2) << "persons, each once";
  EXPECT_EQ(f.people_reached, 3);
  ASSERT_EQ(f.by_unit.size(), 2U);
  EXPECT_EQ(f.by_unit[0].key, "03595");
  EXPECT_EQ(f.by_unit[0].audience, 6);
  EXPECT_EQ(f.by_unit[0].reached, 3);
  EXPECT_EQ(f.by_unit[1].key, "");
  EXPECT_EQ(f.by_unit[1].reached, 1);
  ASSERT_EQ(f.by_group.size(), 2U);
  EXPECT_EQ(f.by_group[0].key, "can-bo");
  EXPECT_EQ(f.by_group[0].reached, 2);
  EXPECT_EQ(f.by_group[1].reached, 4);
  ASSERT_EQ(f.by_carrier.size(), 1U);
  EXPECT_EQ(f.by_carrier[0].parts, 8);
}

TEST_F(FiguresTest, WithoutPricesThereIsNoCost) {
  contact(1), member(1, 1);
  sent({1}, {});
  const Figures f = gathered();
  EXPECT_FALSE(f.has_cost);
  EXPECT_EQ(f.total.cost, 0);
}

TEST_F(FiguresTest, DraftsAndOtherPeriodsAreNotThere) {
  contact(1), member(1, 1);
  created(spec());
  campaigns::Spec later = spec();
  later.schedule.start = room.now() + std::chrono::days{3};
  approved(later);
  EXPECT_TRUE(gathered().campaigns.empty());
}

}  // namespace
}  // namespace tongdai::report
