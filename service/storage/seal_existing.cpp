#include "storage/seal_existing.hpp"

#include <SQLiteCpp/Exception.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/seal_functions.hpp"

namespace tongdai::storage {
namespace {

constexpr std::int64_t rows_a_step = 1000;

constexpr std::string_view select_sealed = "SELECT value FROM meta WHERE key = 'sealed'";
// 'begun': a start that was cut off may have left free pages and copies with what it sealed.
constexpr std::string_view set_sealed = "UPDATE meta SET value = $1 WHERE key = 'sealed'";

// Of each table: the end of the next step, what gives its rows their keys ("": they have none of their own),
// and what seals them. $1 and $2: behind which id, and up to which.
struct Table {
  std::string_view next, key, seal;
};
constexpr Table cases{
    "SELECT MAX(id) FROM (SELECT id FROM hotline_case WHERE id > $1 ORDER BY id LIMIT $2)",
    "UPDATE hotline_case SET key_id = new_key() WHERE id > $1 AND id <= $2 AND key_id IS NULL",
    "UPDATE hotline_case SET sealed_reporter = seal(key_id, reporter), sealed_note = seal(key_id, note), "
    "reporter = tag(reporter), note = '' WHERE id > $1 AND id <= $2 AND key_id > 0 AND sealed_note IS NULL"};
constexpr Table texts{
    "SELECT MAX(id) FROM (SELECT id FROM inbound WHERE id > $1 ORDER BY id LIMIT $2)",
    "UPDATE inbound SET key_id = COALESCE((SELECT c.key_id FROM case_text t JOIN hotline_case c ON c.id = "
    "t.case_id WHERE t.inbound_id = inbound.id), new_key()) WHERE id > $1 AND id <= $2 AND key_id IS NULL",
    "UPDATE inbound SET sealed_sender = seal(key_id, sender), sealed_text = seal(key_id, text), "
    "text_tag = tag('text:' || text), sender = tag(sender), text = '', "
    "dedupe_key = CASE WHEN substr(dedupe_key, 1, 6) = 'parts:' THEN 'joined:' || id ELSE dedupe_key END "
    "WHERE id > $1 AND id <= $2 AND key_id > 0 AND sealed_text IS NULL"};

// With the case's key, which the steps above gave it.
constexpr Table timeline{
    "SELECT MAX(id) FROM (SELECT id FROM case_event WHERE id > $1 ORDER BY id LIMIT $2)", "",
    "UPDATE case_event SET sealed_detail = (SELECT seal(c.key_id, detail) FROM hotline_case c WHERE c.id = "
    "case_id AND c.key_id > 0), detail = '' WHERE id > $1 AND id <= $2 AND detail <> ''"};
constexpr Table suggestions{
    "SELECT MAX(id) FROM (SELECT id FROM case_suggestion WHERE id > $1 ORDER BY id LIMIT $2)", "",
    "UPDATE case_suggestion SET sealed_value = (SELECT seal(c.key_id, value) FROM hotline_case c WHERE c.id "
    "= "
    "case_id AND c.key_id > 0), value = '' WHERE id > $1 AND id <= $2 AND value <> ''"};

// Few, and each with a key of its own: they are joined, or given up, within minutes.
constexpr std::string_view key_parts = "UPDATE inbound_part SET key_id = new_key() WHERE key_id IS NULL";
constexpr std::string_view seal_parts =
    "UPDATE inbound_part SET sealed_sender = seal(key_id, sender), sealed_text = seal(key_id, text), "
    "sender = tag(sender), text = '' WHERE key_id > 0 AND sealed_text IS NULL";

constexpr std::string_view seal_answers =
    "UPDATE idempotency SET request = tag(request), sealed_body = seal('house', body), body = '' WHERE "
    "sealed_body IS NULL AND substr(request, 1, 1) <> '~'";
constexpr std::string_view seal_holds =
    "UPDATE hold SET recipient = tag(recipient) WHERE substr(recipient, 1, 1) <> '~'";
constexpr std::string_view seal_opt_outs =
    "UPDATE opt_out SET recipient = tag(recipient) WHERE substr(recipient, 1, 1) <> '~'";
constexpr std::string_view seal_auto_replies =
    "UPDATE auto_reply SET recipient = tag(recipient) WHERE substr(recipient, 1, 1) <> '~'";

// It told who of those whom campaigns left alone had reported.
constexpr std::string_view forget_resting_key = "DELETE FROM meta WHERE key = 'resting_key'";

constexpr std::string_view select_messages =
    "SELECT m.id, m.body_id, m.purpose IN ('reporter_reply', 'relay_to_reporter'), COALESCE((SELECT c.key_id "
    "FROM "
    "hotline_case c WHERE c.id = m.case_id), (SELECT i.key_id FROM inbound i WHERE i.sender = "
    "tag(m.recipient) "
    "ORDER BY i.id DESC LIMIT 1), 0) FROM message m WHERE m.id > $1 AND m.campaign_id IS NULL AND m.key_id "
    "IS NULL "
    "AND (m.case_id IS NOT NULL OR m.purpose IN ('reporter_reply', 'relay_to_reporter')) ORDER BY m.id LIMIT "
    "$2";
constexpr std::string_view key_message = "UPDATE message SET key_id = $2 WHERE id = $1";
constexpr std::string_view seal_recipient =
    "UPDATE message SET sealed_recipient = seal(key_id, recipient), recipient = tag(recipient) WHERE id = $1";
constexpr std::string_view seal_body =
    "UPDATE body SET key_id = $2, sealed_text = seal($2, text), text = '' WHERE id = $1 AND key_id IS NULL";

struct Letter {
  MessageId id;
  BodyId body;
  bool to_reporter = false;
  KeyId key;
};

template <class Step>
auto in_transaction(Connection& connection, Step step) {
  connection.execute("BEGIN IMMEDIATE");
  try {
    Tx tx(connection);
    auto result = step(tx);
    connection.execute("COMMIT");
    return result;
  } catch (...) {
    connection.execute("ROLLBACK");
    throw;
  }
}

std::int64_t seal_by_steps(Connection& connection, const Table& table) {
  std::int64_t all = 0;
  for (std::optional<std::int64_t> after = 0; after;) {
    after = in_transaction(connection, [&](Tx& tx) {
      const auto last =
          tx.value<std::optional<std::int64_t>>(table.next, *after, rows_a_step).value_or(std::nullopt);
      if (!last) return last;
      if (!table.key.empty()) tx.run(table.key, *after, *last);
      all += tx.run(table.seal, *after, *last);
      return last;
    });
  }
  return all;
}

std::int64_t seal_small_tables(Connection& connection) {
  return in_transaction(connection, [](Tx& tx) {
    const std::int64_t parts = tx.run(key_parts);
    tx.run(seal_parts);
    tx.run(seal_answers);
    return parts + tx.run(seal_holds) + tx.run(seal_opt_outs) + tx.run(seal_auto_replies) +
           tx.run(forget_resting_key);
  });
}

std::int64_t seal_letters(Connection& connection) {
  std::int64_t all = 0;
  MessageId after;
  for (;;) {
    const std::int64_t sealed = in_transaction(connection, [&](Tx& tx) {
      const auto letters = tx.all(
          select_messages,
          [](const Row& row) {
            return Letter{row.get<MessageId>(0), row.get<BodyId>(1), row.get<bool>(2), row.get<KeyId>(3)};
          },
          after, rows_a_step);
      for (const Letter& letter : letters) {
        const KeyId key = letter.key ? letter.key : new_key(tx);
        tx.run(key_message, letter.id, key);
        if (letter.to_reporter) tx.run(seal_recipient, letter.id);
        tx.run(seal_body, letter.body, key);
        after = letter.id;
      }
      return static_cast<std::int64_t>(letters.size());
    });
    all += sealed;
    if (sealed < rows_a_step) return all;
  }
}

/// Free pages and the log may hold what stood there before.
bool rewrite(Connection& connection, Log& log) {
  bool done = false;
  try {
    connection.execute("PRAGMA temp_store = FILE");  // a large database is not to be held in memory
    connection.execute("VACUUM");
    done = true;
  } catch (const SQLite::Exception& e) {
    log.warning("the database could not be rewritten after its sealing: free pages may hold what stood there",
                {{"sqlite", e.getErrorCode()}});
  }
  connection.execute("PRAGMA temp_store = MEMORY");
  connection.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  return done;
}

void remove_old_copies(const std::filesystem::path& file, Log& log) {
  const std::string start = file.filename().string() + ".before-v";
  std::vector<std::filesystem::path> copies;
  for (const auto& entry : std::filesystem::directory_iterator(file.parent_path())) {
    if (entry.path().filename().string().starts_with(start)) copies.push_back(entry.path());
  }
  for (const auto& copy : copies) {
    std::filesystem::remove(copy);
    log.info("a copy from before an upgrade was removed: it was not sealed",
             {{"file", copy.filename().string()}});
  }
}

}  // namespace

Result<void> seal_existing(Connection& connection, const std::filesystem::path& file, Log& log) {
  Tx tx(connection);
  const std::string before = tx.value<std::string>(select_sealed).value_or("no");
  if (before == "yes") return {};
  tx.run(set_sealed, "begun");
  connection.execute("PRAGMA secure_delete = ON");  // what is overwritten is gone from its page
  std::int64_t sealed = 0;
  for (const Table* table : {&cases, &texts, &timeline, &suggestions})
    sealed += seal_by_steps(connection, *table);
  sealed += seal_small_tables(connection);
  sealed += seal_letters(connection);
  if (sealed > 0 || before == "begun") {
    remove_old_copies(file, log);  // first: the rewriting needs the room
    log.info("numbers and words of reporters were sealed", {{"rows", sealed}});
    if (!rewrite(connection, log)) return {};  // at the next start again
  }
  tx.run(set_sealed, "yes");
  return {};
}

}  // namespace tongdai::storage
