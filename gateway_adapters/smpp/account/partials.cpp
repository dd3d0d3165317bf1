#include "gateway_adapters/smpp/account/partials.hpp"

#include <algorithm>

namespace tongdai::gateway::smpp {

void Partials::keep(MessageId id, const PartRefs& refs) {
  const auto taken = std::ranges::count_if(refs, [](const auto& ref) { return ref.has_value(); });
  if (taken == 0 || static_cast<std::size_t>(taken) == refs.size()) return;
  if (kept_.insert_or_assign(id.value, refs).second) oldest_first_.push_back(id.value);
  while (oldest_first_.size() > messages_max) {
    kept_.erase(oldest_first_.front());
    oldest_first_.pop_front();
  }
}

PartRefs Partials::take(MessageId id, std::size_t parts) {
  const auto found = kept_.find(id.value);
  if (found == kept_.end()) return {};
  PartRefs refs = std::move(found->second);
  kept_.erase(found);
  std::erase(oldest_first_, id.value);
  if (refs.size() != parts) return {};
  return refs;
}

}  // namespace tongdai::gateway::smpp
