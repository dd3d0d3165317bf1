#include "campaigns/spec.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "text/encoding.hpp"
#include "text/fold.hpp"

namespace tongdai::campaigns {
namespace {

constexpr std::chrono::days default_run{31};
constexpr std::size_t title_chars_max = 200;
constexpr std::size_t parts_max = 10;  // a longer blast is a mistake
constexpr std::int64_t rate_max = 100'000;

/// Blasts go out by day, also where the law would let them go at night (Decree 91/2020 Art. 13 for
/// advertising).
const std::vector<std::string> day_hours{"07:00-22:00"};

bool is_language(std::string_view code) {
  return code.size() >= 2 && code.size() <= 3 &&
         std::ranges::all_of(code, [](char c) { return c >= 'a' && c <= 'z'; });
}

void read_text(config::Reader& r, Spec& spec) {
  SpecText text;
  text.language = r.text("language", "vi");
  if (!is_language(text.language)) r.fault("language", "must be an ISO 639 code such as vi, hmn or en");
  text.accents = *from_name<Accents>(r.one_of("accents", {"keep", "strip"}, "keep"));
  text.body = r.text("body");
  const auto parts = text::measure(text.rendered()).parts;
  if (parts > parts_max) r.fault("body", fmt::format("must fit into {} parts, needs {}", parts_max, parts));
  const bool labelled = text.body.starts_with("[QC]") || text.body.starts_with("[AD]");
  if (spec.klass == Class::advertising && !labelled) {
    r.fault("body", "must begin with [QC] or [AD]: the campaign's class is advertising (Decree 91/2020)");
  }
  const bool twice =
      std::ranges::any_of(spec.texts, [&](const SpecText& t) { return t.language == text.language; });
  if (twice) r.fault("language", fmt::format("has a text already: \"{}\"", text.language));
  spec.texts.push_back(std::move(text));
}

void read_windows(config::Reader& r, Spec& spec) {
  auto written = r.texts("windows");
  auto day = text::DayWindows::parse(day_hours);
  auto windows = text::DayWindows::parse(written.empty() ? day_hours : written);
  if (!windows) return r.fault("windows", windows.error().what);
  if (spec.klass == Class::advertising && day && !windows->within(*day)) {
    r.fault("windows", "must lie within 07:00-22:00 for advertising (Decree 91/2020)");
  }
  spec.windows = std::move(*windows);
}

void read_schedule(config::Reader& r, Spec& spec, TimePoint now) {
  spec.start = r.maybe_time("start").value_or(now);
  const TimePoint from = std::max(spec.start, now);
  spec.end = r.maybe_time("end").value_or(from + default_run);
  if (spec.end <= spec.start) r.fault("end", "must be later than start");
  spec.rate = static_cast<int>(r.integer("rate", 1, rate_max, 0));
  read_windows(r, spec);
}

}  // namespace

std::string SpecText::rendered() const {
  return accents == Accents::strip ? text::strip_accents(body) : text::nfc(body);
}

Spec Spec::read(const config::Node& document, TimePoint now, config::Faults& faults) {
  Spec spec;
  config::Reader top(document, "", faults);
  spec.title = top.text("title");
  if (spec.title.size() > title_chars_max)
    top.fault("title", fmt::format("must be at most {} bytes", title_chars_max));
  spec.klass = *from_name<Class>(top.one_of("class", {"social_policy", "advertising", "transactional"}));
  if (!top.has("audience")) top.fault("audience", "is required: groups, units or both");
  top.table("audience", [&](config::Reader& r) {
    spec.groups = r.texts("groups");
    spec.units = r.texts("units");
    spec.exclude_groups = r.texts("exclude_groups");
    if (spec.groups.empty() && spec.units.empty()) r.fault("groups", "is required unless units are given");
  });
  top.tables("text", [&](config::Reader& r, std::size_t) { read_text(r, spec); });
  if (spec.texts.empty()) top.fault("text", "is required: at least one [[text]]");
  if (!top.has("schedule")) {
    spec.start = now;
    spec.end = now + default_run;
    if (auto day = text::DayWindows::parse(day_hours)) spec.windows = std::move(*day);
  }
  top.table("schedule", [&](config::Reader& r) { read_schedule(r, spec, now); });
  return spec;
}

}  // namespace tongdai::campaigns
