#include "ops/link_watch.hpp"

#include <algorithm>
#include <utility>

namespace tongdai::ops {
namespace {

constexpr Duration tell_pause = 1h;  // a link that blinks pages once an hour
constexpr Duration settled = 20s;    // up for so long it is back

}  // namespace

bool LinkWatch::is_too_long(const Absence& absence, MonoTime now) const {
  return patience_ > Duration{0} && absence.is_away && now - absence.since >= patience_;
}

std::vector<std::string> LinkWatch::run_once(const std::vector<LinkState>& links, MonoTime now) {
  std::vector<std::string> to_tell;
  for (const LinkState& link : links) {
    if (!link.receives) continue;
    Absence& absence =
        absences_.try_emplace(link.gateway, Absence{.since = now, .may_tell = now}).first->second;
    if (link.is_up) {
      if (!std::exchange(absence.is_up, true)) absence.up_since = now;
      if (now - absence.up_since >= std::min(settled, patience_)) absence.is_away = absence.is_told = false;
      continue;
    }
    absence.is_up = false;
    if (!std::exchange(absence.is_away, true)) absence.since = now;
    if (is_too_long(absence, now) && !absence.is_told && now >= absence.may_tell)
      to_tell.push_back(link.gateway);
  }
  return to_tell;
}

void LinkWatch::told(const std::vector<std::string>& gateways, MonoTime now) {
  for (const std::string& gateway : gateways) {
    Absence& absence = absences_.at(gateway);
    absence.is_told = true;
    absence.may_tell = now + tell_pause;
  }
}

std::vector<std::string> LinkWatch::away(MonoTime now) const {
  std::vector<std::string> names;
  for (const auto& [name, absence] : absences_) {
    if (is_too_long(absence, now)) names.push_back(name);
  }
  return names;
}

}  // namespace tongdai::ops
