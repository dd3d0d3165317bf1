#pragma once

#include <cstdint>

#include "core/enum_names.hpp"
#include "core/phone.hpp"
#include "core/time.hpp"
#include "storage/tx.hpp"

/// Who campaigns leave alone. Writer thread for changes, any transaction for questions.
namespace tongdai::outbox {

enum class OptOutSource : std::uint8_t {
  text,       ///< the person wrote the whole-message word
  operator_,  ///< a person told an operator
  import,     ///< a list, such as the national Do-Not-Call register
};

/// True if it was not recorded before. Takes effect on what is queued as well.
bool opt_out(storage::Tx& tx, const Phone& phone, OptOutSource source, TimePoint now);
/// Only at the person's own wish.
bool opt_in(storage::Tx& tx, const Phone& phone);
[[nodiscard]] bool has_opted_out(storage::Tx& tx, const Phone& phone);

/// A hold keeps campaigns from a number while its holder lives; several may hold one number.
void hold(storage::Tx& tx, const Phone& phone, std::int64_t holder);
void release(storage::Tx& tx, const Phone& phone, std::int64_t holder);
[[nodiscard]] bool is_held(storage::Tx& tx, const Phone& phone);

}  // namespace tongdai::outbox

template <>
struct tongdai::EnumNames<tongdai::outbox::OptOutSource> {
  static constexpr std::array<std::string_view, 3> names{"text", "operator", "import"};
};
