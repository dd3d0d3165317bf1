#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "core/enum_names.hpp"

namespace tongdai::people {

/// What somebody is here for. Each has one; what it may do is said per call, in the API's route table.
enum class Role : std::uint8_t {
  administrator,  ///< people, gateways, settings, imports; no case's words
  author,         ///< writes campaigns and submits them
  approver,       ///< approves what another wrote
  counsellor,     ///< the hotline's desk: every case
  facility,       ///< its own referrals only
  observer,       ///< aggregates only
};

/// Some of the roles.
class Roles {
 public:
  constexpr Roles() = default;
  constexpr Roles(std::initializer_list<Role> roles) {
    for (const Role role : roles) bits_ |= bit(role);
  }
  [[nodiscard]] constexpr bool contain(Role role) const noexcept { return (bits_ & bit(role)) != 0; }
  [[nodiscard]] constexpr bool empty() const noexcept { return bits_ == 0; }
  friend constexpr bool operator==(Roles, Roles) = default;

 private:
  static constexpr std::uint8_t bit(Role role) noexcept {
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(role));
  }
  std::uint8_t bits_ = 0;
};

}  // namespace tongdai::people

template <>
struct tongdai::EnumNames<tongdai::people::Role> {
  static constexpr std::array<std::string_view, 6> names{"administrator", "author",   "approver",
                                                         "counsellor",    "facility", "observer"};
};
