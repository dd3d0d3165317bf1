#include "campaigns/forecast.hpp"

#include <algorithm>

#include "text/fold.hpp"

namespace tongdai::campaigns {

std::optional<TimePoint> finish_time(const text::Hours& hours, TimePoint from, TimePoint end,
                                     double seconds) {
  Duration left{static_cast<std::int64_t>(seconds * 1000)};
  for (TimePoint t = hours.next_open(from); t < end; t = hours.next_open(t)) {
    const TimePoint closes = std::min(hours.closes_at(t), end);
    if (left <= closes - t) return t + left;
    left -= closes - t;
    t = closes;
  }
  return std::nullopt;
}

Preview preview(storage::Tx& tx, const Campaign& c, double gateway_rate, const Almanac& almanac,
                TimePoint now) {
  Preview p;
  p.size = measure_audience(tx, c.id);
  for (const CampaignText& t : texts(tx, c.id)) {
    TextPreview v;
    v.language = t.language;
    v.text = SpecText{t.language, t.accents, t.body}.rendered();
    v.measure = text::measure(v.text);
    v.unaccented = text::strip_accents(t.body);
    v.unaccented_measure = text::measure(v.unaccented);
    v.recipients = p.size.by_text[t.ordinal];
    p.parts += v.recipients * static_cast<std::int64_t>(v.measure.parts);
    p.texts.push_back(std::move(v));
  }
  p.rate_parts_per_s =
      c.schedule.rate > 0 ? std::min(gateway_rate, static_cast<double>(c.schedule.rate)) : gateway_rate;
  if (p.rate_parts_per_s > 0) {
    const double seconds = static_cast<double>(p.parts) / p.rate_parts_per_s;
    p.finish =
        finish_time(almanac.hours(c.schedule), std::max(now, c.schedule.start), c.schedule.end, seconds);
  }
  return p;
}

}  // namespace tongdai::campaigns
