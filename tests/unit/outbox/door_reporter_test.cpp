#include "outbox_room.hpp"

namespace tongdai::outbox {
namespace {

struct DoorReporterTest : OutboxRoom {
  void add_facility(std::string_view name) {
    room.on_database([&](storage::Tx& tx) {
      tx.run("INSERT INTO facility (id, name, type, created_at, updated_at) VALUES (1, $1, 'clinic', 0, 0)",
             name);
    });
  }
};

TEST_F(DoorReporterTest, AnAnswerNeedsATextOfThatPersonOnDisk) {
  const InboundId wrote = citizen_wrote("toi can giup");
  EXPECT_EQ(verdict(reply_to(InboundId{})), "not_safe");
  EXPECT_EQ(verdict(reply_to(InboundId{999})), "not_safe");
  Draft to_another = reply_to(wrote);
  to_another.to = officer;
  EXPECT_EQ(verdict(to_another), "not_safe");
  EXPECT_EQ(verdict(reply_to(wrote)), "admitted");
}

TEST_F(DoorReporterTest, AnAnswerLeavesOnlyThroughADiscreetGateway) {
  const InboundId wrote = citizen_wrote("toi can giup");
  EXPECT_EQ(view(admitted(reply_to(wrote))).gateway, "discreet");
  Draft pinned = reply_to(wrote);
  pinned.gateway = "plain";
  EXPECT_EQ(verdict(pinned), "no_route");
}

TEST_F(DoorReporterTest, ASensitiveWordIsForbiddenInAnySpelling) {
  const InboundId wrote = citizen_wrote("toi can giup");
  for (const char* text : {"bạo lực", "BAO LUC", "Ban bi bao-luc?", "bị đánh"}) {
    EXPECT_EQ(verdict(reply_to(wrote, text)), "forbidden_text") << text;
  }
  EXPECT_EQ(verdict(reply_to(wrote, "danhsach")), "admitted") << "whole words only";
}

TEST_F(DoorReporterTest, ANameOfAFacilityIsForbidden) {
  const InboundId wrote = citizen_wrote("toi can giup");
  add_facility("Nhà Bình Yên");
  EXPECT_EQ(verdict(reply_to(wrote, "Hay den nha binh yen")), "forbidden_text");
}

TEST_F(DoorReporterTest, ALookSaysWhatWouldBecomeOfATextAndChangesNothing) {
  const InboundId wrote = citizen_wrote("toi can giup");
  const auto look = [&](const Draft& draft) {
    return room.on_database([&](storage::Tx& tx) { return door.examine(tx, draft, room.now()); });
  };
  router.limits.strips_accents = true;
  Draft draft = reply_to(wrote, "Cảm ơn bạn");
  draft.automatic = true;
  for (int i = 0; i < 2; ++i) {  // the window of automatic replies is not used either
    const auto passage = look(draft);
    ASSERT_TRUE(passage);
    EXPECT_EQ(passage->body.text, "Cam on ban");
    EXPECT_EQ(passage->gateway, "discreet");
    EXPECT_TRUE(passage->is_stripped);
  }
  const auto refused = look(reply_to(wrote, "bao luc, 482913"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().why, Refusal::forbidden_text);
  ASSERT_EQ(refused.error().objections.size(), 2U);
  EXPECT_EQ(refused.error().objections[1], (Objection{Offence::code, "", 10}));
  const auto stored = room.on_database([](storage::Tx& tx) {
    return tx.value<std::int64_t>("SELECT (SELECT COUNT(*) FROM message) + (SELECT COUNT(*) FROM body)");
  });
  EXPECT_EQ(stored, 0);
}

TEST_F(DoorReporterTest, ALinkIsForbidden) {
  const InboundId wrote = citizen_wrote("toi can giup");
  EXPECT_EQ(verdict(reply_to(wrote, "xem HTTP://a.b")), "forbidden_text");
  EXPECT_EQ(verdict(reply_to(wrote, "xem laichau.vn")), "forbidden_text");
}

TEST_F(DoorReporterTest, ANumberThatCouldBeACasesCodeIsForbidden) {
  const InboundId wrote = citizen_wrote("toi can giup");
  EXPECT_EQ(verdict(reply_to(wrote, "ma 482913")), "forbidden_text");
  EXPECT_EQ(verdict(reply_to(wrote, "goi 113")), "admitted");
}

TEST_F(DoorReporterTest, AQuotationOfWhatThePersonWroteIsForbidden) {
  const InboundId wrote = citizen_wrote("chồng tôi uống rượu rồi đập phá");
  EXPECT_EQ(verdict(reply_to(wrote, "Ban viet: chong toi uong ruou")), "forbidden_text");
  EXPECT_EQ(verdict(reply_to(wrote, "chong toi uong nuoc")), "admitted");
}

TEST_F(DoorReporterTest, MachinesAreNotAnswered) {
  const InboundId wrote = citizen_wrote("quang cao");
  Draft draft = reply_to(wrote);
  draft.to = Phone::stored("199");
  EXPECT_EQ(verdict(draft), "machine");
}

TEST_F(DoorReporterTest, AFacilityReachesAReporterOnlyOverARecordedSafeContact) {
  Draft draft = reply_to(citizen_wrote("toi can giup"));
  draft.purpose = Purpose::relay_to_reporter;
  EXPECT_EQ(verdict(draft), "not_safe");
}

TEST_F(DoorReporterTest, OneAutomaticAnswerAWindow) {
  Draft draft = reply_to(citizen_wrote("toi can giup"));
  draft.automatic = true;
  EXPECT_EQ(verdict(draft), "admitted");
  room.time.advance(10min - 1ms);
  EXPECT_EQ(verdict(draft), "replied_already");
  room.time.advance(1ms);
  EXPECT_EQ(verdict(draft), "admitted");
}

TEST_F(DoorReporterTest, AnAnswerByAHumanIsOutsideTheWindow) {
  Draft automatic = reply_to(citizen_wrote("toi can giup"));
  automatic.automatic = true;
  EXPECT_EQ(verdict(automatic), "admitted");
  EXPECT_EQ(verdict(reply_to(automatic.in_reply_to)), "admitted");
}

TEST_F(DoorReporterTest, ARefusedAutomaticAnswerDoesNotUseTheWindow) {
  Draft draft = reply_to(citizen_wrote("toi can giup"), std::string(2000, 'a'));
  draft.automatic = true;
  EXPECT_EQ(verdict(draft), "too_long");
  draft.text = "Cam on ban";
  EXPECT_EQ(verdict(draft), "admitted");
}

TEST_F(DoorReporterTest, TheWindowIsANumbersOwn) {
  Draft draft = reply_to(citizen_wrote("toi can giup"));
  draft.automatic = true;
  EXPECT_EQ(verdict(draft), "admitted");
  citizen = Phone::stored("+84987654321");
  Draft other = reply_to(citizen_wrote("toi can giup"));
  other.automatic = true;
  EXPECT_EQ(verdict(other), "admitted");
}

}  // namespace
}  // namespace tongdai::outbox
