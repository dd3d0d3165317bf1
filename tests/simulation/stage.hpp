#pragma once

#include <fmt/format.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "simulation/dice.hpp"
#include "support/whole_service.hpp"

namespace tongdai::simulation {

/// A time in which a gateway's link was down.
struct Outage {
  std::string gateway;
  Duration began{};
  Duration length{};
};

/// What all players of one simulation share: the service, chance, the time of the world outside, which goes
/// on while the service is dead, and the list of what was wrong.
class Stage {
 public:
  using Action = std::function<void()>;

  Stage(std::uint64_t seed, bool traces) : dice(seed), traces_(traces) {}

  test::WholeService service;
  Dice dice;
  std::vector<Outage> outages;
  bool is_calm = false;  ///< faults have ended, and everybody answers

  /// Since the beginning, by no clock of the service.
  [[nodiscard]] Duration now() const;
  /// The service was started at this moment of the world.
  void set_origin(Duration origin) { origin_ = origin; }

  void after(Duration delay, Action action) { agenda_.emplace(now() + delay, std::move(action)); }
  [[nodiscard]] bool has_plans() const { return !agenda_.empty(); }
  [[nodiscard]] Duration next_at() const { return agenda_.begin()->first; }
  [[nodiscard]] Action take_next();

  /// One line of the trace; its digest tells whether two runs were the same.
  template <class... Args>
  void note(fmt::format_string<Args...> form, Args&&... args) {
    write(fmt::format(form, std::forward<Args>(args)...));
  }
  /// Something that must never be.
  template <class... Args>
  void violated(fmt::format_string<Args...> form, Args&&... args) {
    const std::string what = fmt::format(form, std::forward<Args>(args)...);
    write("VIOLATED " + what);
    violations.push_back(what);
  }
  std::vector<std::string> violations;
  [[nodiscard]] std::size_t digest() const { return digest_; }

 private:
  void write(const std::string& line);

  bool traces_;
  Duration origin_{0};
  std::multimap<Duration, Action> agenda_;
  std::size_t digest_ = 0;
};

}  // namespace tongdai::simulation
