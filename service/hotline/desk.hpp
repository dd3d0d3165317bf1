#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/log.hpp"
#include "directory/places.hpp"
#include "hotline/reporter/flow.hpp"
#include "hotline/words.hpp"
#include "outbox/door.hpp"
#include "outbox/messages.hpp"
#include "text/time_zone.hpp"

namespace tongdai::hotline {

/// What a reporter hears at first.
enum class Reply : std::uint8_t {
  none,         ///< nothing at all
  acknowledge,  ///< a neutral sentence
  guided,       ///< the questions of a flow
};

/// How one of our lines answers.
struct LinePolicy {
  Reply reply = Reply::acknowledge;
  std::string flow{};           ///< of `guided`: its name in Desk::flows
  std::string language = "vi";  ///< of what is answered
};

/// What an administrator decides about the hotline.
struct Settings {
  std::vector<Phone> duty;  ///< duty officers: the last step of every escalation
  LinePolicy policy{};      ///< of lines that have none of their own
  std::map<Phone, LinePolicy> line_policies{};
  Duration silence = 12h;            ///< of a reporter: after it only the agreed word proves who writes
  Duration idle = 30 * 24h;          ///< nobody wrote for so long: the number may be another person's
  Duration contact_kept = 30 * 24h;  ///< a safe contact is asked again after this
  Duration step_critical = 5min;     ///< how long a facility may think, by urgency
  Duration step_high = 10min;
  Duration step_normal = 30min;
  Duration duty_repeat =
      10min;  ///< the duty officer is paged again after this, until somebody takes the case
  Duration lease_critical = 30min;  ///< how long an accepted case may be silent
  Duration lease = 4h;
  int facilities_max = 6;  ///< of one plan, before the duty officer

  [[nodiscard]] Duration step_time(Urgency urgency) const noexcept;
  [[nodiscard]] Duration lease_time(Urgency urgency) const noexcept;
  [[nodiscard]] const LinePolicy& policy_of(const Phone& line) const;
};

/// A source of case codes: six digits, not to be guessed from the last. Tests hand in their own.
using CodeSource = std::function<std::uint32_t()>;
[[nodiscard]] CodeSource random_codes();

/// All that the hotline's rules work with. One for the whole service; writer thread.
struct Desk {
  Settings settings;
  Words words;
  std::map<std::string, Flow> flows;  ///< by the name they have in the settings
  outbox::Door& door;
  outbox::Messages& messages;
  IdSource& ids;
  const text::TimeZone& zone;
  Log& log;
  CodeSource codes;
  FacilityId duty_desk;                                    ///< set at start by `open_desk`
  directory::PlaceIndex places = directory::PlaceIndex();  ///< likewise
};

/// Brings the duty desk of the configuration into the directory. Once at start.
void open_desk(storage::Tx& tx, Desk& desk, TimePoint now);

/// Pages the duty officers about something that is no case: a text that could not be handled.
void page_desk(storage::Tx& tx, Desk& desk, std::string_view what, TimePoint now);

}  // namespace tongdai::hotline

template <>
struct tongdai::EnumNames<tongdai::hotline::Reply> {
  static constexpr std::array<std::string_view, 3> names{"none", "acknowledge", "guided"};
};
