#include "api/event_hub.hpp"

#include <algorithm>

namespace tongdai::api {

void EventHub::publish(const std::vector<storage::Change>& changes) {
  if (changes.empty()) return;
  for (const storage::Change& change : changes) {
    events_.push_back({next_++, std::string(change.topic), change.id});
    if (events_.size() > kept) events_.pop_front();
  }
  for (const auto& listener : listeners_) {
    if (const auto living = listener.lock()) living->raise();
  }
}

std::vector<EventHub::Event> EventHub::since(std::uint64_t after) const {
  if (after == last()) return {};
  const bool known = after < last() && events_.front().number <= after + 1;
  if (!known) return {Event{last(), std::string(reload), 0}};
  const auto from = std::ranges::upper_bound(events_, after, {}, &Event::number);
  return {from, events_.end()};
}

std::shared_ptr<runtime::Signal> EventHub::listen() {
  std::erase_if(listeners_, [](const auto& listener) { return listener.expired(); });
  if (listeners_.size() >= listeners_max) return nullptr;
  auto signal = std::make_shared<runtime::Signal>(loop_);
  listeners_.push_back(signal);
  return signal;
}

}  // namespace tongdai::api
