#include "hotline/erasure.hpp"

#include <fmt/format.h>

#include <array>

#include "storage/doomed_keys.hpp"

namespace tongdai::hotline {
namespace {

// All that seals something of the case and nothing of another.
constexpr std::string_view select_keys =
    "SELECT key_id FROM (SELECT key_id FROM hotline_case WHERE id = $1 UNION SELECT i.key_id FROM "
    "case_text t JOIN inbound i ON i.id = t.inbound_id WHERE t.case_id = $1 UNION SELECT key_id FROM "
    "message WHERE case_id = $1) k WHERE k.key_id > 0 AND NOT EXISTS (SELECT 1 FROM hotline_case c WHERE "
    "c.key_id = k.key_id AND c.key_id > 0 AND c.id <> $1)";
constexpr std::string_view blank_case =
    "UPDATE hotline_case SET reporter = '', note = '', sealed_reporter = NULL, sealed_note = NULL, key_id "
    "= 0, language = '', erased_at = $2, updated_at = $2 WHERE id = $1";
constexpr std::string_view blank_timeline =
    "UPDATE case_event SET detail = '', sealed_detail = NULL WHERE case_id = $1";
// What was read out of the words, who is connected to whom, why who was asked, and what was agreed with the
// reporter: it tells of persons, and no count asks for it.
constexpr auto forget = std::to_array<std::string_view>(
    {"DELETE FROM case_suggestion WHERE case_id = $1", "DELETE FROM case_conflict WHERE case_id = $1",
     "DELETE FROM plan_left_out WHERE case_id = $1", "UPDATE referral SET why = '' WHERE case_id = $1",
     "DELETE FROM held_text WHERE case_id = $1", "DELETE FROM safe_contact WHERE case_id = $1",
     "DELETE FROM conversation WHERE case_id = $1", "DELETE FROM relay WHERE case_id = $1"});
// That somebody was answered, and when.
constexpr std::string_view forget_replies =
    "DELETE FROM auto_reply WHERE recipient IN (SELECT sender FROM inbound WHERE key_id = $1 AND key_id > 0)";
constexpr std::string_view blank_texts =
    "UPDATE inbound SET sender = '', text = '', sealed_sender = NULL, sealed_text = NULL, text_tag = '', "
    "dedupe_key = 'erased:' || id, key_id = 0 WHERE key_id = $1 AND key_id > 0";
// A text that is still coming in, or waits to be handled, needs its key.
constexpr std::string_view select_awaited =
    "SELECT 1 FROM inbound_part WHERE key_id = $1 AND key_id > 0 UNION ALL SELECT 1 FROM inbound WHERE "
    "key_id = $1 AND key_id > 0 AND state = 'received' LIMIT 1";
constexpr std::string_view select_queued =
    "SELECT id FROM message WHERE key_id = $1 AND key_id > 0 AND state = 'queued'";
constexpr std::string_view blank_bodies =
    "UPDATE body SET text = '', sealed_text = NULL, key_id = 0 WHERE id IN (SELECT body_id FROM message "
    "WHERE key_id = $1 AND key_id > 0)";
constexpr std::string_view blank_messages =
    "UPDATE message SET recipient = CASE WHEN sealed_recipient IS NULL THEN recipient ELSE '' END, "
    "sealed_recipient = NULL, reason = '', key_id = 0 WHERE key_id = $1 AND key_id > 0";
constexpr std::string_view select_old_cases =
    "SELECT id FROM hotline_case WHERE closed_at IS NOT NULL AND erased_at IS NULL AND closed_at < $1 "
    "ORDER BY closed_at LIMIT $2";
// Those of an open case's key go with the case: a refusal of campaigns that its reporter wrote meanwhile.
constexpr std::string_view select_old_texts =
    "SELECT DISTINCT key_id FROM (SELECT i.key_id FROM inbound i WHERE i.key_id > 0 AND i.received_at < $1 "
    "AND i.state <> 'received' AND NOT EXISTS (SELECT 1 FROM inbound_part p WHERE p.key_id = i.key_id) AND "
    "NOT EXISTS (SELECT 1 FROM case_text t WHERE t.inbound_id = i.id) AND NOT EXISTS (SELECT 1 FROM "
    "hotline_case c WHERE c.key_id = i.key_id AND c.key_id > 0) ORDER BY i.received_at LIMIT $2) k";

void blank_what_it_sealed(storage::Tx& tx, Desk& desk, KeyId key, Erased& erased, TimePoint now) {
  for (const MessageId id :
       tx.all(select_queued, [](const storage::Row& row) { return row.get<MessageId>(0); }, key)) {
    (void)desk.messages.apply(tx, id, outbox::MessageEvent::taken_back, "its case was erased", now);
  }
  tx.run(forget_replies, key);
  tx.run(blank_bodies, key);
  erased.messages += tx.run(blank_messages, key);
  erased.texts += tx.run(blank_texts, key);
}

std::vector<KeyId> keys_of(storage::Tx& tx, std::string_view select, auto... args) {
  return tx.all(select, [](const storage::Row& row) { return row.get<KeyId>(0); }, args...);
}

}  // namespace

std::string print(const Erased& erased) {
  return fmt::format("{} cases, {} texts, {} messages", erased.cases, erased.texts, erased.messages);
}

Result<Erased> erase_case(storage::Tx& tx, Desk& desk, const Case& c, TimePoint now) {
  if (c.state != CaseState::closed)
    return fail(Code::not_allowed, "the case is not closed: close it first, then erase it");
  Erased erased{1, 0, 0};
  const auto keys = keys_of(tx, select_keys, c.id);
  for (const KeyId key : keys) {
    if (tx.value<int>(select_awaited, key))
      return fail(Code::conflict, "a text of this person is just coming in: try again in some minutes");
  }
  for (const KeyId key : keys) blank_what_it_sealed(tx, desk, key, erased, now);
  tx.run(blank_case, c.id, now);
  tx.run(blank_timeline, c.id);
  for (const std::string_view sql : forget) tx.run(sql, c.id);
  tx.changed("case", c.id.value);
  storage::doom(tx, keys);
  return erased;
}

Erased erase_old(storage::Tx& tx, Desk& desk, TimePoint before, std::size_t limit, TimePoint now) {
  Erased all;
  const auto cases =
      tx.all(select_old_cases, [](const storage::Row& row) { return row.get<CaseId>(0); }, before, limit);
  for (const CaseId id : cases) {
    const auto c = find_case(tx, id);
    const auto erased = c ? erase_case(tx, desk, *c, now) : Erased{};
    if (!erased) continue;
    all.cases += erased->cases;
    all.texts += erased->texts;
    all.messages += erased->messages;
  }
  const auto keys = keys_of(tx, select_old_texts, before, limit);
  for (const KeyId key : keys) blank_what_it_sealed(tx, desk, key, all, now);
  storage::doom(tx, keys);
  return all;
}

}  // namespace tongdai::hotline
