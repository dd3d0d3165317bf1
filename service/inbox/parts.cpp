#include "inbox/parts.hpp"

#include <map>

namespace tongdai::inbox {
namespace {

constexpr std::string_view gap = " [...] ";

constexpr std::string_view select_part =
    "SELECT text FROM inbound_part WHERE gateway = $1 AND sender = $2 AND line = $3 AND reference = $4 AND "
    "total = $5 "
    "AND part = $6";
constexpr std::string_view insert_part =
    "INSERT INTO inbound_part (gateway, sender, line, reference, total, part, text, gateway_ref, "
    "received_at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";
constexpr std::string_view select_parts =
    "SELECT part, text FROM inbound_part WHERE gateway = $1 AND sender = $2 AND line = $3 AND reference = $4 "
    "AND total = $5 ORDER BY part";
constexpr std::string_view delete_parts =
    "DELETE FROM inbound_part WHERE gateway = $1 AND sender = $2 AND line = $3 AND reference = $4 AND total "
    "= $5";
constexpr std::string_view select_overdue =
    "SELECT gateway, sender, line, reference, total FROM inbound_part "
    "GROUP BY gateway, sender, line, reference, total HAVING MIN(received_at) < $1";

Joined take(storage::Tx& tx, const PartKey& key) {
  std::map<int, std::string> parts;
  tx.each(
      select_parts, [&](const storage::Row& row) { parts[row.get<int>(0)] = row.text(1); }, key.gateway,
      key.sender, key.line, key.reference, key.total);
  tx.run(delete_parts, key.gateway, key.sender, key.line, key.reference, key.total);
  Joined joined{key, "", parts.size() < static_cast<std::size_t>(key.total)};
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
  tx.run(insert_part, key.gateway, key.sender, key.line, key.reference, key.total, part, text, ref, now);
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
