#pragma once

#include <array>
#include <cstdint>

#include "core/phone.hpp"
#include "core/time.hpp"
#include "storage/tx.hpp"

namespace tongdai::outbox {

/// Who rests: at any time campaigns leave a small share of all numbers alone, for no reason at all, so that
/// somebody who is left alone need not have an open case (FIELD §5.17). By a secret of this installation, so
/// that nobody outside can tell a rest from a hold. A number's rests begin at moments of its own and last one
/// week, or two with half the chance, up to eight: as holds do, whole weeks. A value; any thread.
class Rest {
 public:
  using Key = std::array<std::uint8_t, 16>;
  static constexpr int percent_max = 50;

  /// Nobody rests.
  Rest() = default;
  /// `percent` of all numbers at any time, 0..percent_max.
  Rest(const Key& key, int percent);

  [[nodiscard]] bool rests(const Phone& phone, TimePoint now) const;

 private:
  Key key_{};
  std::uint32_t begins_below_ = 0;  ///< of 2^32: how likely a week is a rest's first
};

/// The installation's secret, from the master key: in the database it would tell whoever has a copy who
/// rests, and so who of those left alone reported. Any transaction.
[[nodiscard]] Rest::Key rest_key(storage::Tx& tx);

}  // namespace tongdai::outbox
