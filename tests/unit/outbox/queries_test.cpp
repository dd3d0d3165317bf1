#include "outbox/queries.hpp"

#include <gmock/gmock.h>

#include "outbox_room.hpp"

namespace tongdai::outbox {
namespace {

using testing::ElementsAre;

struct QueriesTest : OutboxRoom {
  std::vector<MessageId> list(const MessageFilter& filter) {
    std::vector<MessageId> ids;
    const auto views = room.on_database([&](storage::Tx& tx) { return list_messages(tx, filter); });
    for (const MessageView& v : views) ids.push_back(v.id);
    return ids;
  }
};

TEST_F(QueriesTest, AMessageIsShownWithItsWholeHistory) {
  const MessageId id = sent(alert_to(officer), {"a"});
  receipt("a", true);
  std::vector<MessageState> states;
  for (const MessageStep& step : view(id).history) states.push_back(step.state);
  EXPECT_THAT(states, ElementsAre(MessageState::queued, MessageState::submitting, MessageState::accepted,
                                  MessageState::delivered));
}

TEST_F(QueriesTest, ListsAreNewestFirstAndGoOnAtTheCursor) {
  const MessageId a = admitted(alert_to(officer)), b = admitted(alert_to(citizen)),
                  c = admitted(alert_to(officer));
  EXPECT_THAT(list({}), ElementsAre(c, b, a));
  EXPECT_THAT(list({std::nullopt, std::nullopt, {}, b, 50}), ElementsAre(a));
  EXPECT_THAT(list({std::nullopt, std::nullopt, {}, {}, 2}), ElementsAre(c, b));
}

TEST_F(QueriesTest, ListsByStateAndNumber) {
  const MessageId a = admitted(alert_to(officer)), b = sent(alert_to(citizen), {"x"}),
                  c = sent(alert_to(officer), {"y"});
  EXPECT_THAT(list({MessageState::queued, std::nullopt, {}, {}, 50}), ElementsAre(a));
  EXPECT_THAT(list({std::nullopt, officer, {}, {}, 50}), ElementsAre(c, a));
  EXPECT_THAT(list({MessageState::accepted, citizen, {}, {}, 50}), ElementsAre(b));
}

TEST_F(QueriesTest, CountsAreByStateOfAllAndOfOneCampaign) {
  (void)of_campaign(citizen, CampaignId{7});
  (void)sent(campaign_to(officer), {"a"});
  (void)admitted(alert_to(officer));
  const auto at = [](const StateCounts& counts, MessageState s) {
    return counts[static_cast<std::size_t>(s)];
  };
  const auto all = room.on_database([](storage::Tx& tx) { return count_messages(tx); });
  EXPECT_EQ(at(all, MessageState::queued), 2);
  EXPECT_EQ(at(all, MessageState::accepted), 1);
  const auto one = room.on_database([](storage::Tx& tx) { return count_messages(tx, CampaignId{7}); });
  EXPECT_EQ(at(one, MessageState::queued), 1);
}

TEST_F(QueriesTest, AReferralIsAliveWhileAMessageOfItMayStillBeRead) {
  Draft draft = alert_to(officer);
  draft.case_id = CaseId{5};
  draft.referral = ReferralId{6};
  const auto alive = [&] {
    return room.on_database([](storage::Tx& tx) { return any_alive(tx, CaseId{5}, ReferralId{6}); });
  };
  EXPECT_FALSE(alive());
  const MessageId id = admitted(draft);
  EXPECT_TRUE(alive());
  (void)apply(id, MessageEvent::claimed);
  (void)apply(id, MessageEvent::refused);
  EXPECT_FALSE(alive());
}

}  // namespace
}  // namespace tongdai::outbox
