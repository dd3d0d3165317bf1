#include "hotline/reporter/thread.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "hotline/conversation/conversation.hpp"
#include "hotline/notices.hpp"
#include "hotline/relay/held.hpp"
#include "hotline/relay/notes.hpp"
#include "hotline/reminder.hpp"
#include "hotline/reporter/word_hash.hpp"
#include "hotline/tracks.hpp"
#include "outbox/suppression.hpp"
#include "text/fold.hpp"
#include "text/windows.hpp"

namespace tongdai::hotline {
namespace {

// A counsellor's answer to what was just written is no text that the system starts. As long as a reply lives.
constexpr Duration fresh = 15min;
constexpr std::size_t tended_a_turn = 200;

constexpr std::string_view select_last_text =
    "SELECT i.id FROM case_text t JOIN inbound i ON i.id = t.inbound_id WHERE t.case_id = $1 AND "
    "i.received_at > $2 ORDER BY i.id DESC LIMIT 1";
constexpr std::string_view select_texts =
    "SELECT unseal(i.key_id, i.sealed_text, i.text) FROM case_text t JOIN inbound i ON i.id = t.inbound_id "
    "WHERE t.case_id = $1 ORDER BY i.id";
constexpr std::string_view detach_reporter =
    "UPDATE hotline_case SET reporter = '', sealed_reporter = NULL, updated_at = $2 WHERE id = $1";

std::string_view sentence(Bar bar) {
  switch (bar) {
    case Bar::expired:
      return "nobody wrote for so long that the number may be another person's";
    case Bar::duress:
      return "the person is threatened: nothing goes to them until a safe contact is recorded anew";
    case Bar::stopped:
      return "the person asked not to be written to";
    case Bar::unrecorded:
      return "no safe contact by text is recorded for this person";
    case Bar::lapsed:
      return "the safe contact has run out: it must be agreed again";
    case Bar::hours:
      return "it is outside the person's safe hours";
    case Bar::silent:
      return "the person has been silent too long, and the agreed word has not come";
  }
  return {};
}

std::optional<std::string> fault_of(const Case& c, const Agreement& a, TimePoint now) {
  if (auto windows = text::DayWindows::parse(a.hours); !windows) return "hours: " + windows.error().what;
  if (a.content == Content::explicit_ && !a.has_consented)
    return "content: explicit needs the person's consent";
  if (a.expires_at && *a.expires_at <= now) return "expires_at: must be in the future";
  for (const auto& [field, word] : {std::pair{"word", &a.agreed}, std::pair{"duress_word", &a.duress}}) {
    if (word->empty()) continue;
    if (const std::string fault = fault_of_word(*word); !fault.empty())
      return fmt::format("{}: {}", field, fault);
  }
  if (!a.duress.empty() && text::fold(a.duress) == text::fold(a.agreed))
    return "duress_word: must be another than the agreed word";
  if (a.channel == Channel::text && c.reporter.empty()) return "channel: this case has no number";
  return std::nullopt;
}

Standing standing_now(storage::Tx& tx, const Desk& desk, const Case& c, TimePoint now) {
  return standing_of(safe_contact(tx, c.id), relay_of(tx, c.id, c.opened_at), desk.settings.silence,
                     desk.zone, now);
}

/// May a counsellor answer although this stands against it? Only where nothing was agreed, or not any more.
bool is_open_question(Bar bar, bool is_recorded) {
  return bar == Bar::lapsed || (bar == Bar::unrecorded && !is_recorded);
}

/// Applies an event; a thread that does not allow it stays as it is.
bool move(Relay& relay, RelayEvent event) {
  const auto to = next(relay.state, event);
  if (to) relay.state = *to;
  return to.has_value();
}

/// Who has the case, or a track of it, has as long as for a critical one from now on; never longer.
void shorten_leases(storage::Tx& tx, Desk& desk, CaseId id, TimePoint now) {
  std::vector<int> numbers{0};
  for (const Track& t : tracks_of(tx, id)) numbers.push_back(t.number);
  for (const int number : numbers) {
    const auto part = find_on_track(tx, id, number);
    if (!part || part->state != CaseState::accepted) continue;
    const TimePoint sooner = now + desk.settings.lease_time(part->urgency);
    if (!part->due_at || *part->due_at <= sooner) continue;
    set_timer(tx, *part, part->step, sooner, now);
    set_reminder(tx, desk, *part, sooner, now);
  }
}

/// What would be sent, if the person may be written to at all.
std::expected<outbox::Draft, NotSent> draft_to(storage::Tx& tx, const Desk& desk, const Case& c,
                                               const Author& author, std::string_view words, TimePoint now) {
  const Standing standing = standing_now(tx, desk, c, now);
  outbox::Draft draft;
  draft.purpose = outbox::Purpose::relay_to_reporter;
  if (standing.bar) {
    const auto last = tx.value<InboundId>(select_last_text, c.id, now - fresh);
    const bool is_answer = !author.facility && last && is_open_question(*standing.bar, standing.is_recorded);
    if (!is_answer) return std::unexpected(NotSent{.bar = standing.bar});
    draft.purpose = outbox::Purpose::reporter_reply;
    draft.in_reply_to = *last;
  }
  draft.to = c.reporter;
  draft.text = std::string(words);
  draft.case_id = c.id;
  draft.referral = author.referral;
  return draft;
}

void threaten(storage::Tx& tx, Desk& desk, Case& c, const inbox::InboundText& text, TimePoint now) {
  add_event(tx, desk.ids, c.id, "duress", {}, "", now);
  drop_held(tx, desk, c.id, {}, now);
  stop_conversation(tx, c.id);
  c.urgency = Urgency::critical;
  update_facts(tx, c, now);
  shorten_leases(tx, desk, c.id, now);
  if (const auto again = find_case(tx, c.id)) c = *again;
  note_owners(tx, desk, c, "duress", now);
  page_desk(tx, desk, fill(desk.words.relay.at("duress_page"), {{"code", c.code}}), now, &c);
  // Without the case, so that the thread's bar does not hold it: it is the one text that must go.
  answer_reporter(tx, desk, text, {}, "cover", now);
}

}  // namespace

std::string NotSent::print() const {
  return no ? no->detail : std::string(bar ? sentence(*bar) : "");
}

Result<void> record_contact(storage::Tx& tx, Desk& desk, const Case& c, const Agreement& a, TimePoint now) {
  if (c.state == CaseState::closed) return fail(Code::not_allowed, "the case is closed");
  if (const auto fault = fault_of(c, a, now)) return fail(Code::invalid, *fault);
  Relay relay = relay_of(tx, c.id, c.opened_at);
  const auto state = next(relay.state, RelayEvent::renewed);
  if (!state) return std::unexpected(state.error());
  relay.state = *state;
  relay.heard_at = relay.moved_at = now;
  save(tx, relay);
  stop_conversation(tx, c.id);
  save(tx, SafeContact{.case_id = c.id,
                       .channel = a.channel,
                       .hours = a.hours,
                       .content = a.content,
                       .agreed = word_hash(tx, c.id, a.agreed),
                       .duress = word_hash(tx, c.id, a.duress),
                       .expires_at = a.expires_at.value_or(now + desk.settings.contact_kept),
                       .recorded_at = now});
  add_event(tx, desk.ids, c.id, "safe_contact", {},
            fmt::format("{}, {}", name_of(a.channel), name_of(a.content)), now);
  release_held(tx, desk, c, now);
  return {};
}

std::expected<outbox::Door::Passage, NotSent> rehearse(storage::Tx& tx, const Desk& desk, const Case& c,
                                                       const Author& author, std::string_view words,
                                                       TimePoint now) {
  const auto draft = draft_to(tx, desk, c, author, words, now);
  if (!draft) return std::unexpected(draft.error());
  auto passage = desk.door.examine(tx, *draft, now);
  if (!passage) return std::unexpected(NotSent{.no = std::move(passage.error())});
  return std::move(*passage);
}

std::expected<MessageId, NotSent> write_to_reporter(storage::Tx& tx, Desk& desk, const Case& c,
                                                    const Author& author, std::string_view words,
                                                    TimePoint now) {
  const auto draft = draft_to(tx, desk, c, author, words, now);
  if (!draft) return std::unexpected(draft.error());
  auto admitted = desk.door.admit(tx, *draft, now);
  if (!admitted) return std::unexpected(NotSent{.no = std::move(admitted.error())});
  Relay relay = relay_of(tx, c.id, c.opened_at);
  relay.moved_at = now;
  save(tx, relay);
  add_event(tx, desk.ids, c.id, "written_to", author.facility, "", now);
  return *admitted;
}

std::expected<outbox::ReporterTerms, outbox::Refused> reporter_terms(storage::Tx& tx, const Desk& desk,
                                                                     CaseId id, const Phone& to,
                                                                     outbox::Purpose purpose, TimePoint now) {
  const auto refuse = [](std::string_view why) {
    return std::unexpected(outbox::Refused{outbox::Refusal::not_safe, std::string(why)});
  };
  const auto c = find_case(tx, id);
  // Whoever else a report tells of is never written to.
  if (!c || c->state == CaseState::closed || c->reporter != to || to.empty())
    return refuse("this number is not that of the case's reporter");
  const Standing standing = standing_now(tx, desk, *c, now);
  const bool is_reply = purpose == outbox::Purpose::reporter_reply;
  if (standing.bar && !(is_reply && is_open_question(*standing.bar, standing.is_recorded)))
    return refuse(sentence(*standing.bar));
  outbox::ReporterTerms terms;
  terms.is_explicit = standing.is_explicit && !standing.bar;
  if (!standing.bar) terms.not_after = standing.not_after;
  terms.heard = tx.all(select_texts, [](const storage::Row& row) { return row.text(0); }, id);
  return terms;
}

Heard hear(storage::Tx& tx, Desk& desk, Case& c, const inbox::InboundText& text, TimePoint now) {
  const auto contact = safe_contact(tx, c.id);
  Relay relay = relay_of(tx, c.id, c.opened_at);
  relay.moved_at = now;
  if (contact && says(tx, c.id, text.text, contact->duress)) {
    move(relay, RelayEvent::threatened);
    save(tx, relay);
    threaten(tx, desk, c, text, now);
    return Heard::duress;
  }
  const bool is_word = contact && says(tx, c.id, text.text, contact->agreed);
  const bool was_silent = relay.state == RelayState::holding || now - relay.heard_at >= desk.settings.silence;
  if (is_word) move(relay, RelayEvent::word);
  // After a silence somebody else may have the phone: only the word ends it.
  if (is_word || !was_silent) relay.heard_at = now;
  save(tx, relay);
  if (!is_word) return Heard::text;
  add_event(tx, desk.ids, c.id, "agreed_word", {}, "", now);
  release_held(tx, desk, c, now);
  return Heard::word;
}

void stop_writing(storage::Tx& tx, Desk& desk, const Case& c, TimePoint now) {
  Relay relay = relay_of(tx, c.id, c.opened_at);
  relay.moved_at = now;
  if (!move(relay, RelayEvent::refused)) return;
  save(tx, relay);
  add_event(tx, desk.ids, c.id, "asked_for_silence", {}, "", now);
  stop_conversation(tx, c.id);
  drop_held(tx, desk, c.id, {}, now);
  note_owners(tx, desk, c, "stopped", now);
}

std::size_t tend_threads(storage::Tx& tx, Desk& desk, TimePoint now) {
  const auto in_vain = held_in_vain(tx, now, tended_a_turn);
  for (const HeldInVain& h : in_vain) drop_held(tx, desk, h.case_id, h.facility, now);
  const auto idle = idle_cases(tx, now - desk.settings.idle, tended_a_turn);
  for (const CaseId id : idle) {
    const auto c = find_case(tx, id);
    Relay relay = relay_of(tx, id, c->opened_at);
    if (!move(relay, RelayEvent::idled)) continue;
    save(tx, relay);
    drop_held(tx, desk, id, {}, now);
    stop_conversation(tx, id);
    // A later text from this number begins a case of its own: numbers are given to other people.
    tx.run(detach_reporter, id, now);
    outbox::release(tx, c->reporter, id.value, now);  // nor does it keep campaigns from who has it now
    add_event(tx, desk.ids, id, "thread_expired", {}, "nobody wrote for too long", now);
    note_owners(tx, desk, *c, "expired", now);
  }
  return in_vain.size() + idle.size();
}

}  // namespace tongdai::hotline
