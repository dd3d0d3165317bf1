#include "hotline/alert_bundle.hpp"

#include <algorithm>
#include <tuple>

#include "hotline/alert_cap.hpp"
#include "hotline/notices.hpp"
#include "hotline/tracks.hpp"

namespace tongdai::hotline {
namespace {

constexpr std::size_t bundle_min = 3;     // fewer are read better one by one, with what they are about
constexpr std::size_t codes_a_text = 20;  // two parts

constexpr std::string_view insert_carried =
    "INSERT INTO carried_alert (message_id, case_id, referral_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
constexpr std::string_view delete_of_message =
    "DELETE FROM carried_alert WHERE message_id = $1 RETURNING case_id, referral_id";
constexpr std::string_view select_of_referral = "SELECT 1 FROM carried_alert WHERE referral_id = $1 LIMIT 1";
constexpr std::string_view delete_of_case = "DELETE FROM carried_alert WHERE case_id = $1";

}  // namespace

void AlertBundle::send_digest(storage::Tx& tx, const Phone& to, std::span<const Alert> alerts,
                              TimePoint now) {
  const FacilityId facility = alerts.front().facility;
  std::vector<std::string> codes;
  for (const Alert& a : alerts) codes.push_back(a.code);
  const auto id = notify_of_many(tx, desk_, to, codes, facility == desk_.duty_desk, now);
  if (!id) return;
  count_alert(tx, facility, now);
  for (const Alert& a : alerts) {
    tx.run(insert_carried, *id, a.case_id, a.referral);
    reached_[{a.case_id, a.track}] = true;
  }
}

void AlertBundle::send_to(storage::Tx& tx, const Phone& to, std::vector<Alert> alerts, TimePoint now) {
  for (const Alert& a : alerts) {
    reached_.try_emplace({a.case_id, a.track}, false);
    if (a.facility == desk_.duty_desk) pages_.insert({a.case_id, a.track});
  }
  if (alerts.size() < bundle_min) {
    for (const Alert& a : alerts) {
      if (notify_of_one(tx, desk_, to, a, now)) reached_[{a.case_id, a.track}] = true;
    }
    return;
  }
  // The most urgent first; a text is of one facility, as its person may belong to several.
  std::ranges::sort(alerts, {}, [](const Alert& a) { return std::tuple(a.facility, a.urgency, a.referral); });
  for (std::size_t from = 0; from < alerts.size();) {
    std::size_t to_excluded = from;
    while (to_excluded < alerts.size() && to_excluded - from < codes_a_text &&
           alerts[to_excluded].facility == alerts[from].facility) {
      ++to_excluded;
    }
    send_digest(tx, to, std::span(alerts).subspan(from, to_excluded - from), now);
    from = to_excluded;
  }
}

void AlertBundle::send(storage::Tx& tx, TimePoint now) {
  for (auto& [to, alerts] : waiting_) send_to(tx, to, std::move(alerts), now);
  for (const auto& [part, was_reached] : reached_) {
    if (!was_reached && pages_.contains(part)) {  // the desk's timer stands
      desk_.log.alarm("no duty officer can be paged for an open case", {{"case", part.first}});
      continue;
    }
    const auto c = was_reached ? std::nullopt : find_on_track(tx, part.first, part.second);
    if (c && c->state == CaseState::open) set_timer(tx, *c, c->step, now, now);
  }
  waiting_.clear();
  reached_.clear();
  pages_.clear();
}

std::vector<Carried> take_carried(storage::Tx& tx, MessageId digest) {
  return tx.all(
      delete_of_message,
      [](const storage::Row& row) { return Carried{row.get<CaseId>(0), row.get<ReferralId>(1)}; }, digest);
}

bool is_carried(storage::Tx& tx, ReferralId referral) {
  return tx.value<int>(select_of_referral, referral).has_value();
}

void drop_carried(storage::Tx& tx, CaseId id) {
  tx.run(delete_of_case, id);
}

}  // namespace tongdai::hotline
