#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace tongdai {

/// The one table of an enum's names, used by the database's CHECK, the API and the logs alike.
/// Specialise with `static constexpr std::array<std::string_view, N> names`, in the enum's order;
/// the enum's values are 0..N-1.
template <class E>
struct EnumNames;

template <class E>
concept NamedEnum = requires { EnumNames<E>::names.size(); };

template <NamedEnum E>
[[nodiscard]] constexpr std::string_view name_of(E value) noexcept {
  return EnumNames<E>::names[static_cast<std::size_t>(value)];
}

template <NamedEnum E>
[[nodiscard]] constexpr std::optional<E> from_name(std::string_view name) noexcept {
  const auto& names = EnumNames<E>::names;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<E>(i);
  }
  return std::nullopt;
}

}  // namespace tongdai
