#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/log.hpp"
#include "directory/duty_calendar.hpp"
#include "directory/places.hpp"
#include "hotline/conversation/flow.hpp"
#include "hotline/words.hpp"
#include "outbox/door.hpp"
#include "outbox/messages.hpp"
#include "text/time_zone.hpp"

namespace tongdai::hotline {

/// What counts for a facility that could be asked, in points: who has the most is asked first.
struct Weights {
  int service = 100;  ///< each of the needed services that it offers
  int distance = 10;  ///< lost for each level between the place and the unit that it serves
  int facility = 9;   ///< won or lost by the facility's own weight: all of it at 100 or 0, none at 50
  int language = 20;  ///< its people speak the reporter's language
};

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
  Duration reminder_critical = 10min;  ///< so long before its lease ends the owner is reminded
  Duration reminder = 30min;
  Duration clock_forward = 30min;   ///< what "at once" is held to; the law gives no number
  Duration clock_child = 12h;       ///< Decree 56/2017
  Duration clock_no_contact = 12h;  ///< Law 13/2022, Art. 25
  Duration clock_warning = 2h;      ///< before a clock's end
  int facilities_max = 6;           ///< of one plan, before the duty officer
  int alerts_per_hour = 120;        ///< texts to one facility's people; the first about a case always leaves
  int pages_per_hour = 240;         ///< texts to the duty officers, likewise
  std::vector<std::string> bed_services{"shelter"};  ///< what beds are counted for
  Duration beds_believed = 12h;  ///< what a house said of its beds counts so long; then it is unknown
  Weights weights;
  std::vector<std::string> own_track;  ///< services that are asked beside the others, each for itself
  std::vector<std::string>
      consent_services;         ///< nobody is asked for these without the reporter's consent ...
  bool waives_critical = true;  ///< ... but in danger to life,
  bool waives_child = true;     ///< and for a child
  std::vector<std::string> watched_services;  ///< without anybody on duty for one, the desk is told before

  [[nodiscard]] Duration step_time(Urgency urgency) const noexcept;
  [[nodiscard]] Duration lease_time(Urgency urgency) const noexcept;
  [[nodiscard]] Duration reminder_before(Urgency urgency) const noexcept {
    return urgency == Urgency::critical ? reminder_critical : reminder;
  }
  [[nodiscard]] const LinePolicy& policy_of(const Phone& line) const;
};

/// A source of case codes: six digits, not to be guessed from the last. Tests hand in their own.
using CodeSource = std::function<std::uint32_t()>;
[[nodiscard]] CodeSource random_codes();

class AlertBundle;

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
  std::shared_ptr<const text::Holidays> holidays{};        ///< null: none are known
  AlertBundle* bundle = nullptr;                           ///< while a turn gathers its alerts

  [[nodiscard]] directory::DutyCalendar duty_calendar() const { return {zone, holidays.get()}; }
};

/// Brings the duty desk of the configuration into the directory, and has the places read by its words. At the
/// start, and when the configuration was read anew.
void open_desk(storage::Tx& tx, Desk& desk, TimePoint now);

struct Case;

/// Pages the duty officers beside the plans: a text that could not be handled, a threat. `about`: the case,
/// so that none of them learns of it who is in conflict, or who reported it.
void page_desk(storage::Tx& tx, Desk& desk, std::string_view what, TimePoint now,
               const Case* about = nullptr);

}  // namespace tongdai::hotline

template <>
struct tongdai::EnumNames<tongdai::hotline::Reply> {
  static constexpr std::array<std::string_view, 3> names{"none", "acknowledge", "guided"};
};
