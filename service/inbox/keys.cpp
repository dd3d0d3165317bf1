#include "inbox/keys.hpp"

#include "storage/seal_functions.hpp"

namespace tongdai::inbox {
namespace {

// Where the case's key is gone the text has one of its own: it is taken all the same.
constexpr std::string_view select_key =
    "SELECT key_id FROM hotline_case WHERE reporter = tag($1) AND state <> 'closed' AND reporter <> '' AND "
    "has_key(key_id) = 1";

}  // namespace

KeyId key_for(storage::Tx& tx, const Phone& sender) {
  const auto of_case = tx.value<KeyId>(select_key, sender);
  return of_case ? *of_case : storage::new_key(tx);
}

}  // namespace tongdai::inbox
