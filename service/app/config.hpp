#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "campaigns/opt_out_line.hpp"
#include "config/reader.hpp"
#include "dispatch/routes.hpp"
#include "gateway_adapters/registry.hpp"
#include "hotline/desk.hpp"
#include "ops/watch_settings.hpp"
#include "text/holidays.hpp"
#include "text/numbering_plan.hpp"
#include "text/time_zone.hpp"

namespace tongdai::app {

/// One [[gateway]], with its adapter's own table still to be read.
struct GatewayConfig {
  gateway::Settings settings;
  config::Node own;
  std::string path;  ///< "gateway[1].smpp", for faults
};

/// The whole configuration, checked. A value; made once at start.
struct Config {
  std::filesystem::path file;
  std::string name;
  text::TimeZone zone;
  std::string zone_name = "Asia/Ho_Chi_Minh";  ///< of the tz database
  std::filesystem::path data_dir;
  std::string listen;              ///< "127.0.0.1:8080", "" for none
  std::filesystem::path socket;    ///< "" for none
  std::string token;               ///< bearer token of the TCP door; "" makes one in the data folder
  std::vector<std::string> hosts;  ///< names by which a proxy is reached
  Duration session_idle = 30min;   ///< a session that nobody uses for so long ends
  Duration session_absolute = std::chrono::hours{12};  ///< and any so long after its sign-in
  text::NumberingPlan plan;
  std::filesystem::path plan_file;
  std::vector<GatewayConfig> gateways;
  std::vector<dispatch::Route> routes;
  std::vector<int> route_lines;  ///< where the gateways of each stand, for faults
  std::vector<Phone> lines;      ///< numbers of ours that people text to
  hotline::Settings hotline;
  hotline::Words words;
  std::map<std::string, hotline::Flow> flows;  ///< guided conversations, by the file as the settings name it
  Duration reply_window = 10min;
  std::filesystem::path master_key_file;  ///< of the sealed data; "": a credential, or one of the data folder
  std::chrono::days retention{0};         ///< closed cases, and texts of none, are erased after; 0 for never
  int campaign_cap_per_day = 3;
  int halt_failures_percent = 50;  ///< a campaign that fails so halts; 0 for never
  int duty_capacity = 20;          ///< cases waiting for somebody that the people on duty can take at once
  std::shared_ptr<const text::Holidays> holidays = std::make_shared<text::Holidays>();
  std::string currency = "VND";                              ///< of the gateways' prices
  std::string line_as_written;                               ///< [hotline] line
  std::string opt_out_line = "Tu choi: soan TC gui {line}";  ///< at the end of advertising; complete, or ""
  std::string without_refusals_of;  ///< name of the key whose refusals are given up (outbox/refusals_key.hpp)
  int resting_percent = 0;  ///< of all numbers, that campaigns leave alone at any time (outbox/rest.hpp)
  ops::WatchSettings watch;
  std::vector<std::string> warnings;          ///< what is allowed and yet not wise, a sentence each
  std::vector<std::string> gateway_warnings;  ///< the same of adapters, which log it again when they start

  explicit Config(text::TimeZone z) : zone(std::move(z)) {}
};

/// Reads and checks a configuration, the files it names and each gateway's own table, without connecting. The
/// error is every fault, a line each, ready to print: "FILE:LINE: gateway[1].rate: must be between 1 and
/// 100000, got 0". Any thread.
[[nodiscard]] std::expected<Config, std::string> read_config(const std::filesystem::path& file);

/// [api]. By the same rule as the doors themselves (api/server/doors.cpp), so that what they would refuse is
/// told before the start.
void read_api(config::Reader& top, Config& config);

/// [hotline] how each line answers, and how long a reporter's word holds. After the phrases. Faults of a flow
/// go to `printed`.
void read_lines(config::Reader& r, Config& config, std::string& printed);

/// What a [[gateway]] takes of a text, and what it costs.
void read_limits(config::Reader& r, gateway::Settings& settings);
void read_prices(config::Reader& r, const text::NumberingPlan& plan, gateway::Settings& settings);
/// [campaigns] opt_out_line; and, when all is read, with the number in it.
void read_way_out(config::Reader& r, Config& config);
void complete_way_out(Config& config, config::Reader& top);

/// A time in whole seconds, within bounds.
Duration seconds(config::Reader& r, std::string_view key, std::int64_t least, std::int64_t most,
                 Duration fallback);

/// [watch]. After lines and gateways.
void read_watch(config::Reader& top, Config& config);

/// [[gateway]] and [[route]].
void read_gateways(config::Reader& top, Config& config, config::Faults& faults);

/// What is not wise at this time, a sentence each: a file of holidays that has none of a year that campaigns
/// written today may reach.
[[nodiscard]] std::vector<std::string> warnings_at(const Config& config, TimePoint now);

}  // namespace tongdai::app
