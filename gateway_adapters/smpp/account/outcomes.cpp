#include "gateway_adapters/smpp/account/outcomes.hpp"

#include <algorithm>
#include <array>

#include "gateway_adapters/smpp/codec/status.hpp"

namespace tongdai::gateway::smpp {
namespace {

constexpr std::uint32_t submit_failed = 0x00000045;
constexpr std::uint32_t unknown_error = 0x000000ff;

/// Nothing is wrong with the message.
constexpr std::array passing{status::invalid_bind_status,
                             status::already_bound,
                             status::system_error,
                             status::bind_failed,
                             submit_failed,
                             status::receiver_temporary_error,
                             unknown_error};

}  // namespace

Outcome Outcomes::of(std::uint32_t code) const noexcept {
  const auto own = own_.find(code);
  if (own != own_.end()) return own->second;
  if (code == status::ok) return Outcome::accepted;
  if (code == status::throttled || code == status::message_queue_full) return Outcome::throttled;
  if (std::ranges::find(passing, code) != passing.end()) return Outcome::retry_later;
  return find_status(code) ? Outcome::rejected : Outcome::retry_later;
}

}  // namespace tongdai::gateway::smpp
