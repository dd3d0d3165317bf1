#include "campaigns/forecast.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "campaigns/canary.hpp"
#include "campaigns/filling.hpp"
#include "campaigns/fitness.hpp"
#include "campaigns/rendering.hpp"
#include "campaigns/survey.hpp"
#include "campaigns/tariff.hpp"
#include "text/fold.hpp"
#include "text/template_meter.hpp"

namespace tongdai::campaigns {
namespace {

/// Whose values make a text the longest, among those who get it alike.
struct Longest {
  std::string fill;
  text::Measure measure{};
  bool strips = false;
  bool is_known = false;

  [[nodiscard]] bool is_below(const text::Measure& m) const {
    return !is_known || std::tuple(m.parts, m.units) > std::tuple(measure.parts, measure.units);
  }
};

/// One text on its way to everybody who gets it.
class Running {
 public:
  explicit Running(const Rendering::Variant& v)
      : variant_(v), meters_{{{v.words, v.strips()}, {v.words, true}}} {}

  text::Measure measure(const std::string& fill, const Destination& to) {
    const bool is_plain = variant_.words.is_plain();
    const std::size_t way = to.strips ? 1 : 0;
    if (is_plain && plain_[way]) return *plain_[way];
    Rendering::values(variant_, fill, values_);
    const text::Measure m = meters_[way].measure(values_);
    // Carriers' limits go by the encoding as well: what they refuse need not be the longest of all.
    Longest& longest = longest_[way][m.encoding == text::Encoding::ucs2 ? 1 : 0];
    if (longest.is_below(m)) longest = {fill, m, to.strips, true};
    if (is_plain) {
      plain_[way] = m;
    } else if (to.has_route && !to.limits->forbidden.empty()) {
      note_forbidden(fill, to);
    }
    return m;
  }

  [[nodiscard]] const Rendering::Variant& variant() const noexcept { return variant_; }
  /// Of all, as it is sent.
  [[nodiscard]] Longest longest() const {
    Longest most;
    for (const auto& way : longest_) {
      for (const Longest& l : way)
        if (l.is_known && most.is_below(l.measure)) most = l;
    }
    return most;
  }
  /// Values to try the text with at a gateway: what it would refuse, and the longest of those who get it so.
  [[nodiscard]] std::vector<std::string> trials(const outbox::Router::Choice& at) const {
    std::vector<std::string> fills;
    if (const auto one = forbidden_.find(at.limits); one != forbidden_.end()) fills.push_back(one->second);
    for (const Longest& l : longest_[at.limits->strips_accents ? 1 : 0])
      if (l.is_known) fills.push_back(l.fill);
    if (fills.empty()) fills.push_back(longest().fill);
    return fills;
  }

 private:
  /// In however short a text, somebody's value may hold a character that the carrier refuses.
  void note_forbidden(const std::string& fill, const Destination& to) {
    if (forbidden_.contains(to.limits)) return;
    const auto is_refused = [&](const std::string& value) {
      return text::misfit(value, {}, *to.limits, text::Kind::other).has_value();
    };
    if (std::ranges::any_of(values_, is_refused)) forbidden_.emplace(to.limits, fill);
  }

  const Rendering::Variant& variant_;
  std::array<text::TemplateMeter, 2> meters_;          // as gateways get it that keep accents; that do not
  std::array<std::optional<text::Measure>, 2> plain_;  // of a text that is the same for all
  std::array<std::array<Longest, 2>, 2> longest_;      // by the way it goes, then by encoding
  std::map<const text::Limits*, std::string> forbidden_;
  std::vector<std::string> values_;
};

/// What is left to be sent of a campaign, by gateway.
struct Left {
  std::vector<double> parts;
  std::int64_t recipients = 0;

  [[nodiscard]] double all() const { return std::accumulate(parts.begin(), parts.end(), 0.0); }
};

/// Adds up an audience.
class Sum {
 public:
  Sum(const Campaign& c, const ForecastTerms& terms, const Rendering& rendering, Preview& into)
      : kind_(kind_of(c)), destinations_(terms, c.schedule.gateway), preview_(into) {
    for (const auto& variant : rendering.variants()) texts_.emplace_back(variant);
    for (const GatewayTerms& g : terms.gateways) preview_.gateways.push_back({g.name});
    left_.parts.resize(terms.gateways.size());
  }

  void add(const Surveyed& person) {
    ++preview_.size.audience;
    preview_.size.duplicates += person.again;
    if (!person.reason.empty()) {
      ++preview_.size.exclusions[person.reason];
      return;
    }
    ++preview_.size.by_text[person.text];
    const Destination& to = destinations_.of(person.phone);
    const text::Measure m = texts_.at(static_cast<std::size_t>(person.text)).measure(person.fill, to);
    const auto parts = static_cast<std::int64_t>(m.parts);
    preview_.parts_max = std::max(preview_.parts_max, m.parts);
    if (to.carrier >= preview_.carriers.size()) preview_.carriers.resize(to.carrier + 1);
    count(preview_.carriers[to.carrier], to, m);
    TextPreview& text = preview_.texts.at(static_cast<std::size_t>(person.text));
    ++text.recipients;
    if (person.unit) ++units_[*person.unit];
    if (!to.has_route) {
      ++preview_.no_route;
      return;
    }
    text.parts += parts;
    preview_.parts += parts;
    count(preview_.gateways[to.gateway], to, m);
    if (person.is_over) return;
    left_.parts[to.gateway] += static_cast<double>(parts);
    ++left_.recipients;
  }

