#include "hotline/coverage_watch.hpp"

#include <algorithm>

#include "text/fold.hpp"

namespace tongdai::hotline {
namespace {

constexpr std::size_t named_max = 4;  // in one text; the rest is in the report

constexpr std::string_view select_told =
    "SELECT 1 FROM coverage_told WHERE unit_id = $1 AND service = $2 AND from_at <= $3 AND to_at >= $3";
constexpr std::string_view delete_told = "DELETE FROM coverage_told";
constexpr std::string_view insert_told =
    "INSERT INTO coverage_told (unit_id, service, from_at, to_at) VALUES ($1, $2, $3, $4)";

/// "Xa Than Uyen (noi tam lanh) tu 2026-11-25 17:00".
std::string shown(const Desk& desk, const directory::Gap& gap) {
  std::string what = text::strip_accents(gap.unit_name);
  if (!gap.service.empty()) {
    const auto name = desk.words.service_names.find(gap.service);
    what += " (" + (name == desk.words.service_names.end() ? gap.service : name->second) + ")";
  }
  return what + " tu " + desk.zone.print(gap.from);
}

}  // namespace

directory::CoverageTerms terms_of_watch(const Settings& settings, TimePoint now) {
  directory::CoverageTerms terms{now, now + coverage_ahead};
  terms.services = {""};
  terms.services.insert(terms.services.end(), settings.watched_services.begin(),
                        settings.watched_services.end());
  terms.is_served_only = true;
  return terms;
}

std::size_t warn_of_gaps(storage::Tx& tx, Desk& desk, const std::vector<directory::Gap>& gaps,
                         TimePoint now) {
  std::vector<std::string> fresh;
  for (const directory::Gap& gap : gaps) {
    if (!tx.value<int>(select_told, gap.unit_id, gap.service, gap.from)) fresh.push_back(shown(desk, gap));
  }
  // Only what stands: a gap that was closed and opens again is told again.
  tx.run(delete_told);
  for (const directory::Gap& gap : gaps) tx.run(insert_told, gap.unit_id, gap.service, gap.from, gap.to);
  if (fresh.empty()) return 0;
  desk.log.alarm("nobody will be on duty for an area", {{"gaps", static_cast<std::int64_t>(fresh.size())}});
  std::string areas;
  for (std::size_t i = 0; i < std::min(fresh.size(), named_max); ++i)
    areas += (areas.empty() ? "" : "; ") + fresh[i];
  if (fresh.size() > named_max) areas += "; va " + std::to_string(fresh.size() - named_max) + " noi khac";
  page_desk(tx, desk, fill(desk.words.facility.at("coverage_gap"), {{"areas", areas}}), now);
  return fresh.size();
}

}  // namespace tongdai::hotline
