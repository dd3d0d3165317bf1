// The service watches itself: who is on duty learns that reports may not come through before somebody is
// missed.
#include <fmt/format.h>
#include <sys/stat.h>

#include "scenario/scenario.hpp"

namespace tongdai::test {
namespace {

Expected page_of_gateway() {
  return text("mat ket noi");
}
Expected page_of_synthetic() {
  return text("tin thu khong quay ve");
}
Expected page_of_silence() {
  return text("khong nhan tin nao");
}

class Watching : public Scenario {
 protected:
  void both_officers_expect(const Expected& page) {
    for (const char* officer : {"0912000191", "0962000192"}) citizen(officer).expects(page);
  }
  void neither_officer_hears_anything() { both_officers_expect(nothing()); }
  std::vector<std::string> objections() {
    std::optional<ops::WatchView> view;
    run([](app::Watch& watch, std::optional<ops::WatchView>& out) -> asio::awaitable<void> {
      out = co_await watch.view();
    }(engine().watcher(), view));
    return view->objections;
  }
};

class TwoGateways : public Watching {
 protected:
  TwoGateways() {
    more_gateways = {"other"};
    more_settings = "rate = 50\n";
    routes = "[[route]]\ngateways = [\"sandbox\", \"other\"]\n";
  }
};

TEST_F(TwoGateways, AReceivingGatewayThatIsAwayIsPagedOverAnother) {
  sandbox().drop_link(30min);
  clock.advance(1min + 50s);
  neither_officer_hears_anything();
  clock.advance(20s);
  both_officers_expect(page_of_gateway());
  EXPECT_EQ(objections(), std::vector<std::string>{"gateway sandbox: is away"});
  clock.advance(25min);
  neither_officer_hears_anything();  // once an absence
  clock.advance(10min);
  EXPECT_EQ(objections(), std::vector<std::string>{});
}

TEST_F(Watching, WithOneGatewayThePageLeavesWhenItIsBackAndTheLogSaysAlarm) {
  sandbox().drop_link(10min);
  clock.advance(3min);
  neither_officer_hears_anything();
  EXPECT_NE(log_text().find("alarm a receiving gateway is away"), std::string::npos);
  clock.advance(8min);
  both_officers_expect(page_of_gateway());
}

class Synthetic : public Watching {
 protected:
  Synthetic() {
    routes +=
        "[watch]\nsilence_s = 0\n[watch.synthetic]\ngateway = \"sandbox\"\nevery_s = 600\nwithin_s = 120\n";
    recorder = [this](const Phone& phone, const gateway::Heard& heard) {
      if (phone != line()) return false;
      sent_.push_back(heard.text);
      return true;
    };
  }
  void SetUp() override {
    Scenario::SetUp();
    sandbox().world().loop = line().reveal();
  }
  [[nodiscard]] Phone line() { return engine().config().lines.front(); }
  std::vector<std::string> sent_;  ///< synthetic reports, at the line's own number
};

TEST_F(Synthetic, ItComesBackAndIsNoCaseAndAlertsNobody) {
  clock.advance(31min);
  EXPECT_EQ(count("SELECT COUNT(*) FROM watch_probe WHERE state = 'returned'"), 3);
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case"), 0);
  EXPECT_EQ(count("SELECT COUNT(*) FROM inbound WHERE state = 'handled' AND kind = ''"), 3);
  EXPECT_EQ(sent_.size(), 4U);  // the first one before the line led back here
  EXPECT_NE(sent_[0], sent_[1]);
  both_officers_expect(page_of_synthetic());
}

TEST_F(Synthetic, WhenItDoesNotComeBackTheDutyOfficersAreToldAndTheHeartIsHeldBack) {
  clock.advance(11min);
  both_officers_expect(page_of_synthetic());
  EXPECT_EQ(objections(), std::vector<std::string>{});  // the next one came back
  sandbox().world().loop.clear();
  clock.advance(13min);
  both_officers_expect(page_of_synthetic());
  EXPECT_EQ(objections(), std::vector<std::string>{"synthetic report: did not come back"});
  clock.advance(50min);
  neither_officer_hears_anything();  // not again before an hour
  clock.advance(10min);
  both_officers_expect(page_of_synthetic());
}

TEST_F(Synthetic, AStrangerWhoSendsItsWordsHasMadeAReport) {
  clock.advance(11min);
  both_officers_expect(page_of_synthetic());
  citizen("0912345678").texts(sent_.back()).expects(question_of_place());
  both_officers_expect(duty_page());
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case"), 1);
}

class SyntheticFromASim : public Watching {
 protected:
  SyntheticFromASim() {
    gateway_settings =
        "[watch]\nsilence_s = 0\n[watch.synthetic]\ngateway = \"sandbox\"\nfrom = \"0912000001\"\nevery_s = "
        "3600\nwithin_s = 120\n";
    recorder = [this](const Phone& phone, const gateway::Heard& heard) {
      if (phone != engine().config().lines.front()) return false;
      sent_ = heard.text;
      return true;
    };
  }
  std::string sent_;
};

TEST_F(SyntheticFromASim, NoReportFromThatNumberIsHiddenByIt) {
  citizen("0912000001").texts(sent_).expects(nothing());
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case"), 0);
  citizen("0912000001").texts(sent_ + " cuu toi, o Than Uyen").expects(acknowledgement());
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case"), 1);
  both_officers_expect(nothing());
  facility("Than Uyen health station").expects(alert());
}

class Silence : public Watching {
 protected:
  Silence() { gateway_settings = "[watch]\nsilence_s = 7200\n"; }
};

TEST_F(Silence, OfALineIsToldOnceAndAgainAfterTheNextText) {
  citizen("0912345678").texts("toi bi danh, o Than Uyen").expects(acknowledgement());
  facility("Than Uyen health station").expects(alert()).replies("nhan {code}").expects(details());
  facility("Than Uyen health station").replies("xong {code}").expects(closed());
  clock.advance(1h + 59min);
  neither_officer_hears_anything();
  clock.advance(2min);
  both_officers_expect(page_of_silence());
  clock.advance(5h);
  neither_officer_hears_anything();
  crash();
  clock.advance(1min);
  neither_officer_hears_anything();
  citizen("0912345678").texts("stop").expects(opt_out_confirmed());
  clock.advance(2h + 1min);
  both_officers_expect(page_of_silence());
}

class Heart : public Watching {
 protected:
  Heart() { gateway_settings = fmt::format("[watch]\nheartbeat = \"{}\"\nheartbeat_s = 60\n", file()); }
  [[nodiscard]] std::string file() const { return (folder() / "beat").string(); }
  [[nodiscard]] std::int64_t last_beat() const {
    struct stat found{};
    return stat(file().c_str(), &found) == 0 ? found.st_mtime : 0;
  }
  [[nodiscard]] std::int64_t age_s() { return to_unix_ms(now()) / 1000 - last_beat(); }
};

TEST_F(Heart, BeatsWhileAllIsWell) {
  for (int i = 0; i < 5; ++i) {
    clock.advance(61s);
    EXPECT_LE(age_s(), 61);
  }
}

TEST_F(Heart, IsHeldBackWhileACaseHasNoTimer) {
  citizen("0912345678").texts("toi bi danh, o Than Uyen").expects(acknowledgement());
  facility("Than Uyen health station").expects(alert());
  on_database([this](storage::Tx& tx) {
    return tx.run("DELETE FROM referral WHERE facility_id = $1", engine().desk().duty_desk);
  });
  clock.advance(2min);
  both_officers_expect(text("khong co nguoi theo doi"));
  const std::int64_t before = last_beat();
  clock.advance(5min);
  EXPECT_EQ(last_beat(), before);
  EXPECT_NE(log_text().find("the heartbeat is held back"), std::string::npos);
  EXPECT_EQ(objections(), std::vector<std::string>{"cases: 1 without an owner or a timer"});
}

TEST_F(Heart, IsHeldBackWhileATextStandsUnhandled) {
  on_database([](storage::Tx& tx) { return tx.run("ALTER TABLE unit_name RENAME TO lost"); });
  on_database([this](storage::Tx& tx) {
    return tx.run(
        "INSERT INTO inbound (id, gateway, sender, line, text, state, attempts, dedupe_key, "
        "received_at) VALUES (1, 'a', '+84912345678', '19001234', 'x', 'received', 0, 'k', $1)",
        now() - 1h);
  });
  EXPECT_EQ(objections().back(), "inbox: 1 texts stand unhandled");
  clock.advance(10s);
  both_officers_expect(text("chua xu ly duoc"));
}

}  // namespace
}  // namespace tongdai::test
