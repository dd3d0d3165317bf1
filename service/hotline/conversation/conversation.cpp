#include "hotline/conversation/conversation.hpp"

#include <algorithm>

#include "hotline/conversation/flow.hpp"
#include "hotline/reporter/thread.hpp"
#include "hotline/reporter/word_hash.hpp"
#include "hotline/service_lists.hpp"

namespace tongdai::hotline {
namespace {

constexpr std::string_view select_conversation =
    "SELECT case_id, state, flow, question, language, due_at, channel, content, hours, agreed, duress FROM "
    "conversation WHERE case_id = $1";
constexpr std::string_view upsert_conversation =
    "INSERT INTO conversation (case_id, state, flow, question, language, due_at, channel, content, hours, "
    "agreed, duress) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (case_id) DO UPDATE "
    "SET "
    "state = excluded.state, flow = excluded.flow, question = excluded.question, language = "
    "excluded.language, due_at = excluded.due_at, channel = excluded.channel, content = excluded.content, "
    "hours = excluded.hours, agreed = excluded.agreed, duress = excluded.duress";
constexpr std::string_view update_stopped =
    "UPDATE conversation SET state = 'stopped' WHERE case_id = $1 AND state = 'asking'";
constexpr std::string_view update_silent =
    "UPDATE conversation SET state = 'silent' WHERE state = 'asking' AND due_at <= $1";

/// A row: the question that is out, and what was settled so far.
struct Conversation {
  CaseId case_id;
  ConversationState state = ConversationState::asking;
  std::string flow;
  std::string question;
  std::string language;
  TimePoint due_at{};
  SafeContact settled{.channel = Channel::text, .content = Content::neutral};
};

std::optional<Conversation> conversation_of(storage::Tx& tx, CaseId id) {
  return tx.first(
      select_conversation,
      [](const storage::Row& row) {
        Conversation v{row.get<CaseId>(0), row.get<ConversationState>(1), row.text(2), row.text(3),
                       row.text(4),        row.get<TimePoint>(5)};
        v.settled = {.case_id = v.case_id,
                     .channel = row.get<Channel>(6),
                     .hours = split_services(row.text(8)),
                     .content = row.get<Content>(7),
                     .agreed = row.text(9),
                     .duress = row.text(10)};
        return v;
      },
      id);
}

void save(storage::Tx& tx, const Conversation& v) {
  tx.run(upsert_conversation, v.case_id, v.state, v.flow, v.question, v.language, v.due_at, v.settled.channel,
         v.settled.content, join_services(v.settled.hours), v.settled.agreed, v.settled.duress);
}

bool move(Conversation& v, ConversationEvent event) {
  const auto to = next(v.state, event);
  if (to) v.state = *to;
  return to.has_value();
}

const Flow* flow_named(const Desk& desk, std::string_view name) {
  const auto found = desk.flows.find(std::string(name));
  return found == desk.flows.end() ? nullptr : &found->second;
}

/// Sends a question as the answer to `text`. The first counts as the one automatic reply of its window; those
/// behind it answer what a person said, each goes once, and a flow has a few.
bool ask(storage::Tx& tx, Desk& desk, const Case& c, const inbox::InboundText& text, const Question& question,
         const std::string& language, bool is_first, TimePoint now) {
  outbox::Draft draft;
  draft.purpose = outbox::Purpose::reporter_reply;
  draft.to = text.sender;
  draft.text = question.texts.at(language);
  draft.in_reply_to = text.id;
  draft.case_id = c.id;
  draft.automatic = is_first;
  return desk.door.admit(tx, draft, now).has_value();
}

/// What an answer leads to.
struct Step {
  std::string next;  ///< a question's id; "" ends the flow
  bool is_unsafe = false;
  bool is_word = false;
};

std::optional<Step> step_of(storage::Tx& tx, Conversation& v, const Question& question,
                            const inbox::InboundText& text) {
  if (const Choice* choice = choice_in(question, text.text)) {
    if (choice->channel) v.settled.channel = *choice->channel;
    if (choice->content) v.settled.content = *choice->content;
    if (choice->hours) v.settled.hours = *choice->hours;
    return Step{choice->next, choice->is_unsafe};
  }
  const bool takes_word = question.asks == Asks::agreed_word || question.asks == Asks::duress_word;
  if (!takes_word || !fault_of_word(text.text).empty()) return std::nullopt;
  const std::string hash = word_hash(tx, v.case_id, text.text);
  if (hash == v.settled.agreed || hash == v.settled.duress) return std::nullopt;  // one word cannot say both
  (question.asks == Asks::agreed_word ? v.settled.agreed : v.settled.duress) = hash;
  return Step{.next = question.next, .is_word = true};
}

/// Records what was settled. A thread that somebody stopped meanwhile stays so.
void record(storage::Tx& tx, Desk& desk, const Case& c, Conversation& v, TimePoint now) {
  v.settled.expires_at = now + desk.settings.contact_kept;
  v.settled.recorded_at = now;
  save(tx, v.settled);
  Relay relay = relay_of(tx, c.id, c.opened_at);
  relay.heard_at = relay.moved_at = now;
  save(tx, relay);
  add_event(tx, desk.ids, c.id, "safe_contact", {}, "told by the person", now);
}

}  // namespace

bool begin_conversation(storage::Tx& tx, Desk& desk, const Case& c, const inbox::InboundText& text,
                        TimePoint now) {
  const LinePolicy& policy = desk.settings.policy_of(text.line);
  const Flow* flow = policy.reply == Reply::guided ? flow_named(desk, policy.flow) : nullptr;
  if (flow == nullptr) return false;
  const auto contact = safe_contact(tx, c.id);
  auto earlier = conversation_of(tx, c.id);
  const bool ran_out = contact && contact->expires_at <= now;
  if (!ran_out && (contact || earlier)) return false;
  const Question& first = flow->questions.front();
  Conversation v{c.id,     ConversationState::asking,           policy.flow,
                 first.id, flow->language_for(policy.language), now + flow->patience};
  if (earlier && !move(*earlier, ConversationEvent::begun)) return false;
  if (!ask(tx, desk, c, text, first, v.language, true, now)) return false;
  save(tx, v);
  add_event(tx, desk.ids, c.id, "asked", {}, first.id, now);
  return true;
}

Taken take_answer(storage::Tx& tx, Desk& desk, const Case& c, const inbox::InboundText& text, TimePoint now) {
  auto v = conversation_of(tx, c.id);
  if (!v || v->state != ConversationState::asking) return Taken::no;
  const Flow* flow = flow_named(desk, v->flow);
  const Question* question = flow == nullptr ? nullptr : flow->find(v->question);
  if (question == nullptr || v->due_at <= now) {
    // Too late, or the flow is another by now: an ordinary text, and the conversation is over.
    if (move(*v, ConversationEvent::timed_out)) save(tx, *v);
    return Taken::no;
  }
  const auto step = step_of(tx, *v, *question, text);
  if (!step) return Taken::no;
  add_event(tx, desk.ids, c.id, "answered", {}, question->id, now);
  const Question* on = step->next.empty() ? nullptr : flow->find(step->next);
  if (step->is_unsafe) {
    (void)move(*v, ConversationEvent::refused);
  } else if (on == nullptr) {
    (void)move(*v, ConversationEvent::finished);
    record(tx, desk, c, *v, now);
  } else {
    v->question = on->id;
    v->due_at = now + flow->patience;
    const bool asked = ask(tx, desk, c, text, *on, flow->language_for(v->language), false, now);
    (void)move(*v, asked ? ConversationEvent::answered : ConversationEvent::overtaken);
  }
  save(tx, *v);
  if (step->is_unsafe) stop_writing(tx, desk, c, now);
  return step->is_word ? Taken::word : Taken::choice;
}

void stop_conversation(storage::Tx& tx, CaseId id) {
  tx.run(update_stopped, id);
}

std::size_t end_silent_conversations(storage::Tx& tx, TimePoint now) {
  return static_cast<std::size_t>(tx.run(update_silent, now));
}

}  // namespace tongdai::hotline
