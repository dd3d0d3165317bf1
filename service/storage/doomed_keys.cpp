#include "storage/doomed_keys.hpp"

#include <string_view>
#include <vector>

namespace tongdai::storage {
namespace {

constexpr std::string_view insert_key = "INSERT OR IGNORE INTO doomed_key (key_id) VALUES ($1)";
constexpr std::string_view select_any = "SELECT 1 FROM doomed_key LIMIT 1";
constexpr std::string_view select_keys = "SELECT key_id FROM doomed_key";
constexpr std::string_view delete_key = "DELETE FROM doomed_key WHERE key_id = $1";

std::vector<KeyId> keys_in(Tx& tx) {
  return tx.all(select_keys, [](const Row& row) { return row.get<KeyId>(0); });
}

}  // namespace

void doom(Tx& tx, std::span<const KeyId> keys) {
  for (const KeyId key : keys) tx.run(insert_key, key);
}

bool any_doomed(Tx& tx) {
  return tx.value<int>(select_any).has_value();
}

asio::awaitable<void> destroy_doomed(Database& database) {
  // A snapshot has only what is committed; its thread may wait for the disk.
  const auto keys = co_await database.readers().run([&database](Tx& tx) {
    auto found = keys_in(tx);
    if (!found.empty()) database.vault().destroy(found);
    return found;
  });
  if (keys.empty()) co_return;
  co_await database.writer().run([&keys](Tx& tx) {
    for (const KeyId key : keys) tx.run(delete_key, key);
  });
}

void destroy_doomed(Tx& tx, sealing::Vault& vault) {
  const auto keys = keys_in(tx);
  if (keys.empty()) return;
  vault.destroy(keys);
  for (const KeyId key : keys) tx.run(delete_key, key);
}

}  // namespace tongdai::storage
