#pragma once

#include <string>
#include <variant>
#include <vector>

#include "gateway_adapters/gateway.hpp"
#include "outbox/claiming.hpp"

/// Gateways classify, dispatch decides: what one result means for one message. Pure.
namespace tongdai::dispatch {

struct Accept {};
struct PutBack {
  std::string gateway;  ///< whose queue
  Duration after{};
  bool counts = true;  ///< did it cost an attempt?
};
struct GiveUp {};
struct LoseSight {};
using Decision = std::variant<Accept, PutBack, GiveUp, LoseSight>;

/// `gateway` is who answered; `candidates` the message's route in order; `wait` the backoff that would apply.
[[nodiscard]] Decision decide(const outbox::Claimed& message, const gateway::SubmitResult& result,
                              const std::string& gateway, const std::vector<std::string>& candidates,
                              bool deduplicates, Duration wait);

}  // namespace tongdai::dispatch
