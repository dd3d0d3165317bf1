#include "outbox/sealed.hpp"

#include "storage/seal_functions.hpp"

namespace tongdai::outbox {
namespace {

constexpr std::string_view select_of_case =
    "SELECT key_id FROM hotline_case WHERE id = $1 AND has_key(key_id) = 1";
constexpr std::string_view select_of_text =
    "SELECT key_id FROM inbound WHERE id = $1 AND has_key(key_id) = 1";

constexpr std::string_view insert_sealed_body =
    "INSERT INTO body (id, text, encoding, parts, key_id, sealed_text) VALUES ($1, '', $2, $3, $4, seal($4, "
    "$5))";

}  // namespace

BodyId store_body(storage::Tx& tx, IdSource& ids, const Body& body, KeyId key) {
  if (!key) return store_body(tx, ids, body);
  const auto id = ids.next<BodyTag>();
  tx.run(insert_sealed_body, id, body.encoding, body.parts, key, body.text);
  return id;
}

bool is_to_reporter(Purpose purpose) noexcept {
  return purpose == Purpose::reporter_reply || purpose == Purpose::relay_to_reporter;
}

KeyId key_of(storage::Tx& tx, const Draft& draft) {
  if (draft.purpose == Purpose::campaign) return {};
  if (draft.case_id) {
    if (const auto key = tx.value<KeyId>(select_of_case, draft.case_id)) return *key;
  }
  if (draft.in_reply_to) {
    if (const auto key = tx.value<KeyId>(select_of_text, draft.in_reply_to)) return *key;
  }
  return is_to_reporter(draft.purpose) ? storage::new_key(tx) : KeyId{};
}

}  // namespace tongdai::outbox
