#include <fmt/format.h>

#include <algorithm>

#include "app/config.hpp"
#include "config/toml_file.hpp"

namespace tongdai::app {
namespace {

constexpr std::int64_t day_s = 24 * 60 * 60;

/// The flow that a line names, read once. Its faults are printed under its own name.
void read_flow(config::Reader& r, const std::string& name, Config& config, std::string& printed) {
  if (config.flows.contains(name)) return;
  const std::filesystem::path file = config.file.parent_path() / name;
  const auto document = config::read_toml_file(file);
  if (!document) {
    printed += document.error().print(file.string()) + "\n";
    return;
  }
  config::Faults faults;
  hotline::Flow flow = hotline::Flow::read(*document, config.words, faults);
  printed += config::print(faults, file.string());
  if (faults.empty()) {
    config.flows.emplace(name, std::move(flow));
  } else {
    r.fault("flow", "has faults of its own");
  }
}

hotline::LinePolicy read_policy(config::Reader& r, Config& config, std::string& printed) {
  hotline::LinePolicy policy;
  const std::string reply = r.one_of("reply", {"none", "acknowledge", "guided"}, name_of(policy.reply));
  policy.reply = from_name<hotline::Reply>(reply).value_or(policy.reply);
  policy.language = r.text("language", policy.language);
  if (policy.reply == hotline::Reply::guided) {
    policy.flow = r.text("flow");
    if (!policy.flow.empty()) read_flow(r, policy.flow, config, printed);
  } else if (r.has("flow")) {
    (void)r.text("flow");
    r.fault("flow", "goes with reply = \"guided\" only");
  }
  return policy;
}

std::optional<Phone> read_number(config::Reader& r, std::string_view key, const Config& config) {
  const std::string written = r.text(key);
  if (written.empty()) return std::nullopt;
  const auto number = config.plan.parse(written);
  if (number) return number->phone;
  r.fault(key, number.error().what);
  return std::nullopt;
}

}  // namespace

void read_lines(config::Reader& r, Config& config, std::string& printed) {
  config.hotline.policy = read_policy(r, config, printed);
  r.tables("lines", [&](config::Reader& line, std::size_t) {
    const auto number = read_number(line, "number", config);
    hotline::LinePolicy policy = read_policy(line, config, printed);
    if (!number) return;
    if (config.hotline.line_policies.contains(*number) ||
        std::ranges::find(config.lines, *number) != config.lines.end())
      line.fault("number", "is there twice");
    config.lines.push_back(*number);
    config.hotline.line_policies.emplace(*number, std::move(policy));
  });
  r.table("contact", [&](config::Reader& c) {
    const auto seconds = [&](std::string_view key, std::int64_t least, Duration fallback) {
      const auto whole = std::chrono::duration_cast<std::chrono::seconds>(fallback).count();
      return std::chrono::seconds{c.integer(key, least, 365 * day_s, whole)};
    };
    config.hotline.silence = seconds("silence_s", 60, config.hotline.silence);
    config.hotline.idle = seconds("idle_s", 60, config.hotline.idle);
    config.hotline.contact_kept = seconds("kept_s", 60, config.hotline.contact_kept);
  });
}

}  // namespace tongdai::app
