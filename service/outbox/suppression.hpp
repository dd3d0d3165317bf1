#pragma once

#include <cstdint>
#include <optional>

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

/// True if it was not recorded before. Takes effect on what is queued as well. Takes a consent away.
bool opt_out(storage::Tx& tx, const Phone& phone, OptOutSource source, TimePoint now);
/// Only at the person's own wish. Gives no consent to advertising.
bool opt_in(storage::Tx& tx, const Phone& phone);
[[nodiscard]] bool has_opted_out(storage::Tx& tx, const Phone& phone);

/// Where a consent to advertising was told (Decree 91/2020 asks for one).
enum class ConsentSource : std::uint8_t { contacts, list, operator_ };

/// The person agreed, at that time. Not recorded, and false, for one who has opted out.
bool consent(storage::Tx& tx, const Phone& phone, TimePoint at, ConsentSource source);
[[nodiscard]] bool has_consented(storage::Tx& tx, const Phone& phone);
/// In the Do-Not-Call register that is in force?
[[nodiscard]] bool is_do_not_call(storage::Tx& tx, const Phone& phone);

/// A hold keeps campaigns from a number while its holder lives, and on to the end of its week: counted from
/// its beginning it lasts whole weeks, at least one, so that its end tells nobody that a holder let go.
/// Several may hold one number.
void hold(storage::Tx& tx, const Phone& phone, std::int64_t holder, TimePoint now);
void release(storage::Tx& tx, const Phone& phone, std::int64_t holder, TimePoint now);
/// For a while only, without a case: who may be reporting at this moment. Never shortens a hold.
void hold_until(storage::Tx& tx, const Phone& phone, TimePoint until, TimePoint now);
[[nodiscard]] bool is_held(storage::Tx& tx, const Phone& phone, TimePoint now);
/// Holds whose time is over are forgotten.
void drop_past_holds(storage::Tx& tx, TimePoint now);

}  // namespace tongdai::outbox

template <>
struct tongdai::EnumNames<tongdai::outbox::OptOutSource> {
  static constexpr std::array<std::string_view, 3> names{"text", "operator", "import"};
};
template <>
struct tongdai::EnumNames<tongdai::outbox::ConsentSource> {
  static constexpr std::array<std::string_view, 3> names{"contacts", "list", "operator"};
};
