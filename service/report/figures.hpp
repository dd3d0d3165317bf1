#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "campaigns/accounts.hpp"
#include "campaigns/breakdown.hpp"
#include "hotline/aggregates.hpp"

/// The figures of a report, before they are words: campaigns one by one and together, and the hotline's sums
/// of a period. Of the hotline nothing is read but hotline::aggregate. Each function is one turn of a reader.
namespace tongdai::report {

/// What a part cost, by gateway and carrier of the number.
using PriceOf = std::function<double(const std::string& gateway, const std::string& carrier)>;

struct Terms {
  TimePoint from{},
      to{};  ///< of the hotline's cases, and of the starts of campaigns that are not named; [from, to)
  directory::UnitLevel level{};
  hotline::Interval interval = hotline::Interval::month;
  PriceOf price{};  ///< none: cost is left out
};

struct CampaignFigures {
  CampaignId id;
  std::string title;
  campaigns::Class klass = campaigns::Class::social_policy;
  campaigns::CampaignState state = campaigns::CampaignState::draft;
  TimePoint start{}, end{};          ///< planned
  std::optional<TimePoint> first{};  ///< text that left
  std::optional<TimePoint> last{};
  campaigns::Accounts accounts;
  std::int64_t reached = 0;
  std::int64_t awaiting = 0;  ///< accepted, and a receipt may come
  std::int64_t parts = 0;
  double cost = 0;
  std::int64_t opt_outs = 0;
};

/// Of all campaigns together: those with something in common.
struct ShareFigures {
  std::string key;
  std::string name;
  std::int64_t audience = 0;
  std::int64_t reached = 0;
  std::int64_t parts = 0;
};

struct Figures {
  std::vector<CampaignFigures> campaigns;
  CampaignFigures total;            ///< sums; opt_outs: persons
  std::int64_t people_reached = 0;  ///< by any of them
  std::vector<ShareFigures> by_unit, by_group, by_carrier, by_language;
  bool has_cost = false;
  hotline::Aggregates cases;
};

/// Those that started in the period, oldest first; drafts and what was given up before anybody was chosen are
/// left out.
[[nodiscard]] std::vector<campaigns::Campaign> campaigns_of(storage::Tx& tx, const Terms& terms);
[[nodiscard]] std::vector<campaigns::Campaign> campaigns_of_series(storage::Tx& tx, std::int64_t series);

/// Gathers a report, campaign by campaign.
class Gathering {
 public:
  Gathering(Terms terms, const text::NumberingPlan& plan, const text::TimeZone& zone)
      : terms_(std::move(terms)), plan_(plan), zone_(zone) {
    figures_.has_cost = static_cast<bool>(terms_.price);
  }
  /// Its accounts, parts, cost and opt-outs: some seconds for a million.
  void add_campaign(storage::Tx& tx, const campaigns::Campaign& c);
  /// Its shares. Each some seconds for a million.
  void add_shares(storage::Tx& tx, const campaigns::Campaign& c, campaigns::Dimension by);
  static constexpr std::array dimensions{campaigns::Dimension::unit, campaigns::Dimension::group,
                                         campaigns::Dimension::carrier, campaigns::Dimension::language};
  void add_cases(storage::Tx& tx);
  /// All together, once.
  [[nodiscard]] Figures finish();

 private:
  void add_carriage(storage::Tx& tx, CampaignFigures& figures) const;
  void add_people(storage::Tx& tx, CampaignId id);
  void add_opt_outs(storage::Tx& tx, CampaignFigures& figures);

  Terms terms_;
  const text::NumberingPlan& plan_;
  const text::TimeZone& zone_;
  Figures figures_;
  std::vector<std::uint64_t> people_;    // numbers of those reached, sorted, each once
  std::vector<std::uint64_t> refusers_;  // of those who refused
};

}  // namespace tongdai::report
