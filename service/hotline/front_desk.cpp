#include "hotline/front_desk.hpp"

#include <fmt/format.h>

#include <set>

#include "directory/facilities.hpp"
#include "hotline/commands.hpp"
#include "hotline/conversation/conversation.hpp"
#include "hotline/escalation.hpp"
#include "hotline/law_clock.hpp"
#include "hotline/notices.hpp"
#include "hotline/recognition/suggestions.hpp"
#include "hotline/relay/relay.hpp"
#include "hotline/reporter/thread.hpp"
#include "hotline/service_lists.hpp"
#include "hotline/tracks.hpp"
#include "outbox/suppression.hpp"

namespace tongdai::hotline {
namespace {

/// Does a facility's text say more than an answer would? Then it is a report: its people can be victims too.
bool reads_like_report(storage::Tx& tx, Desk& desk, std::string_view text, TimePoint now) {
  const auto u = recognition::understand(tx, desk, text, now);
  return u.recognition.urgency != Urgency::normal || !u.recognition.services.empty() ||
         u.place != Place::missing;
}

/// The first answer to a report, by the line's policy.
void greet(storage::Tx& tx, Desk& desk, CaseId id, const inbox::InboundText& text, Place place,
           TimePoint now) {
  const Reply reply = desk.settings.policy_of(text.line).reply;
  if (reply == Reply::none) return;
  if (is_no_text(text.text)) {
    answer_reporter(tx, desk, text, id, "text_only", now);
  } else if (place != Place::known) {
    answer_reporter(tx, desk, text, id, "ask_place", now);
  } else if (reply == Reply::acknowledge) {
    answer_reporter(tx, desk, text, id, "acknowledge", now);
  } else if (const auto c = find_case(tx, id)) {
    begin_conversation(tx, desk, *c, text, now);
  }
}

void open_from(storage::Tx& tx, Desk& desk, const inbox::InboundText& text, TimePoint now) {
  const auto u = recognition::understand(tx, desk, text.text, now);
  Opening opening;
  opening.reporter = text.sender;
  opening.urgency = u.recognition.urgency;
  opening.services = u.recognition.services;
  opening.place = u.place;
  opening.unit = u.unit;
  opening.text = text.id;
  const CaseId id = open_case(tx, desk, opening, now);
  recognition::keep_suggestions(tx, desk.ids, id, text.id, u.recognition.findings);
  greet(tx, desk, id, text, u.place, now);
}

void join(storage::Tx& tx, Desk& desk, Case c, const inbox::InboundText& text, TimePoint now) {
  const auto u = recognition::understand(tx, desk, text.text, now);
  add_text(tx, c.id, text.id);
  recognition::keep_suggestions(tx, desk.ids, c.id, text.id, u.recognition.findings);
  add_event(tx, desk.ids, c.id, "text", {}, text.incomplete ? "incomplete" : "", now);
  const Urgency before = c.urgency;
  const Heard heard = hear(tx, desk, c, text, now);
  const bool tells_place = c.place != Place::known && u.place != Place::missing;
  const bool is_news =
      u.recognition.urgency != Urgency::normal || !u.recognition.services.empty() || tells_place;
  const Taken taken = heard == Heard::text && !is_news ? take_answer(tx, desk, c, text, now) : Taken::no;
  if (taken == Taken::word) relay_to_owners(tx, desk, c, text, now);
  if (taken != Taken::no) return;
  c.urgency = std::min(c.urgency, u.recognition.urgency);  // only ever more urgent
  const bool had_place = c.place == Place::known;
  const bool is_planned = had_place || c.state == CaseState::accepted;
  const auto planned = is_planned ? own_services(tx, c) : std::vector<std::string>();
  c.services = merge_services(c.services, u.recognition.services);
  if (!had_place && u.place != Place::missing) {
    c.place = u.place;
    c.unit = u.unit;
  }
  update_facts(tx, c, now);
  start_clocks(tx, desk, c, text.received_at, now);
  split_tracks(tx, desk, c, planned, now);
  open_tracks(tx, desk, c, now);
  if (heard == Heard::text) begin_conversation(tx, desk, c, text, now);
  relay_to_owners(tx, desk, c, text, now);
  if (c.urgency < before) hasten(tx, desk, c.id, now);
  if (c.state == CaseState::open && !had_place && c.place == Place::known) replan(tx, desk, c.id, now);
}

/// No campaigns any more, and nothing to a reporter either; their case goes on.
void refuse_texts(storage::Tx& tx, Desk& desk, const inbox::InboundText& text, TimePoint now) {
  const auto c = case_of_writer(tx, text.sender);
  const bool is_new = outbox::opt_out(tx, text.sender, outbox::OptOutSource::text, now);
  // A confirmation tells whoever holds the phone that they wrote to us: not after a duress word, nor out of
  // hours.
  const bool may_answer =
      !c || reporter_terms(tx, desk, c->id, text.sender, outbox::Purpose::reporter_reply, now).has_value();
  if (is_new && may_answer) answer_reporter(tx, desk, text, {}, "opt_out_confirmed", now);
  if (!c) return;
  add_text(tx, c->id, text.id);
  stop_writing(tx, desk, *c, now);
}

bool from_a_machine(const Desk& desk, const Phone& sender) {
  return sender.is_short_code() || sender.is_alphanumeric() || desk.door.is_own(sender);
}

}  // namespace

inbox::Kind receive_text(storage::Tx& tx, Desk& desk, const inbox::InboundText& text, TimePoint now) {
  if (from_a_machine(desk, text.sender)) return inbox::Kind::none;
  const auto facilities = directory::facilities_by_phone(tx, text.sender);
  if (!facilities.empty()) {
    if (text.recognised.command) {
      const CaseId about =
          obey(tx, desk, text.sender, facilities, *text.recognised.command, text.received_at, now);
      if (about) add_command(tx, about, text.id);
      return inbox::Kind::command;
    }
    // Who has an open case of their own goes on in it.
    const bool is_report =
        open_case_of(tx, text.sender).has_value() || reads_like_report(tx, desk, text.text, now);
    // "Stop" is meant for us, and for nobody's phone.
    if (!text.recognised.opt_out &&
        relay_from_facility(tx, desk, text, facilities, is_report, now) == Relayed::yes)
      return inbox::Kind::command;
    std::set<std::string> codes;
    for (const Referral& r : referrals_of(tx, facilities)) {
      if (const auto c = find_case(tx, r.case_id); c && may_tell(tx, *c, text.sender)) codes.insert(c->code);
    }
    if (!codes.empty() && !is_report) {
      hint(tx, desk, text.sender, {codes.begin(), codes.end()}, now);
      return inbox::Kind::command;
    }
  }
  if (text.recognised.opt_out) {
    refuse_texts(tx, desk, text, now);
    return inbox::Kind::opt_out;
  }
  if (text.recognised.opt_in) {
    outbox::opt_in(tx, text.sender);
    return inbox::Kind::opt_in;
  }
  if (auto c = case_of_writer(tx, text.sender)) {
    join(tx, desk, std::move(*c), text, now);
  } else {
    open_from(tx, desk, text, now);
  }
  return inbox::Kind::report;
}

void receive_failure(storage::Tx& tx, Desk& desk, const inbox::InboundText& text, TimePoint now) {
  page_desk(
      tx, desk,
      fmt::format("Tong dai: mot tin nhan den chua xu ly duoc. Ma noi bo {}. Can xem ngay.", text.id.value),
      now);
}

}  // namespace tongdai::hotline
