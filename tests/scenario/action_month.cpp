#include "scenario/action_month.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <sstream>

#include "campaigns/control.hpp"
#include "campaigns/repair.hpp"
#include "config/toml_file.hpp"
#include "directory/facilities.hpp"
#include "text/time_zone.hpp"

namespace tongdai::test {
namespace {

using campaigns::CampaignEvent;

/// Two windows a day; minutes of the day.
constexpr std::array<std::pair<int, int>, 2> windows{{{7 * 60, 11 * 60 + 30}, {13 * 60 + 30, 21 * 60}}};

/// What was written before 2018 beside what it became: 0168 -> 038, 0123 -> 083, 0122 -> 077 (FIELD §3).
constexpr std::array old_prefixes{"0168", "0123", "0122"};
constexpr std::array moved_prefixes{"038", "083", "077"};
constexpr std::array prefixes{"096", "091", "090"};

/// As a contact file names it, and where its people count: Mường Cang became part of Than Uyên in 2025.
struct Home {
  const char* written;
  const char* today;
};
constexpr std::array<Home, 7> homes{{{"03595", "03595"},
                                     {"03595", "03595"},
                                     {"03631", "03595"},
                                     {"03478", "03478"},
                                     {"03388", "03388"},
                                     {"03562", "03562"},
                                     {"03640", "03640"}}};

/// It serves the whole province.
constexpr const char* station_csv =
    "name,type,services,units,phone,hours\n"
    "Lai Chau health station,clinic,medical;counselling,12,0912000105,24/7\n";
constexpr const char* station_phone = "0912000105";

constexpr std::size_t staff_one_in = 50;
constexpr std::size_t listed_twice_one_in = 100;

}  // namespace

ActionMonth::ActionMonth() {
  first_moment = "2021-11-14T12:00:00+07:00";
  guard_interval = 5min;  // a month of seconds would take minutes
  more_gateways = {"viettel", "vina", "mobi"};
  routes = R"([[route]]
purpose = ["campaign"]
prefix = ["8481", "8482", "8483", "8484", "8485", "8488", "8491", "8494"]
gateways = ["vina", "viettel"]
[[route]]
purpose = ["campaign"]
prefix = ["8470", "8476", "8477", "8478", "8479", "8489", "8490", "8493"]
gateways = ["mobi"]
[[route]]
purpose = ["campaign"]
gateways = ["viettel"]
[[route]]
gateways = ["sandbox"]
[watch]
gateway_down_s = 0
silence_s = 0
)";
  if (const char* wanted = std::getenv("TONGDAI_ACTION_MONTH_CONTACTS"))
    people_ = std::max<std::size_t>(default_people, std::strtoul(wanted, nullptr, 10));
  more_settings =
      fmt::format("rate = {}\n[gateway.sandbox]\nwindow = 1000\n", people_ / 900);  // minutes a text
  recorder = [this](const Phone& phone, const gateway::Heard& heard) { return record(phone, heard); };
  for (std::size_t n = 0; n < month.size(); ++n) {
    dates_[n] = {parse_rfc3339(month[n].start).value(), parse_rfc3339(month[n].end).value()};
    for (std::size_t l = 0; l < languages.size(); ++l) known_[body(n, l)] = {n, l};
  }
}

std::string ActionMonth::body(std::size_t text, std::size_t language) {
  return language == 0 ? std::string(month[text].body)
                       : fmt::format("{}: thong diep {}", languages[language], text);
}

