#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "campaigns/almanac.hpp"
#include "campaigns/audience.hpp"
#include "text/encoding.hpp"

namespace tongdai::campaigns {

struct TextPreview {
  std::string language;
  std::string text;  ///< as sent
  text::Measure measure;
  std::string unaccented;
  text::Measure unaccented_measure;
  std::int64_t recipients = 0;
};

struct Preview {
  AudienceSize size;
  std::vector<TextPreview> texts;
  std::int64_t parts = 0;
  double rate_parts_per_s = 0;
  std::optional<TimePoint> finish;  ///< nullopt if it would not end before `end`
};

/// What approving it now would do. `gateway_rate` is what the gateways manage together. Any transaction.
[[nodiscard]] Preview preview(storage::Tx& tx, const Campaign& c, double gateway_rate, const Almanac& almanac,
                              TimePoint now);

/// When `seconds` of sending are done if it starts at `from` and only goes on within the hours. Pure.
[[nodiscard]] std::optional<TimePoint> finish_time(const text::Hours& hours, TimePoint from, TimePoint end,
                                                   double seconds);

}  // namespace tongdai::campaigns
