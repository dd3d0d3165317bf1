#include "simulation/stage.hpp"

#include <cstdio>

namespace tongdai::simulation {

Duration Stage::now() const {
  return service.is_up() ? origin_ + service.uptime() : origin_;
}

Stage::Action Stage::take_next() {
  Action action = std::move(agenda_.begin()->second);
  agenda_.erase(agenda_.begin());
  return action;
}

void Stage::write(const std::string& line) {
  digest_ = digest_ * 1'099'511'628'211U + std::hash<std::string>{}(line);
  if (!traces_) return;
  const auto ms = now().count();
  std::fputs(fmt::format("{:>7}.{:03} {}\n", ms / 1000, ms % 1000, line).c_str(), stdout);
}

}  // namespace tongdai::simulation
