// What a preview says before the approval is held against what happens: parts, cost, and the time of the last
// text.
#include "campaigns/forecast.hpp"

#include <fmt/format.h>

#include <cmath>
#include <unordered_map>

#include "campaigns/accounts.hpp"
#include "config/toml_file.hpp"
#include "scenario/scenario.hpp"

namespace tongdai::test {
namespace {

using campaigns::CampaignEvent;
using campaigns::CampaignState;
using campaigns::Preview;
using outbox::MessageState;

/// "viettel" carries its own numbers with their accents, "vina" all others without.
class ForecastHeld : public Scenario {
 protected:
  /// Before SetUp.
  void gateways_carry(int viettel_parts_per_s, int vina_parts_per_s) {
    gateway_settings = fmt::format(R"(
[[gateway]]
name = "viettel"
adapter = "sandbox"
source = "viettel"
rate = {}
price_per_part = 250
[gateway.sandbox]
window = 100
[[gateway]]
name = "vina"
adapter = "sandbox"
source = "vina"
rate = {}
accents = "strip"
price_per_part = 300
[gateway.prices]
MobiFone = 410.5
[gateway.sandbox]
window = 100
)",
                                   viettel_parts_per_s, vina_parts_per_s);
    routes = R"([[route]]
purpose = ["campaign"]
prefix = ["8496"]
gateways = ["viettel"]
[[route]]
purpose = ["campaign"]
gateways = ["vina"]
[[route]]
gateways = ["sandbox"]
)";
  }
  void SetUp() override {
    Scenario::SetUp();
    const auto hear = [this](MessageId, const Phone& phone, const gateway::Heard& heard) {
      if (++heard_[heard.text.substr(0, mark)][phone] > 1) ADD_FAILURE() << "a text came twice";
      last_at_[heard.text.substr(0, mark)] = heard.at;
    };
    sandbox("viettel").listen(hear);
    sandbox("vina").listen(hear);
  }

  /// Every other number is Viettel's, the rest VinaPhone's and MobiFone's; some names have accents.
  void people(int n, const std::string& group) {
    constexpr std::array prefixes{"096", "091", "096", "090"};
    constexpr std::array names{"Lò Thị Mai", "Mua A Sang", "Vàng Thị Ánh Tuyết", "Ly", ""};
    std::string csv = "phone,name,unit,language,groups\n";
    for (int i = 0; i < n; ++i) {
      csv +=
          fmt::format("{}{:07},{},03595,{},{}\n", prefixes[static_cast<std::size_t>(i % 4)], next_number_++,
                      names[static_cast<std::size_t>(i % 5)], i % 7 == 0 ? "hmn" : "vi", group);
    }
    add_contacts(csv);
  }
  CampaignId drafted(const std::string& toml) {
    config::Faults faults;
    const auto spec = campaigns::Spec::read(config::read_toml(toml).value(), now(), faults);
    const auto id = on_database([&](storage::Tx& tx) {
      return campaigns::create(tx, engine().ids(), spec, "author", now(), faults);
    });
    EXPECT_TRUE(faults.empty()) << config::print(faults, "");
    return id;
  }
  void approve(CampaignId id) {
    ASSERT_TRUE(act(id, CampaignEvent::submit));
    ASSERT_TRUE(act(id, CampaignEvent::approve));
  }
  campaigns::Campaign campaign(CampaignId id) {
    return on_database([&](storage::Tx& tx) { return campaigns::find(tx, id).value(); });
  }
  double price(const std::string& gateway, const std::string& carrier) {
    for (const auto& line : engine().dispatcher().view())
      if (line.name == gateway) return line.prices.of(carrier);
    return 0;
  }
  /// By the terms that the API makes it by.
  Preview preview_of(CampaignId id) {
    const auto& routes_now = engine().dispatcher().routes();
    campaigns::ForecastTerms terms{routes_now,
                                   routes_now.prefix_digits_max(),
                                   {},
                                   engine().config().plan,
                                   engine().almanac(),
                                   [this](const auto& g, const auto& c) { return price(g, c); }};
    for (const auto& line : engine().dispatcher().view())
      terms.gateways.push_back({line.name, static_cast<double>(line.rate_parts_per_s)});
    return on_database([&](storage::Tx& tx) {
      return campaigns::preview(tx, campaigns::find(tx, id).value(), terms, now());
    });
  }

