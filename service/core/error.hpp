#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace tongdai {

/// Why something that can be expected to fail did fail. One set for the whole service; the API maps
/// each value to one HTTP status and one problem type.
enum class Code : std::uint8_t {
  invalid,      ///< the input is wrong, and the same input will always be wrong
  not_found,    ///< no such thing
  not_allowed,  ///< the thing is in a state that does not permit this
  conflict,     ///< it exists already, or somebody else was first
  limit,        ///< a named limit was reached
  refused,      ///< a rule that protects people says no
  unavailable,  ///< not now: overloaded, draining, disk full, link down; try again later
  internal,     ///< a fault of ours; the log has the detail
};

/// `what` is for people: it names the place, the fault and what is allowed. It never holds a message
/// text, a full phone number or a secret.
struct Error {
  Code code = Code::internal;
  std::string what;
};

template <class T>
using Result = std::expected<T, Error>;

[[nodiscard]] std::string_view to_string(Code code) noexcept;

[[nodiscard]] inline std::unexpected<Error> fail(Code code, std::string what) {
  return std::unexpected(Error{code, std::move(what)});
}

}  // namespace tongdai
