#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"
#include "core/ids.hpp"
#include "core/time.hpp"
#include "hotline/relay/relay_state.hpp"
#include "storage/tx.hpp"
#include "text/time_zone.hpp"

/// How a reporter may be written to, and whether now. Writer thread for changes, any transaction for
/// questions.
namespace tongdai::hotline {

enum class Channel : std::uint8_t {
  none,  ///< not to be reached at all
  text,
  call,  ///< by voice only: no text is sent
};

enum class Content : std::uint8_t {
  none,      ///< nothing is written
  neutral,   ///< what anybody could have sent
  explicit_  ///< may say what it is about; needs the reporter's consent
};

/// What was agreed with the reporter of a case. The words are kept as keyed hashes (reporter/word_hash.hpp).
struct SafeContact {
  CaseId case_id{};
  Channel channel = Channel::none;
  std::vector<std::string> hours{};  ///< local windows as of text::DayWindows; none: at any time
  Content content = Content::none;
  std::string agreed{};  ///< "" if none was agreed
  std::string duress{};
  TimePoint expires_at{};
  TimePoint recorded_at{};
};

/// The written thread with the reporter of a case.
struct Relay {
  CaseId case_id{};
  RelayState state = RelayState::open;
  TimePoint
      heard_at{};  ///< the reporter's last text that counts: one without the word after a silence does not
  TimePoint moved_at{};  ///< the last text either way
};

/// Why a reporter may not be written to now, the gravest first.
enum class Bar : std::uint8_t {
  expired,     ///< the thread is idle too long
  duress,      ///< the duress word came
  stopped,     ///< they asked not to be written to
  unrecorded,  ///< no safe contact by text is recorded
  lapsed,      ///< it is older than was agreed: to be asked again
  hours,       ///< outside the safe hours
  silent,      ///< silent too long
};

struct Standing {
  std::optional<Bar> bar;
  bool has_agreed_word = false;
  bool is_explicit = false;
  bool is_recorded = false;
  TimePoint not_after = TimePoint::max();  ///< when the safe window that is open now ends
};

/// May the reporter be written to at `now`? `silence`: how long without a text of theirs is one. Pure.
[[nodiscard]] Standing standing_of(const std::optional<SafeContact>& contact, const Relay& relay,
                                   Duration silence, const text::TimeZone& zone, TimePoint now);

[[nodiscard]] std::optional<SafeContact> safe_contact(storage::Tx& tx, CaseId id);
void save(storage::Tx& tx, const SafeContact& contact);

/// The thread as it stands; one that nobody used yet is open, heard when the case opened.
[[nodiscard]] Relay relay_of(storage::Tx& tx, CaseId id, TimePoint opened_at);
void save(storage::Tx& tx, const Relay& relay);
/// The number is needed though nobody writes: they rang, or the case was reopened.
void stay_in_touch(storage::Tx& tx, CaseId id, TimePoint opened_at, TimePoint now);
/// Cases that are not closed, with a number, in whose thread nobody wrote since `before`; at most `limit`.
[[nodiscard]] std::vector<CaseId> idle_cases(storage::Tx& tx, TimePoint before, std::size_t limit);

/// A facility's text that waits for the agreed word.
struct HeldText {
  std::int64_t id = 0;
  CaseId case_id;
  FacilityId facility;
  std::string text;
};
void hold_text(storage::Tx& tx, const HeldText& text, TimePoint now);
/// All of a case, or of one facility in it, oldest first; they are gone then.
[[nodiscard]] std::vector<HeldText> take_held(storage::Tx& tx, CaseId id, FacilityId of = {});
/// Whose texts wait in a case that is closed or that they have no more, or whose safe contact ran out.
struct HeldInVain {
  CaseId case_id;
  FacilityId facility;
};
[[nodiscard]] std::vector<HeldInVain> held_in_vain(storage::Tx& tx, TimePoint now, std::size_t limit);

}  // namespace tongdai::hotline

template <>
struct tongdai::EnumNames<tongdai::hotline::Channel> {
  static constexpr std::array<std::string_view, 3> names{"none", "text", "call"};
};
template <>
struct tongdai::EnumNames<tongdai::hotline::Content> {
  static constexpr std::array<std::string_view, 3> names{"none", "neutral", "explicit"};
};
template <>
struct tongdai::EnumNames<tongdai::hotline::Bar> {
  static constexpr std::array<std::string_view, 7> names{"expired", "duress", "stopped", "unrecorded",
                                                         "lapsed",  "hours",  "silent"};
};
