#include "campaigns/series.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "campaigns/control.hpp"
#include "campaigns/spec_parts.hpp"
#include "directory/number_lists.hpp"

namespace tongdai::campaigns {
namespace {

using S = CampaignState;
using E = CampaignEvent;

constexpr std::string_view insert_series =
    "INSERT INTO campaign_series (id, title, author, created_at) VALUES ($1, $2, $3, $4)";
constexpr std::string_view update_campaign = "UPDATE campaign SET series_id = $2 WHERE id = $1";
constexpr std::string_view select_one =
    "SELECT id, title, author, created_at FROM campaign_series WHERE id = $1";
constexpr std::string_view select_list =
    "SELECT id, title, author, created_at FROM campaign_series ORDER BY id DESC LIMIT $1";

Series to_series(const storage::Row& row) {
  return {row.get<SeriesId>(0), row.text(1), row.text(2), row.get<TimePoint>(3)};
}

text::Date next_day(text::Date date) {
  return std::chrono::sys_days{date} + std::chrono::days{1};
}

/// The days of a repeat, at most one more than a series may have.
std::vector<text::Date> days_of(const Repeat& repeat, text::Date first) {
  if (!repeat.until) return repeat.dates;
  std::vector<text::Date> days;
  for (text::Date day = first; day <= *repeat.until && days.size() <= steps_max; day = next_day(day)) {
    const std::chrono::weekday weekday{std::chrono::sys_days{day}};
    if (repeat.on[weekday.c_encoding()]) days.push_back(day);
  }
  return days;
}

std::vector<SpecStep> steps_of(const Spec& spec, const Almanac& almanac, config::Faults& faults) {
  const text::Date first = text::date_of(almanac.zone.local(spec.schedule.start));
  const auto fault = [&](std::string_view key, std::string what) {
    faults.push_back({fmt::format("schedule.repeat.{}", key), 0, std::move(what)});
  };
  const char* const last_key = spec.repeat->until ? "until" : "dates";
  std::vector<SpecStep> steps;
  for (const text::Date day : days_of(*spec.repeat, first)) {
    if (day < first) {
      fault("dates", fmt::format("{} is before schedule.start", text::print(day)));
      continue;
    }
    if (spec.schedule.skip_holidays && almanac.holidays->on(day)) continue;
    steps.push_back({fmt::format("{} {}", spec.title, text::print(day)),
                     std::max(text::begin_of(day, almanac.zone), spec.schedule.start),
                     text::begin_of(next_day(day), almanac.zone),
                     {}});
  }
  if (steps.size() > steps_max)
    fault(last_key, fmt::format("makes more than {} campaigns: split it into several series", steps_max));
  if (steps.empty() && faults.empty()) fault(last_key, "no such day is left from schedule.start on");
  return steps;
}

std::vector<SpecStep> drips_of(const Spec& spec, const std::vector<text::Date>& list_days,
                               const Almanac& almanac, config::Faults& faults) {
  const auto fault = [&](std::string what) {
    faults.push_back({"schedule.drip.column", 0, std::move(what)});
  };
  const text::Date first = text::date_of(almanac.zone.local(spec.schedule.start));
  std::vector<SpecStep> steps;
  for (const text::Date day : list_days) {
    const text::Date at = std::chrono::sys_days{day} + std::chrono::days{spec.drip->days};
    if (at < first) continue;
    if (spec.schedule.skip_holidays && almanac.holidays->on(at))
      fault(fmt::format("{} would go out on {}, a holiday that is skipped: nobody would get it",
                        text::print(day), text::print(at)));
    steps.push_back({fmt::format("{} {}", spec.title, text::print(at)),
                     std::max(text::begin_of(at, almanac.zone), spec.schedule.start),
                     text::begin_of(next_day(at), almanac.zone),
                     {},
                     directory::day_key(spec.drip->column, day)});
  }
  if (steps.size() > steps_max) fault(fmt::format("has more than {} days: split the list", steps_max));
  if (steps.empty()) fault("has no day from schedule.start on: days are written as 2021-11-25 or 25/11/2021");
  return steps;
}

Spec with(const Spec& spec, const SpecStep& step, std::size_t number) {
  Spec one = spec;
  one.steps.clear();
  one.repeat.reset();
  one.drip.reset();
  if (!step.day.empty()) one.audience.days = {step.day};
  one.title = step.title.empty() ? fmt::format("{} ({})", spec.title, number) : step.title;
  one.schedule.start = step.start;
  one.schedule.end = step.end;
  if (!step.texts.empty()) one.texts = step.texts;
  return one;
}

void check_hours(const Spec& spec, std::string_view place, const Almanac& almanac, config::Faults& faults) {
  if (almanac.hours(spec.schedule).next_open(spec.schedule.start) < spec.schedule.end) return;
  faults.push_back({std::string(place), 0,
                    spec.schedule.skip_holidays
                        ? "no window opens between start and end (holidays are skipped)"
                        : "no window opens between start and end"});
}

enum class Concern : std::uint8_t { acts, passed_over };

/// Whether a step in this state takes part. What it cannot do although it takes part, `act` refuses.
Concern concern_of(S state, E event) {
  const bool over = state == S::completed || state == S::cancelled;
  const bool approved = state == S::approved || state == S::running || state == S::paused;
  const auto when = [](bool acts) { return acts ? Concern::acts : Concern::passed_over; };
  switch (event) {
    case E::submit:
      return when(state == S::draft);
    case E::approve:
      return when(!over && !approved);  // a draft among them is named
    case E::reject:
      return when(state == S::submitted);
    case E::pause:
      return when(state == S::approved || state == S::running);
    case E::resume:
      return when(state == S::paused);
    case E::cancel:
      return when(!over);
    default:
      return Concern::passed_over;
  }
}

}  // namespace

std::vector<Spec> plan(const Spec& spec, const Almanac& almanac, config::Faults& faults,
                       const std::vector<text::Date>& list_days) {
  const auto steps = spec.drip     ? drips_of(spec, list_days, almanac, faults)
                     : spec.repeat ? steps_of(spec, almanac, faults)
                                   : spec.steps;
  if (steps.empty()) {
    if (faults.empty()) check_hours(spec, "schedule.windows", almanac, faults);
    return {spec};
  }
  std::vector<Spec> campaigns;
  for (const SpecStep& step : steps) {
    campaigns.push_back(with(spec, step, campaigns.size() + 1));
    // A day of a repeat on which no window opens was not meant; that of a step was.
    if (spec.repeat) {
      if (almanac.hours(spec.schedule).next_open(step.start) >= step.end) campaigns.pop_back();
    } else {
      const std::string place =
          spec.drip ? "schedule.windows" : fmt::format("step[{}]", campaigns.size() - 1);
      check_hours(campaigns.back(), place, almanac, faults);
    }
  }
  if (campaigns.empty()) check_hours(with(spec, steps.front(), 1), "schedule.windows", almanac, faults);
  return campaigns;
}

CreatedSeries create_series(storage::Tx& tx, IdSource& ids, std::string_view title,
                            const std::vector<Spec>& steps, std::string_view author, TimePoint now,
                            config::Faults& faults) {
  CreatedSeries created{ids.next<SeriesTag>(), {}};
  for (const Spec& step : steps) {
    const CampaignId id = create(tx, ids, step, author, now, faults);  // they share what may be at fault
    if (!faults.empty()) return {};
    tx.run(update_campaign, id, created.id);
    created.steps.push_back(id);
  }
  tx.run(insert_series, created.id, title, author, now);
  return created;
}

std::optional<Series> find_series(storage::Tx& tx, SeriesId id) {
  return tx.first(select_one, to_series, id);
}

std::vector<Series> list_series(storage::Tx& tx, int limit) {
  return tx.all(select_list, to_series, limit);
}

Result<std::vector<Campaign>> act_series(storage::Tx& tx, outbox::Messages& messages, SeriesId id, E event,
                                         const Actor& actor, std::string_view comment, TimePoint now) {
  if (!find_series(tx, id)) return fail(Code::not_found, "there is no series " + to_string(id));
  const auto before = of_series(tx, id.value);
  int moved = 0;
  for (const Campaign& c : before) {
    if (concern_of(c.state, event) == Concern::passed_over) continue;
    const auto state = act(tx, messages, c.id, event, actor, comment, now);
    if (!state) {
      if (state.error().code == Code::invalid) return std::unexpected(state.error());  // of the comment
      return fail(state.error().code, fmt::format("step {} \"{}\": {}; no step was changed", to_string(c.id),
                                                  c.title, state.error().what));
    }
    ++moved;
  }
  if (moved == 0) {
    return fail(Code::not_allowed,
                fmt::format("\"{}\" concerns no step of the series as they stand: see each of "
                            "them (tongdai series show {})",
                            name_of(event), to_string(id)));
  }
  return of_series(tx, id.value);
}

}  // namespace tongdai::campaigns
