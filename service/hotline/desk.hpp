#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/log.hpp"
#include "directory/places.hpp"
#include "hotline/words.hpp"
#include "outbox/door.hpp"
#include "outbox/messages.hpp"
#include "text/time_zone.hpp"

namespace tongdai::hotline {

/// What an administrator decides about the hotline.
struct Settings {
  std::vector<Phone> duty;        ///< duty officers: the last step of every escalation
  bool acknowledge = true;        ///< answer a report whose place is known with the neutral acknowledgement
  Duration step_critical = 5min;  ///< how long a facility may think, by urgency
  Duration step_high = 10min;
  Duration step_normal = 30min;
  Duration duty_repeat =
      10min;  ///< the duty officer is paged again after this, until somebody takes the case
  Duration lease_critical = 30min;  ///< how long an accepted case may be silent
  Duration lease = 4h;
  int facilities_max = 6;  ///< of one plan, before the duty officer

  [[nodiscard]] Duration step_time(Urgency urgency) const noexcept;
  [[nodiscard]] Duration lease_time(Urgency urgency) const noexcept;
};

/// A source of case codes: six digits, not to be guessed from the last. Tests hand in their own.
using CodeSource = std::function<std::uint32_t()>;
[[nodiscard]] CodeSource random_codes();

/// All that the hotline's rules work with. One for the whole service; writer thread.
struct Desk {
  Settings settings;
  Words words;
  outbox::Door& door;
  outbox::Messages& messages;
  IdSource& ids;
  const text::TimeZone& zone;
  Log& log;
  CodeSource codes;
  FacilityId duty_desk;                                    ///< set at start by `open_desk`
  directory::PlaceIndex places = directory::PlaceIndex();  ///< likewise
};

/// Brings the duty desk of the configuration into the directory, and has the places read by its words. At the
/// start, and when the configuration was read anew.
void open_desk(storage::Tx& tx, Desk& desk, TimePoint now);

/// Pages the duty officers about something that is no case: a text that could not be handled.
void page_desk(storage::Tx& tx, Desk& desk, std::string_view what, TimePoint now);

}  // namespace tongdai::hotline
