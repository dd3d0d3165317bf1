#include "hotline/handing_on.hpp"

#include <algorithm>

#include "directory/facilities.hpp"
#include "hotline/ranking.hpp"
#include "hotline/tracks.hpp"
#include "text/fold.hpp"

namespace tongdai::hotline {
namespace {

constexpr std::string_view select_name = "SELECT name FROM facility WHERE id = $1";

std::unexpected<Error> no_consent() {
  return fail(Code::refused, "to: the reporter did not agree to this service; record the consent first");
}

std::optional<std::string> service_named(const Words& known, std::string_view words) {
  for (const auto& [service, name] : known.service_names) {
    if (text::fold(service) == words || text::fold(name) == words) return service;
  }
  return std::nullopt;
}

std::vector<FacilityId> who_offers(storage::Tx& tx, const Desk& desk, const Case& c,
                                   const std::string& service, FacilityId from, TimePoint now) {
  std::vector<FacilityId> all;
  for (const auto& near : directory::facilities_for(tx, service, c.unit, now)) {
    if (near.id != from && !in_conflict(tx, c.id, near.id)) all.push_back(near.id);
    if (all.size() >= static_cast<std::size_t>(desk.settings.facilities_max)) break;
  }
  return all;
}

std::vector<FacilityId> who_is_called(storage::Tx& tx, const Case& c, std::string_view words, FacilityId from,
                                      TimePoint now) {
  std::vector<FacilityId> all;
  for (const auto& near : directory::facilities_for(tx, "", c.unit, now)) {
    if (near.id == from || in_conflict(tx, c.id, near.id)) continue;
    const std::string name = text::fold(tx.value<std::string>(select_name, near.id).value_or(""));
    if (name == words) return {near.id};
    if (text::contains_words(name, words)) all.push_back(near.id);
  }
  return all;
}

}  // namespace

Result<std::vector<FacilityId>> whom_to_ask(storage::Tx& tx, const Desk& desk, const Case& c, FacilityId from,
                                            std::string_view words, TimePoint now) {
  if (words.empty()) return std::vector<FacilityId>{};
  const auto withheld = withheld_services(tx, desk, c.id);
  const auto service = service_named(desk.words, words);
  if (service && std::ranges::find(withheld, *service) != withheld.end()) return no_consent();
  auto all = service ? who_offers(tx, desk, c, *service, from, now) : who_is_called(tx, c, words, from, now);
  if (all.empty() || (!service && all.size() > 1)) {
    return fail(Code::invalid,
                "to: must be a service or a part of one facility's name that serves the place");
  }
  if (!service && offers_only(tx, all.front(), withheld)) return no_consent();
  return all;
}

}  // namespace tongdai::hotline
