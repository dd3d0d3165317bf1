#pragma once

#include <atomic>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/clock.hpp"

namespace tongdai {

/// A 63-bit identifier, ordered by the time of its making: 42 bits of milliseconds since 2020-01-01
/// UTC, 21 bits of sequence. 0 means none. The tag keeps a case's id out of a message's place.
template <class Tag>
struct Id {
  std::int64_t value = 0;
  friend constexpr auto operator<=>(Id, Id) = default;
  explicit constexpr operator bool() const noexcept { return value != 0; }
};

using MessageId = Id<struct MessageTag>;
using BodyId = Id<struct BodyTag>;
using InboundId = Id<struct InboundTag>;
using UnitId = Id<struct UnitTag>;
using ContactId = Id<struct ContactTag>;
using GroupId = Id<struct GroupTag>;
using FacilityId = Id<struct FacilityTag>;
using CampaignId = Id<struct CampaignTag>;
using CaseId = Id<struct CaseTag>;
using ReferralId = Id<struct ReferralTag>;

template <class Tag>
[[nodiscard]] std::string to_string(Id<Tag> id) {
  return std::to_string(id.value);
}

/// Decimal digits of a positive 63-bit number. Error: invalid.
[[nodiscard]] Result<std::int64_t> parse_id(std::string_view text);

/// Makes identifiers. Strictly growing, also when the wall clock goes back. Any thread.
class IdSource {
 public:
  explicit IdSource(const Clock& clock) : clock_(clock) {}
  IdSource(const IdSource&) = delete;
  IdSource& operator=(const IdSource&) = delete;

  template <class Tag>
  [[nodiscard]] Id<Tag> next() {
    return Id<Tag>{next_value(1)};
  }
  /// The first of `count` identifiers in a row, count > 0.
  template <class Tag>
  [[nodiscard]] Id<Tag> next_range(std::int64_t count) {
    return Id<Tag>{next_value(count)};
  }
  /// Every later id is greater than `floor`: called at start with the greatest id on disk.
  void raise(std::int64_t floor) noexcept;

 private:
  [[nodiscard]] std::int64_t next_value(std::int64_t count) noexcept;

  const Clock& clock_;
  std::atomic<std::int64_t> last_{0};
};

}  // namespace tongdai

template <class Tag>
struct std::hash<tongdai::Id<Tag>> {
  std::size_t operator()(tongdai::Id<Tag> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
