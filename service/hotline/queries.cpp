#include "hotline/queries.hpp"

namespace tongdai::hotline {
namespace {

constexpr std::string_view select_names =
    "SELECT COALESCE(u.code, ''), COALESCE(u.name, ''), COALESCE(f.name, ''), c.language, "
    "COALESCE(r.state, 'open'), (SELECT MAX(i.received_at) FROM case_text t JOIN inbound i ON i.id = "
    "t.inbound_id WHERE t.case_id = c.id), (SELECT MIN(k.limit_at) FROM case_clock k WHERE k.case_id = c.id "
    "AND k.state IN ('running', 'warned', 'overdue')), EXISTS (SELECT 1 FROM case_call_back b WHERE "
    "b.case_id = c.id AND b.state = 'needed') FROM hotline_case c LEFT JOIN unit u ON u.id = c.unit_id LEFT "
    "JOIN facility f ON f.id = c.owner_id LEFT JOIN relay r ON r.case_id = c.id WHERE c.id = $1";
constexpr std::string_view select_asked =
    "SELECT f.name FROM referral r JOIN facility f ON f.id = r.facility_id WHERE r.case_id = $1 AND r.state "
    "= 'alerted' ORDER BY r.step";
constexpr std::string_view select_referral_views =
    "SELECT r.step, r.track, f.name, r.state, r.why, r.alerted_at, r.answered_at, r.accepted_at, r.left_at "
    "FROM referral r JOIN facility f ON f.id = r.facility_id WHERE r.case_id = $1 ORDER BY r.step";
constexpr std::string_view select_facility_name = "SELECT name FROM facility WHERE id = $1";
constexpr std::string_view select_left_out =
    "SELECT f.name, o.why FROM plan_left_out o JOIN facility f ON f.id = o.facility_id WHERE o.case_id = $1 "
    "ORDER "
    "BY f.name";
constexpr std::string_view select_timeline =
    "SELECT e.at, e.kind, COALESCE(f.name, ''), unseal(c.key_id, e.sealed_detail, e.detail) FROM case_event "
    "e "
    "JOIN hotline_case c ON c.id = e.case_id LEFT JOIN facility f ON f.id = e.facility_id WHERE e.case_id = "
    "$1 "
    "ORDER BY e.id";
constexpr std::string_view select_ids =
    "SELECT id FROM (SELECT id, CASE urgency WHEN 'critical' THEN 0 WHEN 'high' THEN 1 ELSE 2 END AS place "
    "FROM hotline_case WHERE ($1 IS NULL OR state = $1)) AS placed "
    "WHERE place > $2 OR (place = $2 AND id > $3) ORDER BY place, id LIMIT $4";
// The first term is the index's own: closed cases are not read.
constexpr std::string_view select_waiting =
    "SELECT COUNT(*), COALESCE(SUM(CASE WHEN EXISTS (SELECT 1 FROM referral r WHERE r.case_id = c.id AND "
    "r.state = "
    "'timed_out') THEN 1 ELSE 0 END), 0) FROM hotline_case c WHERE c.state <> 'closed' AND c.state = 'open'";
constexpr std::string_view select_counts = "SELECT state, COUNT(*) FROM hotline_case GROUP BY state";

CaseView with_names(storage::Tx& tx, Case c) {
  CaseView view;
  tx.each(
      select_names,
      [&](const storage::Row& row) {
        view.unit_code = row.text(0);
        view.unit_name = row.text(1);
        view.owner = row.text(2);
        view.language = row.text(3);
        view.thread = row.get<RelayState>(4);
        view.heard_at = row.get<std::optional<TimePoint>>(5);
        view.limit_at = row.get<std::optional<TimePoint>>(6);
        view.waits_for_call = row.get<bool>(7);
      },
      c.id);
  view.asked = tx.all(select_asked, [](const storage::Row& row) { return row.text(0); }, c.id);
  view.c = std::move(c);
  return view;
}

}  // namespace

std::optional<CaseView> show_case(storage::Tx& tx, std::string_view code) {
  auto c = find_case(tx, code);
  if (!c) return std::nullopt;
  CaseView view = with_names(tx, std::move(*c));
  view.referrals = tx.all(
      select_referral_views,
      [](const storage::Row& row) {
        return ReferralView{row.get<int>(0),
                            row.get<int>(1),
                            row.text(2),
                            row.get<ReferralState>(3),
                            row.text(4),
                            row.get<std::optional<TimePoint>>(5),
                            row.get<std::optional<TimePoint>>(6),
                            row.get<std::optional<TimePoint>>(7),
                            row.get<std::optional<TimePoint>>(8)};
      },
      view.c.id);
  view.timeline = tx.all(
      select_timeline,
      [](const storage::Row& row) {
        return TimelineEntry{row.get<TimePoint>(0), row.text(1), row.text(2), row.text(3)};
      },
      view.c.id);
  view.call_back = call_back_of(tx, view.c.id);
  view.suggestions = recognition::suggestions(tx, view.c.id);
  view.clocks = clocks_of(tx, view.c.id);
  for (Track& t : tracks_of(tx, view.c.id)) {
    std::string owner = tx.value<std::string>(select_facility_name, t.owner).value_or("");
    view.tracks.push_back({std::move(t), std::move(owner)});
  }
  view.left_out = tx.all(
      select_left_out, [](const storage::Row& row) { return LeftOut{row.text(0), row.text(1)}; }, view.c.id);
  return view;
}

std::vector<CaseView> list_cases(storage::Tx& tx, std::optional<CaseState> state, CasePlace after,
                                 int limit) {
  std::vector<CaseView> views;
  for (const CaseId id : tx.all(
           select_ids, [](const storage::Row& row) { return row.get<CaseId>(0); }, state, after.urgency,
           after.id, limit)) {
    if (auto c = find_case(tx, id)) views.push_back(with_names(tx, std::move(*c)));
  }
  return views;
}

CaseCounts count_cases(storage::Tx& tx) {
  CaseCounts counts;
  tx.each(select_counts, [&](const storage::Row& row) {
    switch (row.get<CaseState>(0)) {
      case CaseState::open:
        counts.open = row.integer(1);
        break;
      case CaseState::accepted:
        counts.accepted = row.integer(1);
        break;
      case CaseState::closed:
        counts.closed = row.integer(1);
        break;
    }
  });
  return counts;
}

Waiting count_waiting(storage::Tx& tx) {
  return tx
      .first(select_waiting, [](const storage::Row& row) { return Waiting{row.integer(0), row.integer(1)}; })
      .value_or(Waiting{});
}

}  // namespace tongdai::hotline
