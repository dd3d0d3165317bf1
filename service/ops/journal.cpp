#include "ops/journal.hpp"

#include <fmt/format.h>

#include <optional>

#include "sealing/vault.hpp"

namespace tongdai::ops {
namespace {

constexpr std::string_view select_last = "SELECT number, hash FROM journal ORDER BY number DESC LIMIT 1";
constexpr std::string_view select_hash = "SELECT hash FROM journal WHERE number = $1";
constexpr std::string_view insert_entry =
    "INSERT INTO journal (number, at, who, action, object, detail, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)";
constexpr std::string_view select_list =
    "SELECT number, at, who, action, object, detail FROM journal WHERE ($1 = 0 OR number < $1) ORDER BY "
    "number "
    "DESC LIMIT $2";
constexpr std::string_view select_all =
    "SELECT number, at, who, action, object, detail, hash FROM journal ORDER BY number";

struct Last {
  std::int64_t number = 0;
  std::string hash;
};

JournalEntry to_entry(const storage::Row& row) {
  return {row.integer(0), row.get<TimePoint>(1), row.text(2), row.text(3), row.text(4), row.text(5)};
}

Last last_of(storage::Tx& tx) {
  return tx.first(select_last, [](const storage::Row& row) { return Last{row.integer(0), row.text(1)}; })
      .value_or(Last{});
}

std::string hex(std::string_view bytes) {
  std::string out;
  for (const char byte : bytes) out += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return out;
}

/// Each field with its length: no two entries are written alike.
std::string hash_of(const sealing::Vault& vault, std::string_view previous, const JournalEntry& e) {
  const std::string row =
      fmt::format("{};{};{}:{};{}:{};{}:{};{}:{}", e.number, to_unix_ms(e.at), e.who.size(), e.who,
                  e.action.size(), e.action, e.object.size(), e.object, e.detail.size(), e.detail);
  return hex(vault.chain(previous, row));
}

/// Is the journal at least what was told?
bool holds(storage::Tx& tx, const sealing::Head& head) {
  if (head.count == 0) return true;
  const auto hash = tx.value<std::string>(select_hash, head.count);
  return hash && *hash == hex(head.hash);
}

}  // namespace

void note(storage::Tx& tx, const sealing::Vault& vault, TimePoint now, std::string_view who,
          std::string_view action, std::string_view object, std::string_view detail) {
  const Last last = last_of(tx);
  const JournalEntry entry{
      last.number + 1, now, std::string(who), std::string(action), std::string(object), std::string(detail)};
  tx.run(insert_entry, entry.number, entry.at, entry.who, entry.action, entry.object, entry.detail,
         hash_of(vault, last.hash, entry));
}

std::vector<JournalEntry> list_journal(storage::Tx& tx, std::int64_t before, int limit) {
  return tx.all(select_list, to_entry, before, limit);
}

JournalVerdict verify_journal(storage::Tx& tx, const sealing::Vault& vault) {
  JournalVerdict verdict;
  std::string previous;
  tx.each(select_all, [&](const storage::Row& row) {
    if (!verdict.fault.empty()) return;
    const JournalEntry entry = to_entry(row);
    const std::string hash = row.text(6);
    if (entry.number != verdict.entries + 1) {
      verdict.fault = fmt::format("entry {}: it is missing", verdict.entries + 1);
    } else if (hash_of(vault, previous, entry) != hash) {
      verdict.fault = fmt::format("entry {}: it is not as it was written, or not in its place", entry.number);
    } else {
      verdict.entries = entry.number;
      previous = hash;
    }
  });
  if (!verdict.fault.empty()) return verdict;
  const auto head = vault.head();
  if (!head) {
    verdict.fault = "the file of keys does not tell how far the journal came: it was changed";
  } else if (head->count > verdict.entries) {
    verdict.fault =
        fmt::format("entry {}: it is missing, and {} entries were there once: the end was cut off",
                    verdict.entries + 1, head->count);
  } else if (!holds(tx, *head)) {
    verdict.fault = fmt::format("entry {}: it is not the one that was there once", head->count);
  }
  return verdict;
}

bool tell_journal_head(storage::Tx& tx, sealing::Vault& vault) {
  const Last last = last_of(tx);
  const auto head = vault.head();
  if (!head || last.number < head->count || !holds(tx, *head)) return false;
  if (last.number == head->count) return true;
  std::string bytes;
  for (std::size_t at = 0; at + 1 < last.hash.size(); at += 2)
    bytes += static_cast<char>(std::stoi(last.hash.substr(at, 2), nullptr, 16));
  vault.set_head({last.number, bytes});
  return true;
}

}  // namespace tongdai::ops
