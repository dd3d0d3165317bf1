#include "storage/reseal.hpp"

#include <array>
#include <string_view>
#include <vector>

#include "sealing/vault.hpp"
#include "storage/seal_functions.hpp"

namespace tongdai::storage {
namespace {

using sealing::Vault;

// By the index of each: the bound that narrows most stands first, SQLite takes no second one of a side. A
// body has the key of its message.
constexpr std::string_view select_last =
    "SELECT COALESCE(MAX(key_id), 0) FROM (SELECT MAX(key_id) AS key_id FROM hotline_case WHERE key_id < "
    "$1 AND key_id > 0 UNION ALL SELECT MAX(key_id) FROM inbound WHERE key_id < $1 AND key_id > 0 UNION "
    "ALL SELECT MAX(key_id) FROM message WHERE key_id < $1 AND key_id > 0 UNION ALL SELECT MAX(key_id) "
    "FROM inbound_part WHERE key_id < $1 UNION ALL SELECT MAX(key_id) FROM doomed_key WHERE key_id < $1) k";

// Before the case has its new key.
constexpr std::array<std::string_view, 3> forget_unreadable{
    "UPDATE case_event SET sealed_detail = NULL WHERE case_id IN (SELECT id FROM hotline_case WHERE state "
    "<> 'closed' AND key_id > 0 AND has_key(key_id) = 0)",
    "DELETE FROM case_suggestion WHERE case_id IN (SELECT id FROM hotline_case WHERE state <> 'closed' AND "
    "key_id > 0 AND has_key(key_id) = 0)",
    "DELETE FROM inbound_part WHERE key_id > 0 AND has_key(key_id) = 0"};
constexpr std::string_view replace_of_cases =
    "UPDATE hotline_case SET key_id = new_key(), sealed_reporter = NULL, sealed_note = NULL WHERE state <> "
    "'closed' AND key_id > 0 AND has_key(key_id) = 0";
constexpr std::string_view fail_texts =
    "UPDATE inbound SET state = 'failed', handled_at = received_at WHERE state = 'received' AND key_id > 0 "
    "AND has_key(key_id) = 0";
constexpr std::string_view cancel_messages =
    "UPDATE message INDEXED BY message_by_key SET state = 'cancelled', reason = 'its key is gone' WHERE "
    "state = 'queued' AND key_id > 0 AND has_key(key_id) = 0";

// As above.
constexpr std::string_view select_unwritten =
    "SELECT key_id FROM inbound WHERE key_id >= $1 AND key_id > 0 UNION SELECT key_id FROM hotline_case "
    "WHERE key_id >= $1 AND key_id > 0 UNION SELECT key_id FROM message WHERE key_id >= $1 AND key_id > 0 "
    "LIMIT $2";
// $1 the old key, $2 the new one. What has no key of its own goes before what it takes it from.
constexpr auto reseal = std::to_array<std::string_view>(
    {"UPDATE held_text SET sealed_text = seal($2, unseal($1, sealed_text, '')) WHERE case_id IN (SELECT id "
     "FROM hotline_case WHERE key_id = $1 AND key_id > 0)",
     "UPDATE case_event SET sealed_detail = seal($2, unseal($1, sealed_detail, '')) WHERE sealed_detail IS "
     "NOT NULL AND case_id IN (SELECT id FROM hotline_case WHERE key_id = $1 AND key_id > 0)",
     "UPDATE case_suggestion SET sealed_value = seal($2, unseal($1, sealed_value, '')) WHERE sealed_value "
     "IS NOT NULL AND case_id IN (SELECT id FROM hotline_case WHERE key_id = $1 AND key_id > 0)",
     "UPDATE hotline_case SET sealed_reporter = seal($2, unseal($1, sealed_reporter, '')), sealed_note = "
     "seal($2, unseal($1, sealed_note, '')), key_id = $2 WHERE key_id = $1 AND key_id > 0",
     "UPDATE inbound SET sealed_sender = seal($2, unseal($1, sealed_sender, '')), sealed_text = seal($2, "
     "unseal($1, sealed_text, '')), key_id = $2 WHERE key_id = $1 AND key_id > 0",
     "UPDATE body SET sealed_text = seal($2, unseal($1, sealed_text, '')), key_id = $2 WHERE key_id = $1 "
     "AND id IN (SELECT body_id FROM message WHERE key_id = $1 AND key_id > 0)",
     "UPDATE message SET sealed_recipient = CASE WHEN sealed_recipient IS NULL THEN NULL ELSE seal($2, "
     "unseal($1, sealed_recipient, '')) END, key_id = $2 WHERE key_id = $1 AND key_id > 0"});

}  // namespace

KeyId last_key(Tx& tx) {
  return tx.value<KeyId>(select_last, Vault::unwritten_from).value_or(KeyId{});
}

void replace_lost_keys(Tx& tx, Log& log) {
  for (const std::string_view sql : forget_unreadable) tx.run(sql);
  const std::int64_t cases = tx.run(replace_of_cases);
  const std::int64_t texts = tx.run(fail_texts);
  const std::int64_t messages = tx.run(cancel_messages);
  if (cases + texts + messages == 0) return;
  log.alarm("keys are gone: open cases go on without what was known of them",
            {{"cases", cases}, {"texts_unread", texts}, {"messages_unsent", messages}});
}

bool any_unwritten_keys(Tx& tx) {
  return tx.value<KeyId>(select_unwritten, Vault::unwritten_from, 1).has_value();
}

std::size_t reseal_unwritten(Tx& tx, std::size_t limit) {
  const auto keys = tx.all(
      select_unwritten, [](const Row& row) { return row.get<KeyId>(0); }, Vault::unwritten_from, limit);
  std::size_t done = 0;
  for (const KeyId old : keys) {
    const KeyId key = new_key(tx);
    if (key.value >= Vault::unwritten_from) return done;
    for (const std::string_view sql : reseal) tx.run(sql, old, key);
    ++done;
  }
  return done;
}

}  // namespace tongdai::storage
