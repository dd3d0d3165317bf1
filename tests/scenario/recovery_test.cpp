// Through any crash: what was acknowledged is there, what was due is done, nothing is sent twice silently.
#include "campaigns/accounts.hpp"
#include "scenario/scenario.hpp"

#include <fmt/format.h>

namespace tongdai::test {
namespace {

class Recovery : public Scenario {};

TEST_F(Recovery, AnEscalationTimerOutlivesACrash) {
  citizen("0912345678").texts("toi bi danh, o Than Uyen").expects(acknowledgement());
  facility("Than Uyen health station").expects(alert());
  crash();
  clock.advance(10min);
  facility("Than Uyen police").expects(alert());
}

TEST_F(Recovery, ATimerThatFellDueWhileTheServiceWasDownFiresAtTheStart) {
  citizen("0912345678").texts("toi bi danh, o Than Uyen").expects(acknowledgement());
  facility("Than Uyen health station").expects(alert());
  clock.advance(9min + 59s);
  crash();
  clock.advance(2s);
  facility("Than Uyen police").expects(alert());
}

TEST_F(Recovery, AReloadTakesOverOfficersAndWords) {
  auto config = app::read_config(folder() / "tongdai.toml");
  ASSERT_TRUE(config);
  config->hotline.duty = {Phone::stored("+84912000199")};
  config->words.commands.accept = {"dong y"};
  config->words.sensitive.emplace_back("cam on");
  run(engine().reload(std::move(*config)));
  // The acknowledgement holds a word that is sensitive now: it must not leave.
  citizen("0912345678").texts("toi bi danh o Thu Lum").expects(nothing());
  citizen("0912000199").expects(duty_page()).replies("dong y {code}").expects(details());
}

TEST_F(Recovery, AnOwnersLeaseOutlivesARestart) {
  citizen("0912345678").texts("toi bi danh, o Than Uyen").expects(acknowledgement());
  facility("Than Uyen health station").expects(alert()).replies("nhan {code}").expects(details());
  restart_cleanly();
  clock.advance(4h);
  facility("Than Uyen health station").expects(text("con 30 phut"));
  facility("Than Uyen police").expects(alert());
}

TEST_F(Recovery, AnAlertInFlightAtACrashIsSentAgainAndACampaignTextIsNot) {
  add_contacts("phone,groups\n0988000001,phu-nu\n");
  sandbox().world().latency = 10s;  // the crash comes before the answer
  launch(
      "title = \"t\"\nclass = \"social_policy\"\n[audience]\ngroups = [\"phu-nu\"]\n[[text]]\nbody = \"xin "
      "chao\"\n");
  citizen("0912345678").texts("toi bi danh, o Than Uyen");
  clock.advance(3s);
  ASSERT_GE(count("SELECT COUNT(*) FROM message WHERE state = 'submitting'"), 2);
  crash();
  clock.advance(3s);
  facility("Than Uyen health station").expects(alert());
  citizen("0912345678").expects(acknowledgement());
  citizen("0988000001").expects(nothing());
  EXPECT_EQ(count("SELECT COUNT(*) FROM message WHERE state = 'uncertain' AND purpose = 'campaign'"), 1);
}

TEST_F(Recovery, ALinkThatDropsCostsNoAlert) {
  citizen("0912345678").texts("toi bi danh, o Than Uyen").expects(acknowledgement());
  facility("Than Uyen health station").expects(alert());
  sandbox().drop_link(30s);
  citizen("0987654321").texts("toi bi danh, o Than Uyen").expects(nothing());
  clock.advance(31s);
  citizen("0987654321").expects(acknowledgement());
  facility("Than Uyen health station").expects(alert());
}

TEST_F(Recovery, ReceiptsLateTwiceAndOutOfOrderAddUp) {
  std::string csv = "phone,groups\n";
  for (int i = 0; i < 40; ++i) csv += fmt::format("09880{:05},phu-nu\n", i);
  add_contacts(csv);
  sandbox().world().receipts_twice = 0.5;
  sandbox().world().receipts_first = 0.5;
  sandbox().world().receipt_delay = Duration{0};
  const auto id = launch(
      "title = \"t\"\nclass = \"social_policy\"\n[audience]\ngroups = [\"phu-nu\"]\n[[text]]\nbody = \"xin "
      "chao\"\n");
  clock.advance(10s);
  for (int i = 0; i < 40; ++i) citizen(fmt::format("09880{:05}", i)).expects(text("xin chao"));
  const auto a =
      on_database([&](storage::Tx& tx) { return campaigns::account(tx, *campaigns::find(tx, id)); });
  EXPECT_EQ(a.of(outbox::MessageState::delivered), 40);
  EXPECT_TRUE(a.add_up());
}

}  // namespace
}  // namespace tongdai::test
