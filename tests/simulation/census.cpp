#include "simulation/census.hpp"

#include <map>

#include "campaigns/accounts.hpp"

namespace tongdai::simulation {
namespace {

constexpr Duration timer_grace = 45s;     // the guarding loops turn every fifteen seconds, some cases a turn
constexpr std::size_t words_shown = 350;  // of a case's words, surely in one text to who accepted it

constexpr std::string_view count_timerless =
    "SELECT COUNT(*) FROM hotline_case WHERE (state <> 'closed') <> (due_at IS NOT NULL)";
constexpr std::string_view count_ownerless =
    "SELECT COUNT(*) FROM hotline_case WHERE (state = 'accepted') <> (owner_id IS NOT NULL) AND state <> "
    "'closed'";
constexpr std::string_view count_late =
    "SELECT COUNT(*) FROM hotline_case WHERE state <> 'closed' AND due_at < $1";
constexpr std::string_view count_without_desk =
    "SELECT COUNT(*) FROM hotline_case c WHERE state <> 'closed' AND NOT EXISTS (SELECT 1 FROM referral r "
    "JOIN facility f ON f.id = r.facility_id WHERE r.case_id = c.id AND f.type = 'duty_desk')";
constexpr std::string_view select_many_owners =
    "SELECT c.code, GROUP_CONCAT(f.name || ' since ' || r.answered_at, ' and ') FROM referral r JOIN "
    "hotline_case c ON c.id = r.case_id JOIN facility f ON f.id = r.facility_id WHERE r.state = 'accepted' "
    "GROUP BY r.case_id, r.track HAVING COUNT(*) > 1";
constexpr std::string_view count_late_tracks =
    "SELECT COUNT(*) FROM case_track WHERE state IN ('open', 'accepted') AND due_at < $1";
constexpr std::string_view count_codes = "SELECT COUNT(*) - COUNT(DISTINCT code) FROM hotline_case";
constexpr std::string_view count_unhandled =
    "SELECT COUNT(*) FROM inbound WHERE state = 'failed' OR (state = 'received' AND received_at < $1)";
constexpr std::string_view select_inbound =
    "SELECT i.dedupe_key, i.kind, i.state, COALESCE(t.case_id, 0) FROM inbound i LEFT JOIN case_text t ON "
    "t.inbound_id = i.id ORDER BY i.id";
constexpr std::string_view select_sent =
    "SELECT m.id, m.state, m.purpose, (SELECT COUNT(*) FROM message_event e WHERE e.message_id = m.id AND "
    "e.state = 'queued' AND (e.reason LIKE 'in doubt%' OR e.reason IN ('no answer', 'link lost', "
    "'stopped'))) FROM message m";
constexpr std::string_view count_tally_off =
    "SELECT COUNT(*) FROM (SELECT state, n FROM message_tally WHERE campaign_id = 0 AND n <> 0 EXCEPT "
    "SELECT state, COUNT(*) FROM message WHERE campaign_id IS NULL GROUP BY state)";
constexpr std::string_view count_lost_relays =
    "SELECT COUNT(*) FROM message WHERE case_id = $1 AND purpose = 'relay_to_facility' AND state IN "
    "('failed', 'expired', 'uncertain', 'cancelled', 'undelivered')";
constexpr std::string_view select_reporters =
    "SELECT t.case_id, i.dedupe_key FROM case_text t JOIN inbound i ON i.id = t.inbound_id ORDER BY "
    "t.case_id";

}  // namespace

void Census::look(Duration steady) {
  check_cases(steady);
  if (steady > timer_grace && window_.count(count_unhandled, stage_.service.now() - timer_grace) > 0)
    stage_.violated("a text stands unhandled");
}

void Census::check_cases(Duration steady) {
  const auto none = [&](const char* what, std::int64_t found) {
    if (found > 0) stage_.violated("{} cases: {}", found, what);
  };
  none("without a timer", window_.count(count_timerless));
  none("without an owner", window_.count(count_ownerless));
  none("whose plan does not end at the desk", window_.count(count_without_desk));
  window_.tx().each(select_many_owners, [&](const storage::Row& row) {
    stage_.violated("case {} has two owners: {}", row.text(0), row.text(1));
  });
  none("of one code", window_.count(count_codes));
  if (steady > timer_grace)
    none("with a track whose timer is late",
         window_.count(count_late_tracks, stage_.service.now() - timer_grace));
  if (steady > timer_grace)
    none("whose timer is late", window_.count(count_late, stage_.service.now() - timer_grace));
}

void Census::close_the_books() {
  if (window_.count("SELECT COUNT(*) FROM hotline_case WHERE state <> 'closed'") > 0)
    stage_.violated("a case never came to its end, though everybody answered");
  check_reports();
  check_owners_of_cases();
  check_sendings();
  check_accounts();
}

void Census::check_reports() {
  struct Row {
    std::string kind, state;
    std::int64_t case_id;
  };
  std::map<const Said*, Row> rows;
  std::map<const Said*, int> times;
  window_.tx().each(select_inbound, [&](const storage::Row& row) {
    const Said* said = ledger_.with_key(row.text(0));
    if (said == nullptr) return stage_.violated("a text is on disk that nobody wrote: {}", row.text(0));
    rows.emplace(said, Row{row.text(1), row.text(2), row.integer(3)});
    if (++times[said] > said->parts)  // a long text whose parts came far apart is several
      stage_.violated("a text stands twice: {}", said->ref);
  });
  for (const Said& said : ledger_.all()) {
    if (!said.taken) continue;
    const auto found = rows.find(&said);
    if (found == rows.end()) {
      stage_.violated("an acknowledged text is lost: {}", said.ref);
      continue;
    }
    const Row& row = found->second;
    if (row.state != "handled") stage_.violated("a text was not handled: {}", said.ref);
    if (said.meaning != Meaning::report) {
      if (said.meaning == Meaning::opt_out && row.kind != "opt_out")
        stage_.violated("a refusal was taken for {}: {}", row.kind, said.ref);
      continue;
    }
    if (row.kind != "report" || row.case_id == 0)
      stage_.violated("a report belongs to no case ({}): {}", row.kind, said.ref);
    else
      check_shown(said, row.case_id);
  }
}

void Census::check_shown(const Said& report, std::int64_t case_id) {
  if (report.token.empty() || oracle_.was_shown(report.token)) return;
  std::size_t bytes = 0;
  window_.tx().each(
      "SELECT i.dedupe_key FROM case_text t JOIN inbound i ON i.id = t.inbound_id WHERE t.case_id = $1",
      [&](const storage::Row& row) {
        if (const Said* said = ledger_.with_key(row.text(0))) bytes += said->bytes + 3;
      },
      case_id);
  if (bytes > words_shown || report.parts_sent < report.parts) return;
  if (window_.count(count_lost_relays, case_id) > 0) return;  // told by the message's own state
  stage_.violated("nobody who can help ever read the words of {}", report.ref);
}

void Census::check_owners_of_cases() {
  std::map<std::int64_t, Phone> reporters;
  window_.tx().each(select_reporters, [&](const storage::Row& row) {
    const Said* said = ledger_.with_key(row.text(1));
    if (said == nullptr) return;
    const auto [place, is_new] = reporters.emplace(row.integer(0), said->by);
    if (place->second != said->by) stage_.violated("two people's texts are in one case: {}", said->ref);
  });
}

void Census::check_sendings() {
  std::unordered_map<std::int64_t, bool> known;
  window_.tx().each(select_sent, [&](const storage::Row& row) {
    const MessageId id = row.get<MessageId>(0);
    const std::string state = row.text(1);
    known[id.value] = true;
    const auto arrived = oracle_.arrivals().find(id);
    const int times = arrived == oracle_.arrivals().end() ? 0 : arrived->second;
    const int allowed = row.text(2) == "campaign" ? 1 : 1 + row.get<int>(3);
    if (times > allowed)
      stage_.violated("message {} ({}) came {} times, {} are allowed", id.value, row.text(2), times, allowed);
    const bool is_sent = state == "accepted" || state == "delivered" || state == "undelivered";
    if (is_sent && times == 0) stage_.violated("message {} is {} and never arrived", id.value, state);
    if (state == "queued" || state == "submitting")
      stage_.violated("message {} ({}) is {} when all is quiet", id.value, row.text(2), state);
    const bool may_arrive = is_sent || state == "uncertain" || row.get<int>(3) > 0;
    if (times > 0 && !may_arrive) stage_.violated("message {} is {} and arrived", id.value, state);
  });
  for (const auto& [id, times] : oracle_.arrivals()) {
    if (!known.contains(id.value)) stage_.violated("message {} arrived and is in no account", id.value);
  }
}

void Census::check_accounts() {
  if (window_.count(count_tally_off) > 0) stage_.violated("the outbox's sums are not those of its rows");
  if (!campaigns::account_of_all(window_.tx()).add_up())
    stage_.violated("the campaign's accounts do not add up");
}

void Census::read_log(const std::string& log) {
  for (const char* fault :
       {"task ended by an exception", "a turn of a loop failed", "a gateway's turn failed",
        "could not be handled", "without owner or timer", "do not add up"}) {
    if (const auto at = log.find(fault); at != std::string::npos)
      stage_.violated("the log says: {}", log.substr(at, log.find('\n', at) - at));
  }
  if (const auto tokens = ledger_.tokens_in(log); !tokens.empty())
    stage_.violated("the log quotes a report: {}", tokens.front());
}

}  // namespace tongdai::simulation
