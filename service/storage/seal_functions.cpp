#include "storage/seal_functions.hpp"

#include <sqlite3.h>

#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>

#include "sealing/vault.hpp"

namespace tongdai::storage {
namespace {

sealing::Vault& vault_of(sqlite3_context* context) {
  return *static_cast<sealing::Vault*>(sqlite3_user_data(context));
}

std::string_view bytes_of(sqlite3_value* value) {
  const void* data = sqlite3_value_blob(value);
  if (data == nullptr) return {};
  return {static_cast<const char*>(data), static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

void give_text(sqlite3_context* context, std::string_view text) {
  sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

bool is_house(sqlite3_value* key) {
  return sqlite3_value_type(key) == SQLITE_TEXT;
}

/// No exception may pass through SQLite.
template <class Work>
void guarded(sqlite3_context* context, Work work) noexcept {
  try {
    work();
  } catch (const std::exception& e) {
    sqlite3_result_error(context, e.what(), -1);
  }
}

void do_seal(sqlite3_context* context, int, sqlite3_value** values) {
  guarded(context, [&] {
    const sealing::Vault& vault = vault_of(context);
    const std::string sealed = is_house(values[0])
                                   ? vault.seal_for_house(bytes_of(values[1]))
                                   : vault.seal(KeyId{sqlite3_value_int64(values[0])}, bytes_of(values[1]));
    sqlite3_result_blob64(context, sealed.data(), sealed.size(), SQLITE_TRANSIENT);
  });
}

void do_unseal(sqlite3_context* context, int, sqlite3_value** values) {
  guarded(context, [&] {
    if (sqlite3_value_type(values[0]) == SQLITE_NULL) return sqlite3_result_value(context, values[2]);
    if (sqlite3_value_type(values[1]) == SQLITE_NULL) return give_text(context, "");
    const sealing::Vault& vault = vault_of(context);
    const auto plain = is_house(values[0])
                           ? vault.unseal_for_house(bytes_of(values[1]))
                           : vault.unseal(KeyId{sqlite3_value_int64(values[0])}, bytes_of(values[1]));
    give_text(context, plain ? std::string_view(*plain) : std::string_view(""));
  });
}

void do_tag(sqlite3_context* context, int, sqlite3_value** values) {
  guarded(context, [&] { give_text(context, vault_of(context).tag(bytes_of(values[0]))); });
}

void do_new_key(sqlite3_context* context, int, sqlite3_value**) {
  guarded(context, [&] { sqlite3_result_int64(context, vault_of(context).new_key().value); });
}

void do_has_key(sqlite3_context* context, int, sqlite3_value** values) {
  guarded(context, [&] {
    sqlite3_result_int(context, vault_of(context).has(KeyId{sqlite3_value_int64(values[0])}) ? 1 : 0);
  });
}

}  // namespace

KeyId new_key(Tx& tx) {
  return tx.value<KeyId>("SELECT new_key()").value();
}

std::string tag(Tx& tx, std::string_view value) {
  return tx.value<std::string>("SELECT tag($1)", value).value();
}

void add_seal_functions(Connection& connection, sealing::Vault& vault) {
  constexpr int own =
      SQLITE_UTF8 | SQLITE_DIRECTONLY;  // the schema of a file that was changed cannot use them
  const auto add = [&](const char* name, int values, int flags,
                       void (*function)(sqlite3_context*, int, sqlite3_value**)) {
    const int code = sqlite3_create_function_v2(connection.raw().getHandle(), name, values, flags, &vault,
                                                function, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) throw std::runtime_error("the database takes no functions of the program");
  };
  add("seal", 2, own, &do_seal);
  add("unseal", 3, own, &do_unseal);
  add("tag", 1, own | SQLITE_DETERMINISTIC, &do_tag);
  add("new_key", 0, own, &do_new_key);
  add("has_key", 1, own, &do_has_key);
}

}  // namespace tongdai::storage
