#include "outbox/refusals_key.hpp"

#include "storage/seal_functions.hpp"

namespace tongdai::outbox {
namespace {

// The tag of this names the key. It is longer than any sender's name, or such a sender's tag would be this.
constexpr std::string_view named_by = "by which key refusals and holds are looked up: its name";
constexpr std::size_t name_digits = 12;

constexpr std::string_view select_name = "SELECT value FROM meta WHERE key = 'refusals_key'";
constexpr std::string_view upsert_name =
    "INSERT INTO meta (key, value) VALUES ('refusals_key', $1) ON CONFLICT (key) DO UPDATE SET value = "
    "excluded.value";
constexpr std::string_view select_any =
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM opt_out) OR EXISTS (SELECT 1 FROM hold)";

}  // namespace

RefusalsKey check_refusals_key(storage::Tx& tx, std::string_view given_up) {
  const std::string mine = storage::tag(tx, named_by).substr(1, name_digits);
  const auto known = tx.value<std::string>(select_name);
  if (known == mine) return {true, mine};
  if (known && *known != given_up && tx.value<int>(select_any)) return {false, *known};
  tx.run(upsert_name, mine);
  return {true, mine};
}

}  // namespace tongdai::outbox
