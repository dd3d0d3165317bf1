#include "inbox/parts.hpp"

#include <map>

#include "inbox/keys.hpp"

namespace tongdai::inbox {
namespace {

constexpr std::string_view gap = " [...] ";

constexpr std::string_view select_part =
    "SELECT unseal(key_id, sealed_text, text) FROM inbound_part WHERE gateway = $1 AND sender = tag($2) AND "
    "line = $3 AND reference = $4 AND total = $5 AND part = $6";
constexpr std::string_view insert_part =
    "INSERT INTO inbound_part (gateway, sender, line, reference, total, part, text, gateway_ref, "
    "received_at, key_id, sealed_sender, sealed_text) VALUES ($1, tag($2), $3, $4, $5, $6, '', $8, $9, $10, "
    "seal($10, $2), seal($10, $7)) ON CONFLICT DO NOTHING";
constexpr std::string_view select_parts =
    "SELECT part, unseal(key_id, sealed_text, text), key_id FROM inbound_part WHERE gateway = $1 AND sender "
    "= "
    "tag($2) AND line = $3 AND reference = $4 AND total = $5 ORDER BY part";
constexpr std::string_view delete_parts =
    "DELETE FROM inbound_part WHERE gateway = $1 AND sender = tag($2) AND line = $3 AND reference = $4 AND "
    "total "
    "= $5";
constexpr std::string_view select_overdue =
    "SELECT p.gateway, unseal(p.key_id, p.sealed_sender, p.sender), p.line, p.reference, p.total FROM "
    "inbound_part "
    "p WHERE p.received_at < $1 AND NOT EXISTS (SELECT 1 FROM inbound_part q WHERE q.gateway = p.gateway AND "
    "q.sender = p.sender AND q.line = p.line AND q.reference = p.reference AND q.total = p.total AND "
    "(q.received_at < p.received_at OR (q.received_at = p.received_at AND q.part < p.part)))";

Joined take(storage::Tx& tx, const PartKey& key) {
  std::map<int, std::string> parts;
  Joined joined{key, "", false, {}};
  tx.each(
      select_parts,
      [&](const storage::Row& row) {
        parts[row.get<int>(0)] = row.text(1);
        joined.sealed_with = row.get<KeyId>(2);
      },
      key.gateway, key.sender, key.line, key.reference, key.total);
  tx.run(delete_parts, key.gateway, key.sender, key.line, key.reference, key.total);
  joined.incomplete = parts.size() < static_cast<std::size_t>(key.total);
  bool missing = false;
  for (int n = 1; n <= key.total; ++n) {
    const auto found = parts.find(n);
    if (found != parts.end()) joined.text += found->second;
    if (found == parts.end() && !missing) joined.text += gap;  // one mark for a run of missing parts
    missing = found == parts.end();
  }
  return joined;
}

}  // namespace

std::optional<Joined> add_part(storage::Tx& tx, const PartKey& key, int part, std::string_view text,
                               std::string_view ref, TimePoint now) {
  const auto kept =
      tx.value<std::string>(select_part, key.gateway, key.sender, key.line, key.reference, key.total, part);
  std::optional<Joined> old;
  if (kept && *kept != text) old = take(tx, key);
  const auto others = tx.first(
      select_parts, [](const storage::Row& row) { return row.get<KeyId>(2); }, key.gateway, key.sender,
      key.line, key.reference, key.total);
  tx.run(insert_part, key.gateway, key.sender, key.line, key.reference, key.total, part, text, ref, now,
         others ? *others : key_for(tx, key.sender));
  return old;
}

bool is_under_way(storage::Tx& tx, const PartKey& key) {
  return tx
      .first(
          select_parts, [](const storage::Row& row) { return row.get<int>(0); }, key.gateway, key.sender,
          key.line, key.reference, key.total)
      .has_value();
}

std::optional<Joined> take_complete(storage::Tx& tx, const PartKey& key) {
  int have = 0;
  tx.each(
      select_parts, [&](const storage::Row&) { ++have; }, key.gateway, key.sender, key.line, key.reference,
      key.total);
  if (have < key.total) return std::nullopt;
  return take(tx, key);
}

std::vector<Joined> take_overdue(storage::Tx& tx, TimePoint before) {
  const auto keys = tx.all(
      select_overdue,
      [](const storage::Row& row) {
        return PartKey{row.text(0), row.get<Phone>(1), row.get<Phone>(2), row.get<int>(3), row.get<int>(4)};
      },
      before);
  std::vector<Joined> joined;
  for (const PartKey& key : keys) joined.push_back(take(tx, key));
  return joined;
}

}  // namespace tongdai::inbox
