#include "hotline/desk.hpp"

#include <random>

#include "directory/facilities.hpp"
#include "hotline/notices.hpp"

namespace tongdai::hotline {

Duration Settings::step_time(Urgency urgency) const noexcept {
  switch (urgency) {
    case Urgency::critical:
      return step_critical;
    case Urgency::high:
      return step_high;
    case Urgency::normal:
      return step_normal;
  }
  return step_critical;
}

Duration Settings::lease_time(Urgency urgency) const noexcept {
  return urgency == Urgency::critical ? lease_critical : lease;
}

const LinePolicy& Settings::policy_of(const Phone& line) const {
  const auto own = line_policies.find(line);
  return own == line_policies.end() ? policy : own->second;
}

CodeSource random_codes() {
  return [device = std::make_shared<std::random_device>()]() -> std::uint32_t {
    return std::uniform_int_distribution<std::uint32_t>(100'000, 999'999)(*device);
  };
}

void open_desk(storage::Tx& tx, Desk& desk, TimePoint now) {
  desk.places = directory::PlaceIndex(desk.words.sounds);
  desk.duty_desk = directory::ensure_duty_desk(tx, desk.ids, desk.settings.duty, now);
}

void page_desk(storage::Tx& tx, Desk& desk, std::string_view what, TimePoint now, const Case* about) {
  bool reached = false;
  for (const Phone& officer : desk.settings.duty) {
    if (about != nullptr && !may_tell(tx, *about, officer)) continue;
    outbox::Draft draft;
    draft.purpose = outbox::Purpose::operator_code;
    draft.to = officer;
    draft.text = std::string(what);
    reached = desk.door.admit(tx, draft, now).has_value() || reached;
  }
  if (!reached) desk.log.alarm("the duty desk could not be paged");
}

}  // namespace tongdai::hotline
