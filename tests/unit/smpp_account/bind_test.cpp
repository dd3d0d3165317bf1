#include "unit/smpp_account/account_kit.hpp"

namespace tongdai::gateway::smpp {
namespace {

/// The alarms that the account raises; a link that is refused is another one, which dispatch raises.
auto alarms(const AccountKit& kit) {
  return std::ranges::count(kit.notes, Level::alarm, &Note::level);
}

TEST(AccountBinds, AreMadeAtTheStartAndTheLinkIsUpWithTheFirst) {
  AccountKit kit(AccountKit::settings(2));
  kit.account.start(kit.now);
  kit.collect();
  EXPECT_EQ(kit.connects, (std::vector<BindIndex>{0, 1}));
  EXPECT_EQ(kit.links, std::vector{Link::connecting});
  kit.bind(1);
  EXPECT_EQ(kit.links, (std::vector{Link::connecting, Link::up}));
}

TEST(AccountBinds, OneThatIsLostIsMadeAgainAfterAWhile) {
  AccountKit kit;
  kit.up().drop(0);
  EXPECT_EQ(kit.links.back(), Link::connecting);
  EXPECT_EQ(kit.connects.size(), 1U) << "not at once";
  kit.pass(Backoff::longest);
  EXPECT_EQ(kit.connects.size(), 2U);
  kit.bind(0);
  EXPECT_EQ(kit.links.back(), Link::up);
}

TEST(AccountBinds, TheWaitGrowsToAMinuteAndNoFurther) {
  AccountKit kit;
  kit.account.start(kit.now);
  kit.collect();
  Duration last{};
  for (int n = 0; n < 12; ++n) {
    kit.account.disconnected(0, "refused", kit.now);
    kit.collect();
    const Duration wait = *kit.account.next_timer() - kit.now;
    EXPECT_GE(wait, Backoff::shortest);
    EXPECT_LE(wait, Backoff::longest);
    if (n >= 7) EXPECT_GE(wait, Backoff::longest / 2);
    last = wait;
    kit.pass(wait);
  }
  EXPECT_GE(last, 30s);
  // A bind that stood well was no failure: the next wait is a short one.
  kit.bind(0);
  kit.pass(15s);
  kit.drop(0);
  EXPECT_LE(*kit.account.next_timer() - kit.now, 2s);
}

TEST(AccountBinds, OneThatTookAMessageWasNoFailureHoweverSoonItIsLost) {
  AccountKit kit;
  kit.account.start(kit.now);
  kit.collect();
  for (int n = 0; n < 8; ++n) {
    kit.account.disconnected(0, "refused", kit.now);
    kit.collect();
    kit.pass(*kit.account.next_timer() - kit.now);
  }
  kit.bind(0);
  kit.submit({1});
  kit.accept(0, kit.next_pdu(0), "a");
  kit.drop(0);
  EXPECT_LE(*kit.account.next_timer() - kit.now, 2s);
}

TEST(AccountBinds, ACentreThatHangsUpAtOnceIsStillWaitedForLonger) {
  AccountKit kit;
  kit.account.start(kit.now);
  kit.collect();
  for (int n = 0; n < 8; ++n) {
    kit.bind(0);
    kit.drop(0);
    kit.pass(*kit.account.next_timer() - kit.now);
  }
  kit.drop(0);
  EXPECT_GE(*kit.account.next_timer() - kit.now, 30s);
}

TEST(AccountBinds, AConnectionThatDoesNotComeIsGivenUp) {
  AccountKit kit;
  kit.account.start(kit.now);
  kit.collect();
  kit.pass(AccountKit::settings().connect_timeout);
  EXPECT_EQ(kit.disconnects.size(), 1U);
  kit.pass(Backoff::longest);
  EXPECT_EQ(kit.connects.size(), 2U);
}

TEST(AccountBinds, AWrongPasswordIsNotTriedAgain) {
  for (const std::uint32_t status :
       {status::invalid_password, status::invalid_system_id, status::invalid_system_type}) {
    AccountKit kit;
    kit.account.start(kit.now);
    kit.collect();
    kit.bind(0, status);
    EXPECT_EQ(kit.links.back(), Link::refused);
    EXPECT_FALSE(kit.account.next_timer());
    kit.pass(24h);
    EXPECT_EQ(kit.connects.size(), 1U);
  }
}

TEST(AccountBinds, AnyOtherRefusalIs) {
  AccountKit kit;
  kit.account.start(kit.now);
  kit.collect();
  kit.bind(0, status::bind_failed);
  EXPECT_EQ(kit.links.back(), Link::connecting);
  kit.pass(Backoff::longest);
  EXPECT_EQ(kit.connects.size(), 2U);
}

TEST(AccountBinds, AlreadyBoundIsBound) {
  AccountKit kit;
  kit.account.start(kit.now);
  kit.collect();
  kit.bind(0, status::already_bound);
  EXPECT_EQ(kit.links.back(), Link::up);
}

TEST(AccountBinds, OneRefusedOfTwoIsAnAlarmAndTheLinkStaysInAnyOrder) {
  for (const BindIndex wrong : {0U, 1U}) {
    for (const BindIndex first : {0U, 1U}) {
      AccountKit kit(AccountKit::settings(2));
      kit.account.start(kit.now);
      kit.collect();
      for (const BindIndex bind : {first, 1 - first})
        kit.bind(bind, bind == wrong ? status::invalid_password : status::ok);
      EXPECT_EQ(kit.links.back(), Link::up);
      EXPECT_EQ(alarms(kit), 1) << "bind " << wrong << " is refused, bind " << first << " is answered first";
    }
  }
}

TEST(AccountBinds, TheLastOneRefusedIsTheLinksAlarm) {
  AccountKit kit(AccountKit::settings(2));
  kit.account.start(kit.now);
  kit.collect();
  kit.bind(0, status::invalid_password);
  EXPECT_EQ(kit.links.back(), Link::connecting);
  EXPECT_EQ(alarms(kit), 1);
  kit.bind(1, status::invalid_password);
  EXPECT_EQ(kit.links.back(), Link::refused);
  EXPECT_EQ(alarms(kit), 1);
}

TEST(AccountBinds, ARefusedReceiverIsAnAlarmBeforeAndAfterItsTransmitter) {
  for (const BindIndex first : {0U, 1U}) {
    for (const std::uint32_t transmitter : {status::ok, status::invalid_password}) {
      AccountSettings settings = AccountKit::settings(1, BindMode::transmitter);
      settings.receivers = 1;
      AccountKit kit(settings);
      kit.account.start(kit.now);
      kit.collect();
      for (const BindIndex bind : {first, 1 - first})
        kit.bind(bind, bind == 1 ? status::invalid_password : transmitter);
      EXPECT_EQ(alarms(kit), 1);
      EXPECT_EQ(kit.links.back(), transmitter == status::ok ? Link::up : Link::refused);
    }
  }
}

TEST(AccountBinds, OneRefusedOfTwoReceiversIsAnAlarm) {
  AccountKit kit(AccountKit::settings(2, BindMode::receiver));
  kit.account.start(kit.now);
  kit.collect();
  kit.bind(0);
  kit.bind(1, status::invalid_password);
  EXPECT_EQ(alarms(kit), 1);
  EXPECT_EQ(kit.links.back(), Link::up);
}

TEST(AccountBinds, ReceiversStandBesideTransmittersAndDoNotMakeTheLink) {
  AccountSettings settings = AccountKit::settings(1, BindMode::transmitter);
  settings.receivers = 1;
  AccountKit kit(settings);
  kit.account.start(kit.now);
  kit.collect();
  kit.account.connected(1, kit.now);
  kit.collect();
  EXPECT_EQ(std::get<Bind>(kit.pdus[1].front().pdu).mode, BindMode::receiver);
  kit.answer(1, kit.next_pdu(1).sequence, BindResp{});
  EXPECT_EQ(kit.links.back(), Link::connecting);
  kit.account.connected(0, kit.now);
  kit.collect();
  EXPECT_EQ(std::get<Bind>(kit.pdus[0].front().pdu).mode, BindMode::transmitter);
  kit.answer(0, kit.next_pdu(0).sequence, BindResp{});
  EXPECT_EQ(kit.links.back(), Link::up);
}

TEST(AccountBinds, AnAccountThatOnlyReceivesIsUpAndTakesNothing) {
  AccountKit kit(AccountKit::settings(1, BindMode::receiver));
  kit.up();
  EXPECT_EQ(kit.links.back(), Link::up);
  EXPECT_FALSE(capabilities_of(AccountKit::settings(1, BindMode::receiver), true).sends);
  kit.submit({1});
  EXPECT_EQ(kit.result(1).outcome, Outcome::unreachable);
}

TEST(AccountBinds, ASilentCentreIsAskedAndThenLeft) {
  AccountKit kit;
  kit.up().pass(30s);
  (void)kit.next<EnquireLink>(0);
  kit.pass(20s);
  EXPECT_EQ(kit.disconnects.size(), 1U);
  EXPECT_EQ(kit.links.back(), Link::connecting);
}

TEST(BindTable, EveryStateCanBeLeftForGood) {
  for (std::size_t s = 0; s < EnumNames<BindState>::names.size(); ++s) {
    const auto from = static_cast<BindState>(s);
    if (from == BindState::stopped || from == BindState::leaving) continue;
    const auto to = next_state(from, BindEvent::leave);
    ASSERT_TRUE(to);
    EXPECT_TRUE(to == BindState::stopped || to == BindState::leaving);
  }
  EXPECT_EQ(next_state(BindState::leaving, BindEvent::lost), BindState::stopped);
}

}  // namespace
}  // namespace tongdai::gateway::smpp