void ActionMonth::bring_people_in() {
  const auto& plan = engine().config().plan;
  std::string csv = "phone,name,unit,language,groups\n";
  for (std::size_t i = 0; i < people_; ++i) {
    const std::size_t carrier = i % 3;
    const bool old = i % 10 == 0;
    Resident r;
    r.phone = plan.parse(fmt::format("{}{:07}", old ? moved_prefixes[carrier] : prefixes[carrier], i))->phone;
    r.carrier = plan.parse(r.phone.reveal())->carrier;
    r.language = i % 20 < 16 ? 0 : carrier + 1;
    r.unit = homes[i % homes.size()].today;
    r.is_staff = i % staff_one_in == staff_one_in - 1;
    const auto row = [&](const char* prefix) {
      csv += fmt::format("{}{:07},Nguoi {},{},{},toan-tinh{}\n", prefix, i, i,
                         homes[i % homes.size()].written, languages[r.language], r.is_staff ? ";can-bo" : "");
    };
    row(old ? old_prefixes[carrier] : prefixes[carrier]);
    // One person, with the number of before and the number of today.
    if (i % listed_twice_one_in == 0) row(moved_prefixes[carrier]);
    if (!r.is_staff) ++audience_;
    by_phone_[r.phone] = residents_.size();
    residents_.push_back(std::move(r));
  }
  add_contacts(csv);
  std::istringstream stations(station_csv);
  const auto imported = on_database([&](storage::Tx& tx) {
    return directory::import_facilities(tx, engine().ids(), stations, plan, now());
  });
  ASSERT_TRUE(imported) << imported.error().what;
  ASSERT_EQ(imported->rejected, 0);
}

std::string ActionMonth::file() {
  std::string toml = R"(title = "Tháng hành động 2021"
class = "social_policy"
[audience]
groups = ["toan-tinh"]
units = ["12"]
exclude_groups = ["can-bo"]
[schedule]
windows = ["07:00-11:30", "13:30-21:00"]
)";
  for (std::size_t n = 0; n < month.size(); ++n) {
    toml += fmt::format("[[step]]\ntitle = \"{}\"\nstart = {}\nend = {}\n", month[n].title, month[n].start,
                        month[n].end);
    for (std::size_t l = 0; l < languages.size(); ++l)
      toml += fmt::format("[[step.text]]\nlanguage = \"{}\"\nbody = \"{}\"\n", languages[l], body(n, l));
  }
  return toml;
}

void ActionMonth::launch_series() {
  const auto document = config::read_toml(file());
  ASSERT_TRUE(document) << document.error().print("");
  config::Faults faults;
  const auto spec = campaigns::Spec::read(*document, now(), faults);
  const auto steps = campaigns::plan(spec, engine().almanac(), faults);
  ASSERT_TRUE(faults.empty()) << config::print(faults, "");
  const auto created = on_database([&](storage::Tx& tx) {
    return campaigns::create_series(tx, engine().ids(), spec.title, steps, "author", now(), faults);
  });
  ASSERT_TRUE(faults.empty()) << config::print(faults, "");
  ASSERT_EQ(created.steps.size(), month.size());
  series_ = created.id;
  ids_ = created.steps;
  ASSERT_TRUE(act_all(CampaignEvent::submit));
  ASSERT_TRUE(act_all(CampaignEvent::approve));
  clock.advance(1s);
  for (std::size_t n = 0; n < month.size(); ++n) {
    EXPECT_TRUE(campaign(n).frozen) << n;
    EXPECT_EQ(accounts(n).audience, audience_) << n;
  }
}

Result<std::vector<campaigns::Campaign>> ActionMonth::act_all(CampaignEvent event) {
  return on_database([&](storage::Tx& tx) {
    return campaigns::act_series(tx, engine().messages(), series_, event, {"approver"}, "", now());
  });
}

Resident* ActionMonth::resident(const Phone& phone) {
  const auto found = by_phone_.find(phone);
  return found == by_phone_.end() ? nullptr : &residents_[found->second];
}

bool ActionMonth::record(const Phone& phone, const gateway::Heard& heard) {
  const auto text = known_.find(heard.text);
  if (text == known_.end()) return false;
  const auto [n, language] = text->second;
  ++heard_.at(n);
  check_hour(n, heard.at);
  Resident* const who = resident(phone);
  if (who == nullptr) {
    ADD_FAILURE() << "a stranger got text " << n;
    return true;
  }
  if (who->has(n)) ADD_FAILURE() << "text " << n << " came twice";
  who->heard |= static_cast<std::uint8_t>(1U << n);
  if (who->language != language) ADD_FAILURE() << "text " << n << " came in another's language";
  if (who->is_staff) ADD_FAILURE() << "text " << n << " came to one of an excluded group";
  if (who->has_refused) ADD_FAILURE() << "text " << n << " came after a refusal";
  if (heard.at < who->left_alone_until) ADD_FAILURE() << "text " << n << " came to one who reported";
  if (silent_.at(n)) ADD_FAILURE() << "text " << n << " came while it stood";
  return true;
}

