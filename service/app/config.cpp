#include "app/config.hpp"

#include <fmt/format.h>

#include "app/fitting.hpp"
#include "app/pressure.hpp"
#include "config/toml_file.hpp"

namespace tongdai::app {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t least_s = 5;  // the loop that guards the timers turns once a second
constexpr std::int64_t capacity_max = 10'000;
constexpr std::int64_t day_s = 24 * 60 * 60;
constexpr std::chrono::days campaigns_ahead{62};  // what is written down today goes so far: twice the default
constexpr std::int64_t retention_days_max = 36'500;

/// Another document that the configuration names; its faults are printed under its own name. Returns the
/// file.
template <class Read>
fs::path read_file(config::Reader& r, std::string_view key, const fs::path& base, const std::string& fallback,
                   std::string& printed, Read read) {
  const std::string name = fallback.empty() ? r.text(key) : r.text(key, fallback);
  if (name.empty()) return {};
  fs::path file = base / name;
  const auto document = config::read_toml_file(file);
  if (!document) {
    printed += document.error().print(file.string()) + "\n";
    return file;
  }
  config::Faults faults;
  read(*document, faults);
  printed += config::print(faults, file.string());
  return file;
}

/// What is recognised stands beside what is said.
constexpr std::string_view languages_folder = "languages";

/// The phrases that come with the numbering plan, for a configuration that names none.
std::string phrases_beside(const Config& config) {
  return (config.plan_file.parent_path().parent_path() / "hotline" / "phrases.toml").string();
}

std::vector<Phone> numbers(config::Reader& r, std::string_view key, const Config& config) {
  std::vector<Phone> phones;
  std::size_t i = 0;
  for (const std::string& written : r.texts(key)) {
    const auto number = config.plan.parse(written);
    if (number && number->type == text::NumberType::mobile) {
      phones.push_back(number->phone);
    } else if (number) {
      r.fault(key, fmt::format("entry {}: must be a mobile number that gets texts, this is a {}", i,
                               name_of(number->type)));
    } else {
      r.fault(key, fmt::format("entry {}: {}", i, number.error().what));
    }
    ++i;
  }
  return phones;
}

void read_escalation(config::Reader& r, hotline::Settings& s) {
  s.step_critical = seconds(r, "critical_s", least_s, day_s, s.step_critical);
  s.step_high = seconds(r, "high_s", least_s, day_s, s.step_high);
  s.step_normal = seconds(r, "normal_s", least_s, day_s, s.step_normal);
  s.duty_repeat = seconds(r, "duty_repeat_s", least_s, day_s, s.duty_repeat);
  s.lease_critical = seconds(r, "lease_critical_s", least_s, 7 * day_s, s.lease_critical);
  s.lease = seconds(r, "lease_s", least_s, 7 * day_s, s.lease);
  s.reminder_critical = seconds(r, "reminder_critical_s", least_s, day_s, s.reminder_critical);
  s.reminder = seconds(r, "reminder_s", least_s, day_s, s.reminder);
  s.clock_forward = seconds(r, "forward_s", 60, day_s, s.clock_forward);
  s.clock_warning = seconds(r, "clock_warning_s", 60, day_s, s.clock_warning);
  s.facilities_max = static_cast<int>(r.integer("facilities_max", 1, 20, s.facilities_max));
  s.alerts_per_hour = static_cast<int>(r.integer("alerts_per_hour", 1, 10'000, s.alerts_per_hour));
  s.pages_per_hour = static_cast<int>(r.integer("pages_per_hour", 1, 10'000, s.pages_per_hour));
}

/// Names of services that the phrases know.
std::vector<std::string> known_services(config::Reader& r, std::string_view key,
                                        const hotline::Words& words) {
  auto named = r.texts(key);
  for (const std::string& service : named) {
    if (words.service_names.contains(service)) continue;
    r.fault(key, fmt::format("\"{}\" is no service of the phrases' [service_names]", service));
  }
  return named;
}

void read_routing(config::Reader& r, hotline::Settings& s, const hotline::Words& words) {
  const auto points = [&](std::string_view key, int fallback) {
    return static_cast<int>(r.integer(key, 0, 10'000, fallback));
  };
  s.weights.service = points("service", s.weights.service);
  s.weights.distance = points("distance", s.weights.distance);
  s.weights.facility = points("facility", s.weights.facility);
  s.weights.language = points("language", s.weights.language);
  s.own_track = known_services(r, "own_track", words);
  s.consent_services = known_services(r, "consent", words);
  s.waives_critical = r.boolean("consent_waived_if_critical", s.waives_critical);
  s.waives_child = r.boolean("consent_waived_for_child", s.waives_child);
  s.beds_believed = std::chrono::hours{r.integer("beds_believed_h", 1, 14 * 24, 12)};
}

/// Where the key of the sealed data is, and how long the data is kept (docs/sealing.md).
void read_sealing(config::Reader& r, Config& config, const fs::path& base) {
  config.retention = std::chrono::days{r.integer("retention_days", 0, retention_days_max, 0)};
  const auto file = r.maybe_text("master_key_file");
  if (!file) return;
  config.master_key_file = base / *file;
  std::error_code failed;
  if (!fs::is_regular_file(config.master_key_file, failed)) {
    r.fault("master_key_file",
            fmt::format("{}: there is no such file; make it with: (umask 077; openssl rand -hex "
                        "32 >FILE)",
                        config.master_key_file.string()));
  }
}

void read_hotline(config::Reader& r, Config& config, const fs::path& base, std::string& printed) {
  const fs::path phrases = read_file(r, "phrases", base, phrases_beside(config), printed,
                                     [&](const config::Node& document, config::Faults& faults) {
                                       config.words = hotline::Words::read(document, faults);
                                     });
  // Without the names of the services every language would seem at fault.
  if (!config.words.service_names.empty())
    config.words.add_languages(phrases.parent_path() / languages_folder, printed);
  if (auto line = r.maybe_text("line")) {
    if (const auto number = config.plan.parse(*line)) {
      config.lines.push_back(number->phone);
      config.line_as_written = *line;
    } else {
      r.fault("line", number.error().what);
    }
  }
  config.hotline.duty = numbers(r, "duty", config);
  read_lines(r, config, printed);
  config.duty_capacity =
      static_cast<int>(r.integer("capacity", capacity_min, capacity_max, config.duty_capacity));
  config.reply_window = seconds(r, "reply_window_s", 60, day_s, config.reply_window);
  read_sealing(r, config, base);
  r.table("escalation", [&](config::Reader& e) { read_escalation(e, config.hotline); });
  r.table("routing", [&](config::Reader& e) { read_routing(e, config.hotline, config.words); });
  config.hotline.watched_services = known_services(r, "watched_services", config.words);
}

void read_campaigns(config::Reader& r, Config& config, const fs::path& base, std::string& printed) {
  config.campaign_cap_per_day =
      static_cast<int>(r.integer("cap_per_day", 1, 100, config.campaign_cap_per_day));
  config.resting_percent =
      static_cast<int>(r.integer("resting_percent", 0, outbox::Rest::percent_max, config.resting_percent));
  config.without_refusals_of = r.text("without_refusals_of", "");
  config.halt_failures_percent =
      static_cast<int>(r.integer("halt_failures_percent", 0, 100, config.halt_failures_percent));
  read_way_out(r, config);
  if (!r.has("holidays")) return;
  read_file(r, "holidays", base, "", printed, [&](const config::Node& document, config::Faults& faults) {
    config.holidays = std::make_shared<text::Holidays>(text::Holidays::read(document, faults));
  });
}

void read_service(config::Reader& r, Config& config, const fs::path& base) {
  config.name = r.text("name");
  const std::string zone = r.text("timezone", "Asia/Ho_Chi_Minh");
  if (auto found = text::TimeZone::find(zone)) {
    config.zone = std::move(*found);
    config.zone_name = zone;
  } else {
    r.fault("timezone", found.error().what);
  }
  config.data_dir = base / r.text("data_dir");
  config.currency = r.text("currency", config.currency);
  if (config.currency.empty() || config.currency.size() > 8)
    r.fault("currency", "must be a name of at most 8 bytes, such as VND");
}

}  // namespace

Duration seconds(config::Reader& r, std::string_view key, std::int64_t least, std::int64_t most,
                 Duration fallback) {
  const auto value =
      r.integer(key, least, most, std::chrono::duration_cast<std::chrono::seconds>(fallback).count());
  return std::chrono::seconds{value};
}

std::expected<Config, std::string> read_config(const fs::path& file) {
  const auto document = config::read_toml_file(file);
  if (!document) return std::unexpected(document.error().print(file.string()) + "\n");
  Config config(*text::TimeZone::find("Asia/Ho_Chi_Minh"));
  config.file = file;
  const fs::path base = file.parent_path();
  config::Faults faults;
  std::string printed;
  {
    config::Reader top(*document, "", faults);
    for (const char* key : {"service", "numbering"}) {
      if (!top.has(key)) top.fault(key, "is required");
    }
    top.table("service", [&](config::Reader& r) { read_service(r, config, base); });
    top.table("numbering", [&](config::Reader& r) {
      if (const auto plan = r.maybe_text("plan")) config.plan_file = base / *plan;
      read_file(r, "plan", base, "", printed, [&](const config::Node& plan, config::Faults& f) {
        config.plan = text::NumberingPlan::read(plan, f);
      });
    });
    read_api(top, config);
    top.table("campaigns", [&](config::Reader& r) { read_campaigns(r, config, base, printed); });
    if (top.has("hotline")) {
      top.table("hotline", [&](config::Reader& r) { read_hotline(r, config, base, printed); });
    } else {
      const config::Node none(config::Node::Table{}, 0);
      config::Reader r(none, "hotline", faults);
      read_hotline(r, config, base, printed);
    }
    if (config.hotline.duty.empty()) {
      config.warnings.emplace_back(
          "[hotline] duty names nobody: a case that no facility takes reaches no human");
    }
    complete_way_out(config, top);
    read_gateways(top, config, faults);
    read_watch(top, config);
    check_gateways(config, faults);
  }
  printed = config::print(faults, file.string()) + printed;
  if (!printed.empty()) return std::unexpected(printed);
  return config;
}

std::vector<std::string> warnings_at(const Config& config, TimePoint now) {
  std::vector<std::string> warnings;
  if (config.holidays->empty()) return warnings;
  const auto year_of = [&](TimePoint t) { return text::date_of(config.zone.local(t)).year(); };
  for (auto year = year_of(now); year <= year_of(now + campaigns_ahead); ++year) {
    if (config.holidays->knows(year)) continue;
    warnings.push_back(
        fmt::format("[campaigns] holidays: the file has none of {}, and campaigns skip none of them: write "
                    "them down once "
                    "they are decreed",
                    static_cast<int>(year)));
  }
  return warnings;
}

}  // namespace tongdai::app