  /// What went out, by the messages themselves: parts by gateway, and the price of each.
  struct Happened {
    std::map<std::string, std::int64_t> parts;
    std::int64_t recipients = 0;
    double cost = 0;
  };
  Happened happened(CampaignId id) {
    return on_database([&](storage::Tx& tx) {
      Happened h;
      tx.each(
          "SELECT gateway, recipient, parts FROM message WHERE campaign_id = $1 AND state = 'delivered'",
          [&](const storage::Row& row) {
            const auto number = engine().config().plan.parse(row.get<Phone>(1).reveal());
            ++h.recipients;
            h.parts[row.text(0)] += row.integer(2);
            h.cost += static_cast<double>(row.integer(2)) * price(row.text(0), number->carrier);
          },
          id);
      return h;
    });
  }
  void expect_held(const Preview& forecast, CampaignId id) {
    const Happened h = happened(id);
    std::int64_t parts = 0;
    for (const auto& [gateway, n] : h.parts) parts += n;
    EXPECT_EQ(forecast.parts, parts);
    EXPECT_NEAR(forecast.cost, h.cost, 0.01);
    std::map<std::string, std::int64_t> told;
    for (const auto& share : forecast.gateways) told[share.name] = share.parts;
    EXPECT_EQ(told, h.parts);
    std::int64_t excluded = 0;
    for (const auto& [reason, n] : forecast.size.exclusions) excluded += n;
    EXPECT_EQ(forecast.size.audience - excluded, h.recipients);
  }
  /// The error of the forecast's finish, in parts of `of`.
  static double error(TimePoint forecast, TimePoint actual, Duration of) {
    const std::chrono::duration<double> off = forecast - actual;
    const double share = std::abs(off / std::chrono::duration<double>(of));
    RecordProperty("error_ppm_of_" + std::to_string(of.count() / 1000) + "_s", static_cast<int>(share * 1e6));
    return share;
  }
  /// For how long it was open between the two.
  Duration open_between(CampaignId id, TimePoint from, TimePoint to) {
    Duration open{};
    for (const auto& span : engine().almanac().hours(campaign(id).schedule).spans(from, to))
      open += span.to - span.from;
    return open;
  }
  void expect_all_heard(const std::string& first_letters, std::int64_t n) {
    EXPECT_EQ(static_cast<std::int64_t>(heard_[first_letters].size()), n);
  }

  static constexpr std::size_t mark = 4;  // letters by which texts are told apart
  std::unordered_map<std::string, std::unordered_map<Phone, int>> heard_;
  std::unordered_map<std::string, TimePoint> last_at_;
  int next_number_ = 1'000'000;
};

class ForecastOverANight : public ForecastHeld {
 protected:
  ForecastOverANight() {
    first_moment = "2021-11-24T12:00:00+07:00";
    guard_interval = 1min;  // a day and a night of seconds would take long
    gateways_carry(1, 1);
  }
};

TEST_F(ForecastOverANight, PartsCostAndFinishAreAsForetold) {
  people(4000, "toan-tinh");
  for (int i = 0; i < 5; ++i) {  // refused before
    on_database([&](storage::Tx& tx) {
      return tx.run("INSERT INTO opt_out (recipient, at, source) VALUES (tag($1), 0, 'text')",
                    Phone::stored(fmt::format("+8496{:07}", 1'000'000 + 4 * i)));
    });
  }
  const auto id = drafted(R"(
title = "Ngay 25/11"
class = "social_policy"
[audience]
groups = ["toan-tinh"]
[[text]]
body = "THDN chào {name}: chủ động phòng ngừa và ứng phó với bạo lực, xâm hại đối với phụ nữ và trẻ em. Chấm dứt bạo lực, vun đắp yêu thương"
[text.fallback]
name = "bạn"
[[text]]
language = "hmn"
body = "THDN: nyob zoo, tsis txhob ua phem rau poj niam thiab menyuam"
[schedule]
start = 2021-11-25T07:00:00+07:00
end = 2021-11-28T22:00:00+07:00
windows = ["07:00-07:30", "13:30-14:00"]
)");
  const Preview forecast = preview_of(id);
  ASSERT_TRUE(forecast.finish);
  EXPECT_EQ(forecast.late, 0);
  EXPECT_EQ(forecast.size.exclusions.at("opted_out"), 5);
  EXPECT_EQ(forecast.parts_max, 3U);
  approve(id);
  const TimePoint start = parse_rfc3339("2021-11-25T07:00:00+07:00").value();
  clock.advance(*forecast.finish - now() + 2h);

  EXPECT_EQ(campaign(id).state, CampaignState::completed);
  expect_held(forecast, id);
  expect_all_heard("THDN", 3995);
  const TimePoint last = last_at_["THDN"];
  EXPECT_GT(last, start + 24h) << "it goes over two windows, a night and a third";
  EXPECT_LE(error(*forecast.finish, last, last - start), 0.05);
  // Nights make that easy: of the time in which it sent as well.
  EXPECT_LE(error(start + open_between(id, start, *forecast.finish), start + open_between(id, start, last),
                  open_between(id, start, last)),
            0.05)
      << "foretold " << engine().almanac().zone.print(*forecast.finish) << ", was "
      << engine().almanac().zone.print(last);
}

