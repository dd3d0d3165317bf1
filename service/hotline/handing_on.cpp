#include "hotline/handing_on.hpp"

#include <algorithm>

#include "directory/facilities.hpp"
#include "text/fold.hpp"

namespace tongdai::hotline {
namespace {

constexpr std::string_view select_name = "SELECT name FROM facility WHERE id = $1";

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

std::optional<std::vector<FacilityId>> whom_to_ask(storage::Tx& tx, const Desk& desk, const Case& c,
                                                   FacilityId from, std::string_view words, TimePoint now) {
  if (words.empty()) return std::vector<FacilityId>{};
  if (const auto service = service_named(desk.words, words)) {
    auto all = who_offers(tx, desk, c, *service, from, now);
    return all.empty() ? std::nullopt : std::optional(std::move(all));
  }
  auto called = who_is_called(tx, c, words, from, now);
  return called.size() == 1 ? std::optional(std::move(called)) : std::nullopt;
}

}  // namespace tongdai::hotline