void ActionMonth::check_hour(std::size_t text, TimePoint at) {
  const int minute = engine().config().zone.local(at).minute_of_day;
  const bool open =
      std::ranges::any_of(windows, [&](auto w) { return minute >= w.first && minute < w.second; });
  if (!open) ADD_FAILURE() << "text " << text << " came at minute " << minute << " of the day";
  if (at < dates_.at(text).first || at >= dates_.at(text).second)
    ADD_FAILURE() << "text " << text << " came outside its dates";
}

void ActionMonth::until(std::string_view when) {
  const TimePoint to = parse_rfc3339(when).value();
  while (now() < to) {
    clock.advance(std::min<Duration>(1min, to - now()) - 1s);
    look();
  }
}

// The auditor counts the rows of whatever has moved. That the tally and the audience agree would be no test:
// who is pending is told from both.
void ActionMonth::look() {
  EXPECT_EQ(engine().campaign_audit().off, 0) << "the service's own audit, at " << to_rfc3339(now());
  const std::int64_t all = std::accumulate(heard_.begin(), heard_.end(), std::int64_t{0});
  if (all == heard_at_look_ && ++idle_looks_ % 60 != 0) return;
  heard_at_look_ = all;
  const auto found =
      on_database([&](storage::Tx& tx) { return auditor_.run_once(tx, engine().environment().log, now()); });
  EXPECT_EQ(found.off, 0) << "accounts do not add up at " << to_rfc3339(now());
}

void ActionMonth::check_all_rows() {
  on_database([&](storage::Tx& tx) {
    for (const CampaignId id : ids_) {
      const auto c = campaigns::find(tx, id).value();
      const auto check = campaigns::check(tx, c);
      EXPECT_TRUE(check.is_sound()) << c.title;
      EXPECT_EQ(check.audience, audience_) << c.title;
    }
    return true;
  });
}

void ActionMonth::refuses(Resident& who) {
  auto phone = citizen(who.phone.reveal());
  phone.texts("TU CHOI").expects(opt_out_confirmed());
  who.has_refused = true;
}

void ActionMonth::some_refuse(std::size_t nth, std::size_t offset) {
  // About one in a hundred of few, one in a thousand of many: each takes its turn at the clock.
  const std::size_t stride = std::clamp(people_ / 20, nth, nth * 22) / nth * nth;
  for (std::size_t i = offset; i < residents_.size(); i += stride) {
    if (!residents_[i].has_refused && !residents_[i].is_staff) refuses(residents_[i]);
  }
}

void ActionMonth::reports(Resident& who, std::string_view place) {
  citizen(who.phone.reveal()).texts(fmt::format("toi bi danh o {}", place)).expects(acknowledgement());
  who.left_alone_until = now() + std::chrono::days{7} - 1min;
  auto desk = citizen(station_phone).expects(alert()).replies("nhan {code}").expects(details());
  desk.replies("xong {code}").expects(closed());
}

campaigns::Campaign ActionMonth::campaign(std::size_t text) {
  return on_database([&](storage::Tx& tx) { return campaigns::find(tx, ids_.at(text)).value(); });
}

campaigns::Accounts ActionMonth::accounts(std::size_t text) {
  return on_database(
      [&](storage::Tx& tx) { return campaigns::account(tx, campaigns::find(tx, ids_.at(text)).value()); });
}

void ActionMonth::mark(std::string_view what) {
  const auto at = std::chrono::steady_clock::now();
  const std::chrono::duration<double> took = at - std::exchange(marked_, at);
  if (is_large()) fmt::print("{:>8.2f} s  {}\n", took.count(), what);
}

}  // namespace tongdai::test
