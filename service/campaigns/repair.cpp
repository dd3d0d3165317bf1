#include "campaigns/repair.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "campaigns/audience.hpp"
#include "campaigns/refusals.hpp"
#include "outbox/campaign_door.hpp"

namespace tongdai::campaigns {
namespace {

using outbox::MessageEvent;
using outbox::MessageState;

constexpr std::string_view doubt = "the record of it was lost";

constexpr std::string_view count_messages_by_state =
    "SELECT state, COUNT(*) FROM message WHERE campaign_id = $1 GROUP BY state";
constexpr std::string_view select_last_message =
    "SELECT MAX(campaign_seq) FROM message WHERE campaign_id = $1";
constexpr std::string_view select_handed_over =
    "SELECT COALESCE(SUM(open), 0), COALESCE(MAX(last_seq), 0) FROM message_handover WHERE campaign_id = $1";
// Each person, with their message if there is one, and whether they are in a gateway's hands.
constexpr std::string_view select_people =
    "SELECT r.seq, r.recipient, r.state, COALESCE(m.id, 0), CASE WHEN m.id IS NULL AND r.seq <= $2 AND "
    "r.state = "
    "'pending' THEN EXISTS (SELECT 1 FROM message_handover h WHERE h.campaign_id = $1 AND r.seq BETWEEN "
    "h.first_seq "
    "AND h.last_seq) ELSE 0 END FROM campaign_recipient r "
    "LEFT JOIN message m ON m.campaign_id = r.campaign_id AND m.campaign_seq = r.seq "
    "WHERE r.campaign_id = $1 ORDER BY r.seq";
constexpr std::string_view select_unlisted =
    "SELECT m.campaign_seq, m.recipient, m.id FROM message m WHERE m.campaign_id = $1 AND NOT EXISTS (SELECT "
    "1 FROM "
    "campaign_recipient r WHERE r.campaign_id = $1 AND r.seq = m.campaign_seq) ORDER BY m.campaign_seq";
constexpr std::string_view insert_unlisted =
    "INSERT INTO campaign_recipient (campaign_id, seq, recipient, text, state) SELECT m.campaign_id, "
    "m.campaign_seq, "
    "m.recipient, COALESCE((SELECT t.ordinal FROM campaign_text t WHERE t.campaign_id = m.campaign_id AND "
    "t.body_id = "
    "m.body_id), 0), 'pending' FROM message m WHERE m.id = $1 ON CONFLICT DO NOTHING";
constexpr std::string_view update_undoubled =
    "UPDATE campaign_recipient SET state = 'pending', reason = '' WHERE campaign_id = $1 AND seq = $2 AND "
    "state <> "
    "'pending'";
// Still as it was found?
constexpr std::string_view select_untraced =
    "SELECT r.text FROM campaign_recipient r WHERE r.campaign_id = $1 AND r.seq = $2 AND r.state = 'pending' "
    "AND NOT EXISTS (SELECT 1 FROM message m WHERE m.campaign_id = $1 AND m.campaign_seq = $2) "
    "AND NOT EXISTS (SELECT 1 FROM message_handover h WHERE h.campaign_id = $1 AND $2 BETWEEN h.first_seq "
    "AND "
    "h.last_seq)";
constexpr std::string_view insert_doubtful =
    "INSERT INTO message (id, purpose, lane, state, recipient, body_id, parts, gateway, pinned, attempts, "
    "not_before, "
    "expires_at, campaign_id, campaign_seq, created_at, submitted_at, updated_at) SELECT $1, 'campaign', "
    "'bulk', "
    "'submitting', r.recipient, t.body_id, b.parts, $4, $5, 1, $6, c.end_at, c.id, r.seq, $6, $6, $6 "
    "FROM campaign c JOIN campaign_recipient r ON r.campaign_id = c.id AND r.seq = $3 "
    "JOIN campaign_text t ON t.campaign_id = c.id AND t.ordinal = r.text JOIN body b ON b.id = t.body_id "
    "WHERE c.id = $2";

void note_finding(Check& check, Finding finding) {
  ++check.found[static_cast<std::size_t>(finding.flaw)];
  if (check.findings.size() < findings_max) check.findings.push_back(std::move(finding));
}

/// What those are who were given up for a campaign that is over.
MessageState end_of(const Campaign& c) {
  return c.state == CampaignState::cancelled ? MessageState::cancelled : MessageState::expired;
}

bool is_live(const Campaign& c, TimePoint now) {
  const bool moves = c.state == CampaignState::approved || c.state == CampaignState::running ||
                     c.state == CampaignState::paused;
  return moves && now < c.schedule.end;
}

/// One of whom something may have left: never sent again by itself (the second and the third promise).
void write_doubtful(storage::Tx& tx, const outbox::Door& door, outbox::Messages& messages, const Campaign& c,
                    const Finding& f, TimePoint now) {
  const auto choice = door.router().choose(outbox::Purpose::campaign, f.phone, c.schedule.gateway);
  const std::string gateway = choice ? choice->gateway : c.schedule.gateway;
  const auto id = messages.ids().next<MessageTag>();
  if (tx.run(insert_doubtful, id, c.id, f.seq, gateway, !c.schedule.gateway.empty(), now) != 1) return;
  outbox::tally(tx, c.id, std::nullopt, MessageState::submitting);
  (void)messages.apply(tx, id, MessageEvent::lost_sight, doubt, now);
}

/// Deals with those of whom there is no trace.
class Untraced {
 public:
  Untraced(storage::Tx& tx, const outbox::Door& door, outbox::Messages& messages, const Campaign& c,
           TimePoint now)
      : tx_(tx),
        messages_(messages),
        campaign_(c),
        texts_(texts(tx, c.id)),
        admission_(door, tx,
                   {c.id, c.schedule.end, c.klass == Class::advertising, c.schedule.gateway,
                    outbox::suspended_until},
                   any_, now),
        door_(door),
        now_(now) {}

