#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "app/config.hpp"
#include "ops/http_ping.hpp"

namespace tongdai::app {
namespace {

constexpr std::int64_t day_s = 24 * 60 * 60;
constexpr std::int64_t silence_min_s = 10 * 60;

void read_heartbeat(config::Reader& r, ops::WatchSettings& watch) {
  watch.heartbeat = r.text("heartbeat", "");
  watch.heartbeat_posts = r.one_of("heartbeat_method", {"get", "post"}, "get") == "post";
  watch.heartbeat_every = seconds(r, "heartbeat_s", 10, day_s, watch.heartbeat_every);
  if (watch.heartbeat.empty()) return;
  if (watch.beats_by_url()) {
    if (const auto url = ops::parse_ping_url(watch.heartbeat); !url) r.fault("heartbeat", url.error().what);
    return;
  }
  const std::filesystem::path file(watch.heartbeat);
  std::error_code failed;
  if (!file.is_absolute() || !file.has_filename()) {
    r.fault("heartbeat", "must be a URL with http:// or https://, or the absolute path of a file");
  } else if (!std::filesystem::is_directory(file.parent_path(), failed)) {
    r.fault("heartbeat", "must be a file in a folder that exists");
  }
}

/// "auto", or seconds; 0 for never.
void read_silence(config::Reader& r, ops::WatchSettings& watch) {
  const config::Node* const node = r.raw("silence_s");
  if (node == nullptr) return;
  if (const auto* const word = std::get_if<std::string>(&node->value()); word != nullptr && *word == "auto")
    return;
  const auto* const given = std::get_if<std::int64_t>(&node->value());
  if (given != nullptr && (*given == 0 || (*given >= silence_min_s && *given <= 30 * day_s))) {
    watch.silence = std::chrono::seconds{*given};
    return;
  }
  r.fault("silence_s",
          fmt::format("must be \"auto\", 0 for never, or between {} and {}", silence_min_s, 30 * day_s));
}

/// A number of ours; `fallback` where none is written.
Phone read_number(config::Reader& r, std::string_view key, const Config& config,
                  const std::string& fallback) {
  const std::string written = r.text(key, fallback);
  if (const auto number = config.plan.parse(written)) return number->phone;
  r.fault(key, written.empty() ? "is required" : "must be a phone number");
  return {};
}

void read_synthetic(config::Reader& r, Config& config) {
  ops::SyntheticSettings s;
  s.gateway = r.text("gateway");
  const auto gateway = std::ranges::find_if(
      config.gateways, [&](const GatewayConfig& g) { return g.settings.name == s.gateway; });
  const bool is_known = gateway != config.gateways.end();
  if (!s.gateway.empty() && !is_known) r.fault("gateway", "must be the name of a gateway");
  s.from = read_number(r, "from", config, is_known ? gateway->settings.source : config.line_as_written);
  s.to = read_number(r, "to", config, config.line_as_written);
  if (!s.from.empty() && s.from == s.to && is_known && gateway->settings.adapter != "sandbox")
    r.fault("from",
            "must be another number than the line: a message centre sends no line's texts back to it");
  if (!s.to.empty() && std::ranges::find(config.lines, s.to) == config.lines.end())
    r.fault("to", "must be the hotline's line, which reports come to");
  s.every = seconds(r, "every_s", 60, 7 * day_s, s.every);
  s.within = seconds(r, "within_s", 10, day_s, s.within);
  if (s.within >= s.every) r.fault("within_s", "must be less than every_s");
  config.watch.synthetic = std::move(s);
}

}  // namespace

void read_watch(config::Reader& top, Config& config) {
  top.table("watch", [&](config::Reader& r) {
    read_heartbeat(r, config.watch);
    config.watch.gateway_down = seconds(r, "gateway_down_s", 0, day_s, config.watch.gateway_down);
    read_silence(r, config.watch);
    r.table("synthetic", [&](config::Reader& s) { read_synthetic(s, config); });
  });
}

}  // namespace tongdai::app
