#include "outbox/door.hpp"

#include <gmock/gmock.h>

#include "outbox_room.hpp"

namespace tongdai::outbox {
namespace {

using testing::HasSubstr;

struct DoorTest : OutboxRoom {};

TEST_F(DoorTest, AnAdmittedTextIsQueuedWithItsHistory) {
  const MessageView m = view(admitted(alert_to(officer)));
  EXPECT_EQ(m.state, MessageState::queued);
  EXPECT_EQ(m.gateway, "plain");
  EXPECT_EQ(m.text, "Vu viec moi can giup do");
  EXPECT_EQ(m.parts, 1);
  EXPECT_EQ(m.attempts, 0);
  ASSERT_EQ(m.history.size(), 1U);
  EXPECT_EQ(m.history.front().state, MessageState::queued);
}

TEST_F(DoorTest, ARefusedTextLeavesNoTrace) {
  EXPECT_EQ(verdict(alert_to(Phone{})), "invalid_number");
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM message"), 0);
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM body"), 0);
}

TEST_F(DoorTest, NoNumberIsAnInvalidNumber) {
  EXPECT_EQ(verdict(alert_to(Phone{})), "invalid_number");
}

TEST_F(DoorTest, ABrandIsNoNumber) {
  EXPECT_EQ(verdict(alert_to(Phone::stored("LAICHAU"))), "invalid_number");
}

TEST_F(DoorTest, OurOwnNumbersAreNeverWrittenTo) {
  EXPECT_EQ(verdict(alert_to(Phone::stored("19001234"))), "machine");
  EXPECT_EQ(verdict(campaign_to(Phone::stored("+842133876543"))), "machine");
}

TEST_F(DoorTest, AnUnknownGatewayHasNoRoute) {
  Draft draft = alert_to(officer);
  draft.gateway = "elsewhere";
  EXPECT_EQ(verdict(draft), "no_route");
}

TEST_F(DoorTest, MorePartsThanTheGatewayTakesAreTooLong) {
  router.parts_max = 2;
  EXPECT_EQ(verdict(alert_to(officer, std::string(306, 'a'))), "admitted");
  EXPECT_EQ(verdict(alert_to(officer, std::string(307, 'a'))), "too_long");
}

TEST_F(DoorTest, AccentsAreForbiddenWhereTheGatewayHasNone) {
  router.unicode = false;
  EXPECT_EQ(verdict(alert_to(officer, "Vụ việc mới")), "forbidden_text");
  EXPECT_EQ(verdict(alert_to(officer, "Vu viec moi")), "admitted");
}

TEST_F(DoorTest, ACharacterThatTheGatewayRefusesIsForbidden) {
  router.forbidden = "{}";
  const auto refused = admit(alert_to(officer, "a {b"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().why, Refusal::forbidden_text);
  EXPECT_THAT(refused.error().detail, HasSubstr("\"{\""));
}

/// "ơ" is C6 A1 in UTF-8, and "á" is C3 A1: they share an octet and nothing else.
TEST_F(DoorTest, ForbiddenCharactersAreComparedAsCharactersAndNotAsOctets) {
  router.forbidden = "ơ";
  EXPECT_EQ(verdict(alert_to(officer, "lá")), "admitted");
  const auto refused = admit(alert_to(officer, "mơ"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().why, Refusal::forbidden_text);
  EXPECT_THAT(refused.error().detail, HasSubstr("\"ơ\""));
}

TEST_F(DoorTest, DetailsOfACaseGoOnlyToWhoHoldsIt) {
  const Phone other = Phone::stored("+84912000102");
  door.set_holds_case(
      [&](storage::Tx&, CaseId id, const Phone& phone) { return id == CaseId{5} && phone == officer; });
  Draft draft = alert_to(officer, "Chi tiet");
  draft.purpose = Purpose::relay_to_facility;
  EXPECT_EQ(verdict(draft), "not_theirs") << "no case at all";
  draft.case_id = CaseId{5};
  EXPECT_EQ(verdict(draft), "admitted");
  draft.to = other;
  EXPECT_EQ(verdict(draft), "not_theirs");
}

TEST_F(DoorTest, WithoutAHotlineNobodyHoldsACase) {
  Draft draft = alert_to(officer, "Chi tiet");
  draft.purpose = Purpose::relay_to_facility;
  draft.case_id = CaseId{5};
  EXPECT_EQ(verdict(draft), "not_theirs");
}

TEST_F(DoorTest, ThePurposeDecidesLaneAndLifetime) {
  const MessageId id = admitted(alert_to(officer));
  room.on_database([&](storage::Tx& tx) {
    EXPECT_EQ(tx.value<Lane>("SELECT lane FROM message WHERE id = $1", id), Lane::alert);
    EXPECT_EQ(tx.value<TimePoint>("SELECT expires_at FROM message WHERE id = $1", id),
              room.now() + rules_of(Purpose::facility_alert).lifetime);
  });
}

TEST_F(DoorTest, ATextForLaterLivesFromThen) {
  Draft draft = alert_to(officer);
  draft.not_before = room.now() + 5h;
  const MessageId id = admitted(draft);
  room.on_database([&](storage::Tx& tx) {
    EXPECT_EQ(tx.value<TimePoint>("SELECT expires_at FROM message WHERE id = $1", id), room.now() + 6h);
  });
  EXPECT_TRUE(claim_all(Lane::alert).empty());
}

TEST_F(DoorTest, TheTextIsKeptComposed) {
  const MessageView m = view(admitted(alert_to(officer, "Vu\xcc\xa3")));  // u and a dot below of its own
  EXPECT_EQ(m.text, "Vụ");
}

TEST_F(DoorTest, AStoredTextIsSharedByWhoGetsIt) {
  const BodyId body = room.on_database([&](storage::Tx& tx) { return store_body(tx, room.ids, "Chào"); });
  Draft draft = campaign_to(citizen);
  draft.body = body;
  draft.text = "";
  EXPECT_EQ(view(admitted(draft)).text, "Chào");
  draft.to = officer;
  EXPECT_EQ(view(admitted(draft)).text, "Chào");
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM body"), 1);
}

TEST_F(DoorTest, RefusalsNeverRepeatTheNumberOrTheText) {
  Draft draft = reply_to(citizen_wrote("toi can giup"), "bao luc");
  const auto refused = admit(draft);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().detail.find("912345678"), std::string::npos);
}

}  // namespace
}  // namespace tongdai::outbox
