#include "unit/smpp_session/session_kit.hpp"

namespace tongdai::gateway::smpp {
namespace {

TEST(SmppSessionState, OnlyTheTableMovesIt) {
  using S = SessionState;
  EXPECT_EQ(next_state(S::closed, SessionEvent::connected), S::binding);
  EXPECT_EQ(next_state(S::ended, SessionEvent::connected), S::binding);
  EXPECT_EQ(next_state(S::binding, SessionEvent::bind_accepted), S::bound);
  EXPECT_EQ(next_state(S::bound, SessionEvent::unbind_asked), S::unbinding);
  EXPECT_EQ(next_state(S::bound, SessionEvent::unbind_came), S::dismissed);
  EXPECT_EQ(next_state(S::dismissed, SessionEvent::unbind_asked), std::nullopt);
  EXPECT_EQ(next_state(S::bound, SessionEvent::connected), std::nullopt);
  EXPECT_EQ(next_state(S::closed, SessionEvent::over), std::nullopt);
  EXPECT_EQ(next_state(S::ended, SessionEvent::over), std::nullopt);
}

TEST(SmppSessionBind, SendsTheAccountAndWaits) {
  Kit kit;
  const auto pdus = sent(kit.session.connected(kit.now));
  ASSERT_EQ(pdus.size(), 1U);
  const auto& bind = std::get<Bind>(pdus[0].pdu);
  EXPECT_EQ(bind.mode, BindMode::transceiver);
  EXPECT_EQ(bind.system_id, "tongdai");
  EXPECT_EQ(bind.password, "secret");
  EXPECT_EQ(kit.session.state(), SessionState::binding);
  EXPECT_EQ(kit.session.window_free(), 0U);
  EXPECT_TRUE(kit.session.connected(kit.now).empty());
}

TEST(SmppSessionBind, OkAndAlreadyBoundAreBound) {
  for (const std::uint32_t status : {status::ok, status::already_bound}) {
    Kit kit;
    const auto bound = all<Bound>(kit.bind(status));
    ASSERT_EQ(bound.size(), 1U);
    EXPECT_EQ(bound[0].status, status);
    EXPECT_EQ(kit.session.state(), SessionState::bound);
    EXPECT_EQ(kit.session.window_free(), 3U);
  }
}

TEST(SmppSessionBind, AWrongAccountIsPermanentOtherRefusalsAreNot) {
  const std::vector<std::pair<std::uint32_t, bool>> table{
      {status::invalid_system_id, true},   {status::invalid_password, true},
      {status::invalid_system_type, true}, {status::bind_failed, false},
      {status::throttled, false},          {0x0400, false}};
  for (const auto& [status, permanent] : table) {
    Kit kit;
    const Actions out = kit.bind(status);
    const auto refused = all<BindRefused>(out);
    ASSERT_EQ(refused.size(), 1U) << status;
    EXPECT_EQ(refused[0].status, status);
    EXPECT_EQ(refused[0].permanent, permanent) << status;
    EXPECT_EQ(closed_for(out), CloseReason::bind_refused);
    EXPECT_EQ(kit.session.state(), SessionState::ended);
  }
}

TEST(SmppSessionBind, AGenericNackRefusesItEvenWithStatusOk) {
  Kit kit;
  const auto bind = sent(kit.session.connected(kit.now));
  const auto refused = all<BindRefused>(kit.receive(GenericNack{}, bind.at(0).sequence));
  ASSERT_EQ(refused.size(), 1U);
  EXPECT_NE(refused[0].status, status::ok);
}

TEST(SmppSessionBind, WithoutAnAnswerInTimeItCloses) {
  Kit kit;
  (void)kit.session.connected(kit.now);
  EXPECT_EQ(kit.session.next_timer(), kit.now + 5s);
  EXPECT_TRUE(kit.after(4999ms).empty());
  EXPECT_EQ(closed_for(kit.after(1ms)), CloseReason::bind_timeout);
  EXPECT_EQ(kit.session.next_timer(), std::nullopt);
}

TEST(SmppSessionBind, AnAnswerWithAnotherNumberMatchesNothing) {
  Kit kit;
  const auto bind = sent(kit.session.connected(kit.now));
  EXPECT_TRUE(kit.receive(BindResp{}, bind.at(0).sequence + 1).empty());
  EXPECT_EQ(kit.session.state(), SessionState::binding);
}

TEST(SmppSessionBind, NumbersBeginAnewOnEachConnection) {
  BoundKit kit;
  EXPECT_EQ(kit.submitted(1), 2U);
  EXPECT_TRUE(has<Ended>(kit.session.disconnected()));
  EXPECT_TRUE(has<Bound>(kit.bind()));
  EXPECT_EQ(kit.submitted(2), 2U);
}

TEST(SmppSessionBind, NumbersWrapToOne) {
  auto settings = Kit::settings();
  settings.first_sequence = sequence_max - 1;
  BoundKit kit(settings);
  EXPECT_EQ(kit.submitted(1), sequence_max);
  EXPECT_EQ(kit.submitted(2), 1U);
}

TEST(SmppSessionBind, BytesOfTheConnectionBeforeAreForgotten) {
  BoundKit kit;
  const Bytes half{0, 0, 0, 16, 0};
  EXPECT_TRUE(kit.session.received(half, kit.now).empty());
  (void)kit.session.disconnected();
  EXPECT_TRUE(has<Bound>(kit.bind()));
}

TEST(SmppSessionSettings, WhatCannotBeIsRefusedWithoutItsValue) {
  EXPECT_TRUE(check(Kit::settings()));
  auto long_password = Kit::settings();
  long_password.password = "muchtoolong";
  ASSERT_FALSE(check(long_password));
  EXPECT_EQ(check(long_password).error().what.find("muchtoolong"), std::string::npos);
  auto no_window = Kit::settings();
  no_window.window = 0;
  EXPECT_FALSE(check(no_window));
  auto no_time = Kit::settings();
  no_time.response_timeout = 0s;
  EXPECT_FALSE(check(no_time));
}

TEST(SmppSessionBind, SaysItsVersionAndRange) {
  SessionSettings settings = Kit::settings();
  settings.version = interface_version_3_3;
  settings.range = {.ton = 2, .npi = 1, .value = "^1900"};
  Kit kit(settings);
  const auto pdus = sent(kit.session.connected(kit.now));
  ASSERT_EQ(pdus.size(), 1U);
  EXPECT_EQ(std::get<Bind>(pdus[0].pdu), bind_of(settings));
  EXPECT_EQ(std::get<Bind>(pdus[0].pdu).address_range, "^1900");
  EXPECT_EQ(std::get<Bind>(pdus[0].pdu).version, 0x33);
}

}  // namespace
}  // namespace tongdai::gateway::smpp
