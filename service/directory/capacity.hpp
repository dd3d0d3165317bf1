#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/time.hpp"
#include "storage/tx.hpp"

/// How many beds facilities have free, as their people last said.
namespace tongdai::directory {

struct Beds {
  int free = 0;
  TimePoint told_at{};
};

/// An older word than the one known changes nothing: a text may have been on its way. Writer thread.
void set_beds(storage::Tx& tx, FacilityId id, int free, TimePoint told_at);
/// What they said at `since` or later; nullopt if they said nothing, or it is too old to be believed. Any
/// transaction.
[[nodiscard]] std::optional<Beds> beds_of(storage::Tx& tx, FacilityId id, TimePoint since);
/// Of these those that offer one of the services that beds are counted for. Any transaction.
[[nodiscard]] std::vector<FacilityId> facilities_with_beds(storage::Tx& tx,
                                                           const std::vector<FacilityId>& among,
                                                           const std::vector<std::string>& bed_services);

}  // namespace tongdai::directory