TEST_F(ForecastOverANight, WhoWouldMissTheEndIsForetold) {
  people(1000, "toan-tinh");
  const auto id = drafted(R"(
title = "Ngay 25/11"
class = "social_policy"
[audience]
groups = ["toan-tinh"]
[[text]]
body = "THDN cham dut bao luc, vun dap yeu thuong"
[schedule]
start = 2021-11-25T07:00:00+07:00
end = 2021-11-25T07:05:00+07:00
windows = ["07:00-07:40"]
)");
  const Preview forecast = preview_of(id);
  EXPECT_FALSE(forecast.finish);
  approve(id);
  clock.advance(20h);
  const auto missed = on_database([&](storage::Tx& tx) {
    return campaigns::account(tx, *campaigns::find(tx, id)).of(MessageState::expired);
  });
  EXPECT_EQ(campaign(id).state, CampaignState::completed);
  expect_all_heard("THDN", 1000 - missed);
  EXPECT_NEAR(static_cast<double>(forecast.late), static_cast<double>(missed), 0.05 * 1000);
}

class ForecastBesideOthers : public ForecastHeld {
 protected:
  ForecastBesideOthers() { gateways_carry(5, 50); }

  /// To everybody of `group`; `schedule`: what it has beside the windows, and tables behind it.
  static std::string campaign_of(std::string_view title, std::string_view group, std::string_view schedule) {
    return fmt::format(R"(
title = "{0}"
class = "social_policy"
[audience]
groups = ["{1}"]
[[text]]
body = "{0} cham dut bao luc, vun dap yeu thuong"
[schedule]
windows = ["07:00-22:00"]
{2}
)",
                       title, group, schedule);
  }
};

TEST_F(ForecastBesideOthers, ANeighbourAndACanaryAreForetold) {
  people(1000, "mot");
  people(1000, "hai");
  const auto neighbour = drafted(campaign_of("MOT:", "mot", "gateway = \"viettel\"\nrate = 4"));
  approve(neighbour);
  clock.advance(10s);
  const auto id =
      drafted(campaign_of("HAI:", "hai", "gateway = \"viettel\"\n[canary]\nsize = 60\nwait_minutes = 3"));
  const Preview forecast = preview_of(id);
  ASSERT_TRUE(forecast.finish);
  ASSERT_EQ(forecast.others.size(), 1U);
  EXPECT_EQ(forecast.others[0].title, "MOT:");
  const TimePoint start = now();
  approve(id);
  clock.advance(*forecast.finish - now() + 2min);

  EXPECT_EQ(campaign(id).state, CampaignState::completed);
  expect_held(forecast, id);
  expect_all_heard("HAI:", 1000);
  EXPECT_LE(error(*forecast.finish, last_at_["HAI:"], last_at_["HAI:"] - start), 0.05)
      << "foretold " << to_rfc3339(*forecast.finish) << ", was " << to_rfc3339(last_at_["HAI:"]);
}

TEST_F(ForecastBesideOthers, ANeighbourWhoseOtherGatewayIsFasterTakesNoMoreThanItsShare) {
  people(1200, "mot");
  people(500, "hai");
  const std::string start_line = "start = 2026-11-25T09:05:00+07:00\n";
  approve(drafted(campaign_of("MOT:", "mot", start_line)));
  clock.advance(1s);
  const auto id = drafted(campaign_of("HAI:", "hai", start_line + "gateway = \"viettel\""));
  const Preview forecast = preview_of(id);
  ASSERT_TRUE(forecast.finish);
  const TimePoint start = parse_rfc3339("2026-11-25T09:05:00+07:00").value();
  approve(id);
  clock.advance(*forecast.finish - now() + 2min);

  EXPECT_EQ(campaign(id).state, CampaignState::completed);
  expect_all_heard("HAI:", 500);
  EXPECT_LE(error(*forecast.finish, last_at_["HAI:"], last_at_["HAI:"] - start), 0.05)
      << "foretold " << to_rfc3339(*forecast.finish) << ", was " << to_rfc3339(last_at_["HAI:"]);
}

}  // namespace
}  // namespace tongdai::test