  void deal_with(const Finding& f, bool nothing_left, Repaired& repaired) {
    const auto text = tx_.value<int>(select_untraced, campaign_.id, f.seq);
    if (!text) return;
    if (!nothing_left) {
      write_doubtful(tx_, door_, messages_, campaign_, f, now_);
      ++repaired.uncertain;
    } else if (!is_live(campaign_, now_)) {
      set_refused(tx_, campaign_.id, f.seq, end_of(campaign_), "passed over, and the campaign is over");
      ++repaired.ended;
    } else if (const auto passage =
                   admission_.look(f.phone, texts_.at(static_cast<std::size_t>(*text)).rendered)) {
      admission_.enqueue(*passage, f.phone, f.seq, outbox::suspended_until);  // the pump releases it
      ++repaired.queued;
    } else {
      set_refused(tx_, campaign_.id, f.seq, state_for(passage.error().why), name_of(passage.error().why));
      ++repaired.refused;
    }
  }

 private:
  storage::Tx& tx_;
  outbox::Messages& messages_;
  const Campaign& campaign_;
  std::vector<CampaignText> texts_;
  std::vector<std::string> any_;
  outbox::CampaignDoor admission_;
  const outbox::Door& door_;
  TimePoint now_;
};

void count_rows(storage::Tx& tx, Check& check, CampaignId id) {
  const auto add = [&check](MessageState state, std::int64_t n) {
    check.rows[static_cast<std::size_t>(state)] += n;
  };
  tx.each(
      count_messages_by_state,
      [&](const storage::Row& row) { add(row.get<MessageState>(0), row.integer(1)); }, id);
  tx.each(
      select_handed_over,
      [&](const storage::Row& row) {
        add(MessageState::submitting, row.integer(0));
        check.last_trace = row.integer(1);
      },
      id);
  const auto last = tx.value<std::optional<std::int64_t>>(select_last_message, id).value_or(std::nullopt);
  check.last_trace = std::max(check.last_trace, last.value_or(0));
}

void look_at_people(storage::Tx& tx, Check& check, CampaignId id, const std::vector<std::int64_t>& unlisted) {
  std::int64_t next = 1;
  const auto gap_before = [&](std::int64_t seq) {
    for (; next < seq; ++next)
      if (!std::ranges::binary_search(unlisted, next)) note_finding(check, {next, Flaw::lost, {}, {}});
    next = seq + 1;
  };
  tx.each(
      select_people,
      [&](const storage::Row& row) {
        const std::int64_t seq = row.integer(0);
        gap_before(seq);
        const std::string state = row.text(2);
        const auto message = row.get<MessageId>(3);
        const auto flaw = [&](Flaw flaw) { note_finding(check, {seq, flaw, row.get<Phone>(1), message}); };
        if (state != "pending") {
          if (message) return flaw(Flaw::twice);
          ++check.rows[static_cast<std::size_t>(row.get<MessageState>(2))];
        } else if (message) {
          if (seq > check.cursor) flaw(Flaw::unpassed);
        } else if (seq <= check.cursor && !row.get<bool>(4)) {
          flaw(Flaw::untraced);
        }
      },
      id, check.cursor);
  gap_before(check.audience + 1);
}

}  // namespace

bool Check::is_sound() const {
  return tally_agrees() && std::accumulate(found.begin(), found.end(), std::int64_t{0}) == 0;
}

Check check(storage::Tx& tx, const Campaign& c) {
  Check check;
  check.audience = c.audience;
  check.cursor = c.cursor;
  check.tally = outbox::count_messages(tx, c.id);
  count_rows(tx, check, c.id);
  std::vector<std::int64_t> unlisted;
  tx.each(
      select_unlisted,
      [&](const storage::Row& row) {
        unlisted.push_back(row.integer(0));
        note_finding(check, {row.integer(0), Flaw::unlisted, row.get<Phone>(1), row.get<MessageId>(2)});
      },
      c.id);
  look_at_people(tx, check, c.id, unlisted);
  std::ranges::sort(check.findings, {}, &Finding::seq);
  return check;
}

void begin_repair(storage::Tx& tx, const Campaign& c, const Check& found, Repaired& repaired) {
  if (c.cursor < found.last_trace) set_cursor(tx, c.id, found.last_trace);
  for (const Finding& f : found.findings) {
    if (f.flaw == Flaw::unlisted) repaired.relisted += tx.run(insert_unlisted, f.message);
    if (f.flaw == Flaw::twice) repaired.undoubled += tx.run(update_undoubled, c.id, f.seq);
  }
  tx.changed("campaign", c.id.value);
}

void repair_step(storage::Tx& tx, const outbox::Door& door, outbox::Messages& messages, CampaignId id,
                 const Check& found, std::size_t from, bool nothing_left, Repaired& repaired, TimePoint now) {
  const auto c = find(tx, id);
  if (!c) return;
  Untraced untraced(tx, door, messages, *c, now);
  const std::size_t to = std::min(from + repair_step_findings, found.findings.size());
  for (std::size_t i = from; i < to; ++i) {
    const Finding& f = found.findings[i];
    if (f.flaw == Flaw::untraced) untraced.deal_with(f, nothing_left, repaired);
  }
  tx.changed("campaign", id.value);
}

void end_repair(storage::Tx& tx, IdSource& ids, const Campaign& c, const Actor& actor, const Check& first,
                bool all_dealt_with, const Repaired& r, TimePoint now) {
  for (std::size_t i = 0; all_dealt_with && i < first.rows.size(); ++i) {
    // What moved since the check was added to both: the difference stands.
    if (first.rows[i] != first.tally[i])
      outbox::tally(tx, c.id, std::nullopt, static_cast<MessageState>(i), first.rows[i] - first.tally[i]);
  }
  note(tx, ids, c, actor.name,
       fmt::format("repaired: {} queued, {} refused, {} ended, {} uncertain, {} relisted, {} undoubled",
                   r.queued, r.refused, r.ended, r.uncertain, r.relisted, r.undoubled),
       now);
}

}  // namespace tongdai::campaigns
