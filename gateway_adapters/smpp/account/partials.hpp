#pragma once

#include <deque>
#include <unordered_map>

#include "gateway_adapters/smpp/account/shipment.hpp"

namespace tongdai::gateway::smpp {

/// Messages of which a centre took some parts and not all, so that only the missing ones are sent again, with
/// the same reference. In memory, and the oldest are forgotten: then a part may come twice, which a phone
/// that joins parts does not show.
class Partials {
 public:
  static constexpr std::size_t messages_max = 10'000;

  /// Keeps the refs, if there are some and some are missing.
  void keep(MessageId id, const PartRefs& refs);
  /// What was kept of the message; forgets it. Empty if there is nothing, or its parts are not `parts`.
  [[nodiscard]] PartRefs take(MessageId id, std::size_t parts);

 private:
  std::unordered_map<std::int64_t, PartRefs> kept_;
  std::deque<std::int64_t> oldest_first_;
};

}  // namespace tongdai::gateway::smpp
