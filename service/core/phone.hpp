#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/error.hpp"

namespace tongdai {

/// An address on the telephone network: an E.164 number ("+84912345678"), a short code ("113") or an
/// alphanumeric sender ("LAICHAU"). Prints masked; showing it whole is an explicit call.
/// Made by NumberingPlan::parse from what people write, or by `stored` from what we wrote ourselves.
class Phone {
 public:
  Phone() = default;
  /// Takes `value` as it is. For values that come from our database or from a plan's parse.
  [[nodiscard]] static Phone stored(std::string value) { return Phone(std::move(value)); }

  /// The whole number. Say `reveal` where it must leave: a PDU, an authorised view, a database row.
  [[nodiscard]] const std::string& reveal() const noexcept { return value_; }
  /// "+8491•••678" with five or more digits hidden; short ones whole but for their middle.
  [[nodiscard]] std::string masked() const;

  [[nodiscard]] bool is_e164() const noexcept { return !value_.empty() && value_.front() == '+'; }
  /// 3 to 5 digits, without "+".
  [[nodiscard]] bool is_short_code() const noexcept;
  [[nodiscard]] bool is_alphanumeric() const noexcept { return !empty() && !is_e164() && !all_digits(); }
  [[nodiscard]] bool empty() const noexcept { return value_.empty(); }

  friend auto operator<=>(const Phone&, const Phone&) = default;

 private:
  explicit Phone(std::string value) : value_(std::move(value)) {}
  [[nodiscard]] bool all_digits() const noexcept;

  std::string value_;
};

}  // namespace tongdai

template <>
struct std::hash<tongdai::Phone> {
  std::size_t operator()(const tongdai::Phone& phone) const noexcept {
    return std::hash<std::string>{}(phone.reveal());
  }
};
