#include "ops/link_watch.hpp"

namespace tongdai::ops {
namespace {

constexpr Duration tell_pause = 1h;  // a link that blinks pages once an hour

}  // namespace

bool LinkWatch::is_too_long(const Absence& absence, MonoTime now) const {
  return patience_ > Duration{0} && absence.is_away && now - absence.since >= patience_;
}

std::vector<std::string> LinkWatch::run_once(const std::vector<LinkState>& links, MonoTime now) {
  std::vector<std::string> told;
  for (const LinkState& link : links) {
    if (!link.receives) continue;
    Absence& absence = absences_.try_emplace(link.gateway, Absence{now, false, false, now}).first->second;
    if (link.is_up) {
      absence.is_away = absence.is_told = false;
      continue;
    }
    if (!absence.is_away) absence.since = now;
    absence.is_away = true;
    if (!is_too_long(absence, now) || absence.is_told || now < absence.may_tell) continue;
    absence.is_told = true;
    absence.may_tell = now + tell_pause;
    told.push_back(link.gateway);
  }
  return told;
}

std::vector<std::string> LinkWatch::away(MonoTime now) const {
  std::vector<std::string> names;
  for (const auto& [name, absence] : absences_) {
    if (is_too_long(absence, now)) names.push_back(name);
  }
  return names;
}

}  // namespace tongdai::ops
