#pragma once

#include <cstdint>
#include <map>

#include "gateway_adapters/gateway.hpp"

namespace tongdai::gateway::smpp {

/// What the status of a submit_sm_resp means for its message: SMPP 3.4 §5.1.3 as centres use it, and what the
/// route's own table says. Never `uncertain` or `unreachable`: an answer came.
class Outcomes {
 public:
  /// The centre's own meaning of `status`, before the table below. accepted, retry_later, throttled,
  /// rejected.
  void set(std::uint32_t status, Outcome outcome) { own_[status] = outcome; }

  /// ok: accepted. THROTTLED and MSGQFUL: throttled. What may be over soon (SYSERR, RX_T_APPN, a state of the
  /// link, the vendor's and reserved numbers): retry_later. Everything else: rejected.
  [[nodiscard]] Outcome of(std::uint32_t status) const noexcept;

 private:
  std::map<std::uint32_t, Outcome> own_;
};

}  // namespace tongdai::gateway::smpp
