#include "hotline/ranking.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "directory/capacity.hpp"
#include "directory/facilities.hpp"
#include "hotline/service_lists.hpp"
#include "hotline/tracks.hpp"

namespace tongdai::hotline {
namespace {

constexpr int usual_weight = 50;

constexpr std::string_view select_offered = "SELECT service FROM facility_service WHERE facility_id = $1";

struct Fit {
  directory::FacilityNear near;
  std::vector<std::string> services;
  std::optional<directory::Beds> beds{};
  bool speaks = false;
  bool is_full = false;

  [[nodiscard]] int points(const Weights& w) const {
    return w.service * static_cast<int>(services.size()) - w.distance * near.distance +
           w.facility * (near.weight - usual_weight) / usual_weight + (speaks ? w.language : 0);
  }
};

std::string reason(const Fit& fit) {
  std::string why = fit.services.empty() ? "any service" : join_services(fit.services);
  why += fit.near.distance == 0 ? "; serves the unit"
                                : fmt::format("; serves the area, {} level{} up", fit.near.distance,
                                              fit.near.distance == 1 ? "" : "s");
  if (fit.near.weight != usual_weight) why += fmt::format("; weight {}", fit.near.weight);
  if (fit.speaks) why += "; speaks the language";
  if (fit.beds) why += fmt::format("; {} bed{} free", fit.beds->free, fit.beds->free == 1 ? "" : "s");
  return why;
}

bool needs_beds(const Desk& desk, const std::string& service) {
  return std::ranges::find(desk.settings.bed_services, service) != desk.settings.bed_services.end();
}

/// A house that is full offers what it can without a bed, or nothing.
void look_at_beds(storage::Tx& tx, const Desk& desk, Fit& fit, TimePoint now) {
  if (std::ranges::none_of(fit.services, [&](const auto& s) { return needs_beds(desk, s); })) return;
  fit.beds = directory::beds_of(tx, fit.near.id, now - desk.settings.beds_believed);
  if (!fit.beds || fit.beds->free > 0) return;
  std::erase_if(fit.services, [&](const auto& s) { return needs_beds(desk, s); });
  fit.is_full = fit.services.empty();
}

/// `withheld`: services that nobody may be asked for without the reporter's consent.
std::vector<Fit> fits(storage::Tx& tx, const Case& c, const std::vector<std::string>& services,
                      const std::vector<std::string>& withheld, TimePoint now) {
  std::map<FacilityId, Fit> found;
  for (const std::string& service : services) {
    for (const auto& near : directory::facilities_for(tx, service, c.unit, now)) {
      Fit& fit = found.try_emplace(near.id, Fit{near, {}}).first->second;
      fit.services.push_back(service);
    }
  }
  if (found.empty()) {
    // Nothing recognised, or nobody offers it there: whoever serves the place is better than nobody.
    for (const auto& near : directory::facilities_for(tx, "", c.unit, now)) {
      if (!offers_only(tx, near.id, withheld)) found.try_emplace(near.id, Fit{near, {}});
    }
  }
  std::vector<Fit> all;
  for (auto& [id, fit] : found) all.push_back(std::move(fit));
  return all;
}

}  // namespace

bool offers_only(storage::Tx& tx, FacilityId id, const std::vector<std::string>& services) {
  const auto offered = tx.all(select_offered, [](const storage::Row& row) { return row.text(0); }, id);
  return !offered.empty() && std::ranges::all_of(offered, [&](const auto& s) {
    return std::ranges::find(services, s) != services.end();
  });
}

Ranking rank_facilities(storage::Tx& tx, const Desk& desk, const Case& c,
                        const std::vector<std::string>& services, TimePoint now) {
  Ranking ranking;
  if (c.place != Place::known) return ranking;
  const std::string language = language_of(tx, c.id);
  std::vector<Fit> all = fits(tx, c, services, withheld_services(tx, desk, c.id), now);
  for (Fit& fit : all) {
    fit.speaks =
        !language.empty() && std::ranges::find(fit.near.languages, language) != fit.near.languages.end();
    look_at_beds(tx, desk, fit, now);
  }
  const Weights& weights = desk.settings.weights;
  std::ranges::sort(all, {}, [&](const Fit& fit) { return std::pair(-fit.points(weights), fit.near.id); });
  for (const Fit& fit : all) {
    if (fit.near.id == desk.duty_desk) continue;
    if (in_conflict(tx, c.id, fit.near.id)) {
      ranking.left_out.push_back({fit.near.id, "connected to the alleged perpetrator"});
    } else if (fit.is_full) {
      ranking.left_out.push_back(
          {fit.near.id, "no bed is free, as they said at " + desk.zone.print(fit.beds->told_at)});
    } else if (ranking.chosen.size() >= static_cast<std::size_t>(desk.settings.facilities_max)) {
      ranking.left_out.push_back({fit.near.id, "the plan is long enough without it; " + reason(fit)});
    } else {
      ranking.chosen.push_back({fit.near.id, reason(fit)});
    }
  }
  return ranking;
}

}  // namespace tongdai::hotline
