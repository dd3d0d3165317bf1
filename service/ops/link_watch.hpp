#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/time.hpp"

namespace tongdai::ops {

/// A gateway's link at a moment.
struct LinkState {
  std::string gateway;
  bool receives = false;  ///< reports may come through it
  bool is_up = false;
};

/// Which receiving gateways are away for too long: while they are, a report may be on its way that nobody
/// sees. Pure; loop thread.
class LinkWatch {
 public:
  /// `patience` 0: never too long.
  explicit LinkWatch(Duration patience) : patience_(patience) {}

  /// Those of which people are to be told now: once an absence, and at most once in an hour each.
  [[nodiscard]] std::vector<std::string> run_once(const std::vector<LinkState>& links, MonoTime now);
  /// Those that are away for too long.
  [[nodiscard]] std::vector<std::string> away(MonoTime now) const;

 private:
  struct Absence {
    MonoTime since;
    bool is_away = false;
    bool is_told = false;
    MonoTime may_tell;  ///< not before
  };
  [[nodiscard]] bool is_too_long(const Absence& absence, MonoTime now) const;

  Duration patience_;
  std::map<std::string, Absence> absences_;
};

}  // namespace tongdai::ops
