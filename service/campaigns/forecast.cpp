#include "campaigns/forecast.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "campaigns/canary.hpp"
#include "campaigns/fitness.hpp"
#include "campaigns/rendering.hpp"
#include "campaigns/survey.hpp"
#include "campaigns/tariff.hpp"
#include "text/fold.hpp"
#include "text/template_meter.hpp"

namespace tongdai::campaigns {
namespace {

/// One text on its way to everybody who gets it.
struct Running {
  const Rendering::Variant& variant;
  text::TemplateMeter kept, stripped;     ///< as gateways get it that keep accents, and that do not
  std::optional<text::Measure> plain[2];  ///< of a text that is the same for all
  std::vector<std::string> values;
  std::string longest;  ///< whose fill makes it so
  text::Measure most{};
  bool has_longest = false;

  explicit Running(const Rendering::Variant& v)
      : variant(v), kept(v.words, v.strips()), stripped(v.words, true) {}

  text::Measure measure(const std::string& fill, bool strip) {
    std::optional<text::Measure>& same = plain[strip ? 1 : 0];
    if (variant.words.is_plain() && same) return *same;
    Rendering::values(variant, fill, values);
    const text::Measure m = (strip ? stripped : kept).measure(values);
    if (variant.words.is_plain()) same = m;
    if (!has_longest || std::tuple(m.parts, m.units) > std::tuple(most.parts, most.units)) {
      most = m;
      longest = fill;
      has_longest = true;
    }
    return m;
  }
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
    if (!person.reason.empty()) {
      ++preview_.size.exclusions[person.reason];
      return;
    }
    ++preview_.size.by_text[person.text];
    const Destination& to = destinations_.of(person.phone);
    const text::Measure m = texts_.at(static_cast<std::size_t>(person.text)).measure(person.fill, to.strips);
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
  const outbox::Body body = Rendering::body(running.variant, running.longest, false);
  text.text = body.text;
  text.measure = text::measure(body.text);
  text.unaccented = text::strip_accents(body.text);
  text.unaccented_measure = text::measure(text.unaccented);
  text.hints = text::hints(body.text);
  for (const auto& choice : terms.router.carriers(outbox::Purpose::campaign, c.schedule.gateway)) {
    const bool strip = choice.limits->strips_accents;
    text.by_gateway.push_back({choice.gateway, strip ? text.unaccented_measure : text.measure});
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

/// With its first share, and the wait after it, before the rest.
Course play_campaign(const Campaign& c, std::vector<Stream> streams, const std::vector<double>& rates,
                     std::int64_t recipients, TimePoint now) {
  const TimePoint from = streams.front().start;
  if (c.canary.size == 0 || recipients <= c.canary.size || c.cursor > 0)
    return play(std::move(streams), rates, now);
  const double first_share = static_cast<double>(c.canary.size) / static_cast<double>(recipients);
  const std::vector<double> whole = streams.front().parts;
  streams.front().parts = scaled(whole, first_share);
  const Course first = play(streams, rates, now);
  if (!first.finish) return {std::nullopt, whole};
  streams.front().parts = scaled(whole, 1 - first_share);
  streams.front().start = std::max(*first.finish, from) + c.canary.wait;
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
  const Course course = play_campaign(c, std::move(streams), rates, left.recipients, now);
  p.finish = course.finish;
  if (course.finish || left.all() <= 0) return;
  const double missed = std::accumulate(course.missed.begin(), course.missed.end(), 0.0);
  p.late = std::min(
      left.recipients,
      static_cast<std::int64_t>(std::ceil(missed * static_cast<double>(left.recipients) / left.all())));
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
  for (std::size_t i = 0; i < p.texts.size(); ++i) {
    const Running& running = sum.texts()[i];
    describe(p.texts[i], running, c, terms);
    const auto unfit = unfit_text(c, running.variant, running.longest, terms.router);
    p.unfit.insert(p.unfit.end(), unfit.begin(), unfit.end());
  }
  time(tx, p, c, terms, sum.left(), now);
  const TimePoint from = std::max(now, c.schedule.start);
  p.uncovered =
      uncovered(tx, sum.units(), terms.almanac.hours(c.schedule), from, p.finish.value_or(c.schedule.end));
  return p;
}

}  // namespace tongdai::campaigns