  void finish() {
    const auto& names = destinations_.carriers();
    for (std::size_t i = 0; i < preview_.carriers.size(); ++i) preview_.carriers[i].name = names[i];
    const auto by_recipients = [](const Share& a, const Share& b) {
      return std::tuple(-a.recipients, a.name) < std::tuple(-b.recipients, b.name);
    };
    std::ranges::sort(preview_.carriers, by_recipients);
    for (const Share& g : preview_.gateways) preview_.cost += g.cost;
    std::erase_if(preview_.gateways, [](const Share& g) { return g.recipients == 0; });
    std::ranges::sort(preview_.gateways, by_recipients);
  }

  [[nodiscard]] std::vector<Running>& texts() { return texts_; }
  [[nodiscard]] const Left& left() const { return left_; }
  [[nodiscard]] const std::map<UnitId, std::int64_t>& units() const { return units_; }

 private:
  void count(Share& share, const Destination& to, const text::Measure& m) const {
    ++share.recipients;
    if (!to.has_route) return;
    share.parts += static_cast<std::int64_t>(m.parts);
    share.cost += to.price * static_cast<double>(text::charged_parts(m, *to.limits, kind_));
  }

  text::Kind kind_;
  Destinations destinations_;
  Preview& preview_;
  std::vector<Running> texts_;
  Left left_;
  std::map<UnitId, std::int64_t> units_;
};

void describe(TextPreview& text, const Running& running, const Campaign& c, const ForecastTerms& terms) {
  const Longest longest = running.longest();
  const outbox::Body body = Rendering::body(running.variant(), longest.fill, longest.strips);
  text.text = body.text;
  text.measure = text::measure(body.text);
  text.unaccented = text::strip_accents(body.text);
  text.unaccented_measure = text::measure(text.unaccented);
  text.hints = text::hints(body.text);
  for (const auto& choice : terms.router.carriers(outbox::Purpose::campaign, c.schedule.gateway)) {
    text::Measure most{};
    for (const std::string& fill : running.trials(choice)) {
      const auto own = Rendering::body(running.variant(), fill, choice.limits->strips_accents);
      const text::Measure m = text::measure(own.text);
      if (std::tuple(m.parts, m.units) > std::tuple(most.parts, most.units)) most = m;
    }
    text.by_gateway.push_back({choice.gateway, most});
  }
}

/// What a campaign on its way has left, by the gateways that its texts would choose.
Left left_of(storage::Tx& tx, const Campaign& c, const ForecastTerms& terms) {
  Preview ignored;
  const Rendering rendering(tx, c.id);
  ignored.texts.resize(rendering.variants().size());
  Sum sum(c, terms, rendering, ignored);
  survey(tx, c, [&](const Surveyed& person) {
    if (!person.is_over) sum.add(person);
  });
  return sum.left();
}

Stream stream_of(const Campaign& c, const ForecastTerms& terms, std::vector<double> parts, TimePoint now) {
  return {terms.almanac.hours(c.schedule), std::max(c.schedule.start, now), c.schedule.end,
          static_cast<double>(c.schedule.rate), std::move(parts)};
}

/// The other campaigns that are approved or running, and share a gateway with this one.
std::vector<Stream> streams_beside(storage::Tx& tx, const Campaign& c, const ForecastTerms& terms,
                                   const Left& own, TimePoint now, std::vector<Neighbour>& others) {
  std::vector<Stream> beside;
  for (const Campaign& other : live(tx)) {
    const bool overlaps = other.schedule.start < c.schedule.end && c.schedule.start < other.schedule.end;
    if (other.id == c.id || other.state == CampaignState::paused || !other.frozen || !overlaps) continue;
    Left left = left_of(tx, other, terms);
    double shared = 0;
    for (std::size_t g = 0; g < left.parts.size(); ++g) shared += own.parts[g] > 0 ? left.parts[g] : 0;
    if (shared <= 0) continue;
    others.push_back({other.id, other.title, static_cast<std::int64_t>(shared)});
    beside.push_back(stream_of(other, terms, std::move(left.parts), now));
  }
  return beside;
}

std::vector<double> scaled(std::vector<double> parts, double by) {
  for (double& p : parts) p *= by;
  return parts;
}

/// What a campaign may send now, in recipients, and from when on the rest.
struct FirstShare {
  std::int64_t recipients = 0;
  std::optional<TimePoint> rest_from;  ///< nullopt: so long after its last one as the canary waits
};

/// nullopt if nothing keeps the rest back. Whoever resumes a campaign that its canary halted overrules it.
std::optional<FirstShare> first_share(storage::Tx& tx, const Campaign& c, std::int64_t recipients) {
  const auto canary = show_canary(tx, c);
  if (!canary || canary->phase == CanaryPhase::passed || canary->phase == CanaryPhase::halted)
    return std::nullopt;
  if (canary->phase == CanaryPhase::waiting) return FirstShare{0, canary->until};
  const std::int64_t room = c.cursor == 0 ? c.canary.size : canary_room(tx, c);
  if (recipients <= room) return std::nullopt;
  return FirstShare{room, std::nullopt};
}

/// With its first share, and the wait after it, before the rest.
Course play_campaign(const Campaign& c, const std::optional<FirstShare>& first_share,
                     std::vector<Stream> streams, const std::vector<double>& rates, std::int64_t recipients,
                     TimePoint now) {
  if (!first_share || recipients == 0) return play(std::move(streams), rates, now);
  const TimePoint from = streams.front().start;
  const double share = static_cast<double>(first_share->recipients) / static_cast<double>(recipients);
  const std::vector<double> whole = streams.front().parts;
  streams.front().parts = scaled(whole, share);
  const Course first = play(streams, rates, now);
  if (!first.finish) return {std::nullopt, whole};
  streams.front().parts = scaled(whole, 1 - share);
  streams.front().start =
      std::max(from, first_share->rest_from.value_or(std::max(*first.finish, from) + c.canary.wait));
  return play(std::move(streams), rates, now);
}

void time(storage::Tx& tx, Preview& p, const Campaign& c, const ForecastTerms& terms, const Left& left,
          TimePoint now) {
  std::vector<double> rates;
  double rate = 0;
  for (const GatewayTerms& g : terms.gateways) {
    rates.push_back(g.rate_parts_per_s);
    const double parts = left.parts[rates.size() - 1];
    if (parts > 0 || left.all() <= 0) rate += g.rate_parts_per_s;
  }
  p.rate_parts_per_s = c.schedule.rate > 0 ? std::min(rate, static_cast<double>(c.schedule.rate)) : rate;
  auto streams = streams_beside(tx, c, terms, left, now, p.others);
  streams.insert(streams.begin(), stream_of(c, terms, left.parts, now));
  const Course course =
      play_campaign(c, first_share(tx, c, left.recipients), std::move(streams), rates, left.recipients, now);
  p.finish = course.finish;
  if (course.finish || left.all() <= 0) return;
  const double missed = std::accumulate(course.missed.begin(), course.missed.end(), 0.0);
  p.late = std::min(
      left.recipients,
      static_cast<std::int64_t>(std::ceil(missed * static_cast<double>(left.recipients) / left.all())));
}

/// Holidays are decreed anew every year, and a file of last year skips none.
void remark_holidays(Preview& p, const Campaign& c, const Almanac& almanac) {
  if (!c.schedule.skip_holidays) return;
  const auto year_of = [&](TimePoint t) { return text::date_of(almanac.zone.local(t)).year(); };
  for (auto year = year_of(c.schedule.start); year <= year_of(c.schedule.end - Duration{1}); ++year) {
    if (almanac.holidays->knows(year)) continue;
    p.remarks.push_back(
        fmt::format("no holiday of {} is written down, so none of them is skipped: see [campaigns] holidays",
                    static_cast<int>(year)));
  }
}

}  // namespace

Preview preview(storage::Tx& tx, const Campaign& c, const ForecastTerms& terms, TimePoint now) {
  Preview p;
  p.has_cost = static_cast<bool>(terms.price);
  const Rendering rendering(tx, c.id);
  for (const auto& variant : rendering.variants()) p.texts.emplace_back().language = variant.text.language;
  Sum sum(c, terms, rendering, p);
  survey(tx, c, [&](const Surveyed& person) { sum.add(person); });
  sum.finish();
  if (c.frozen) p.size.duplicates = frozen_size(tx, c).duplicates;
  for (std::size_t i = 0; i < p.texts.size(); ++i) {
    const Running& running = sum.texts()[i];
    describe(p.texts[i], running, c, terms);
    const auto trials = [&](const outbox::Router::Choice& at) { return running.trials(at); };
    const auto unfit = unfit_text(c, running.variant(), trials, terms.router);
    p.unfit.insert(p.unfit.end(), unfit.begin(), unfit.end());
  }
  if (!c.frozen) check_placeholders(tx, c.id, p.unfit);
  remark_holidays(p, c, terms.almanac);
  time(tx, p, c, terms, sum.left(), now);
  const TimePoint from = std::max(now, c.schedule.start);
  p.uncovered = uncovered(tx, sum.units(), terms.almanac.hours(c.schedule), from,
                          p.finish.value_or(c.schedule.end), terms.almanac.holidays.get());
  return p;
}

}  // namespace tongdai::campaigns
