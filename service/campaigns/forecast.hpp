#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "campaigns/almanac.hpp"
#include "campaigns/audience.hpp"
#include "campaigns/coverage.hpp"
#include "campaigns/timing.hpp"
#include "config/reader.hpp"
#include "outbox/door.hpp"
#include "text/encoding.hpp"
#include "text/hints.hpp"
#include "text/numbering_plan.hpp"

/// What a campaign would cost, and when it would be done, by the people it is really for.
namespace tongdai::campaigns {

/// A gateway as the forecast needs it.
struct GatewayTerms {
  std::string name;
  double rate_parts_per_s = 0;  ///< 0 while it is paused
};

/// By what the forecast is made. Constant, or asked at the moment.
struct ForecastTerms {
  const outbox::Router& router;
  std::size_t prefix_digits = 0;  ///< after which no route tells two numbers apart
  std::vector<GatewayTerms> gateways;
  const text::NumberingPlan& plan;
  const Almanac& almanac;
  /// What a part to a number of this carrier costs; empty: no prices are known.
  std::function<double(const std::string& gateway, const std::string& carrier)> price;
};

/// A text by how one gateway gets it.
struct GatewayText {
  std::string gateway;
  text::Measure measure;  ///< of the longest
};

struct TextPreview {
  std::string language;
  std::string text;  ///< as sent to whoever gets the longest
  text::Measure measure;
  std::string unaccented;
  text::Measure unaccented_measure;
  std::int64_t recipients = 0;
  std::int64_t parts = 0;               ///< to all of them
  std::vector<text::Hint> hints;        ///< what would make the longest cheaper
  std::vector<GatewayText> by_gateway;  ///< all that may carry it
};

/// Of those who would get a text.
struct Share {
  std::string name;  ///< of the carrier (by prefix; "" unknown) or the gateway
  std::int64_t recipients = 0;
  std::int64_t parts = 0;
  double cost = 0;
};

/// Another campaign that would send through the same gateways at that time.
struct Neighbour {
  CampaignId id;
  std::string title;
  std::int64_t parts = 0;  ///< left there
};

struct Preview {
  AudienceSize size;
  std::vector<TextPreview> texts;
  std::int64_t parts = 0;     ///< to everybody
  std::size_t parts_max = 0;  ///< of one text: the worst case of this audience
  double rate_parts_per_s = 0;
  std::optional<TimePoint> finish;  ///< nullopt if it would not end before `end`
  std::int64_t late = 0;            ///< recipients whose text would miss the end
  std::int64_t no_route = 0;        ///< recipients whom no gateway may carry a text to
  bool has_cost = false;
  double cost = 0;
  std::vector<Share> carriers;  ///< the most recipients first
  std::vector<Share> gateways;
  std::vector<Neighbour> others;
  std::vector<Uncovered> uncovered;
  std::vector<std::string> remarks;  ///< what is allowed, and most likely not meant; a sentence each
  config::Faults
      unfit;  ///< texts that a gateway would refuse, also with the values of somebody in the audience
};

/// What approving it now would do; of one that is approved, what is frozen. Believes no sample: each person
/// is looked at. All gateways that are not paused are taken to be up, and holds are not looked at: nobody
/// learns from a forecast who is left alone. Any transaction.
[[nodiscard]] Preview preview(storage::Tx& tx, const Campaign& c, const ForecastTerms& terms, TimePoint now);

}  // namespace tongdai::campaigns
