#pragma once

#include <functional>
#include <optional>
#include <string>

#include "campaigns/store.hpp"
#include "core/phone.hpp"

namespace tongdai::campaigns {

/// One of an audience, with what they would be written with.
struct Surveyed {
  std::int64_t seq = 0;  ///< 0 before the audience is frozen
  Phone phone;
  std::optional<UnitId> unit;
  int text = 0;
  std::string reason;    ///< why they are left out; "" for all others
  std::string fill;      ///< as Recipient::fill
  int again = 0;         ///< how often they are named beyond the first time; 0 of a frozen one
  bool is_over = false;  ///< frozen, and behind them: their text has left, or never will
};

/// Everybody whom the campaign is for: as it was frozen at the approval, else as it would be now. One row
/// after the other, nothing kept. Any transaction.
void survey(storage::Tx& tx, const Campaign& c, const std::function<void(const Surveyed&)>& read);

}  // namespace tongdai::campaigns
