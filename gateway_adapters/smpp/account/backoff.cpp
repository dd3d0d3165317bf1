#include "gateway_adapters/smpp/account/backoff.hpp"

#include <algorithm>

namespace tongdai::gateway::smpp {

Duration Backoff::next() {
  time_ = std::min(time_ * 2, longest);
  std::uniform_int_distribution<Duration::rep> chance(time_.count() / 2, time_.count());
  return std::max(shortest, Duration{chance(random_)});
}

}  // namespace tongdai::gateway::smpp
