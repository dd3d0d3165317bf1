#pragma once

#include <optional>

#include "hotline/store.hpp"

/// Voice: a call that nobody took, or somebody who asks to be called. It is a report like a text: a case with
/// its timer, and the need of a call back until a person says that it was made. Nothing is sent to the
/// caller. Writer thread for changes.
namespace tongdai::hotline {

/// What a switchboard or a person tells of a call.
enum class CallKind : std::uint8_t {
  missed_call,  ///< rang, and nobody took it
  please_call,  ///< asks to be called back
};

/// Whether the reporter is to be called. docs/cases.md draws it.
enum class CallBackState : std::uint8_t {
  needed,  ///< asked for, and not yet made
  made,    ///< somebody has called back
};

enum class CallBackEvent : std::uint8_t {
  asked,  ///< another call of the same number
  made,
};

/// The state after `event`, or not_allowed.
[[nodiscard]] Result<CallBackState> next(CallBackState from, CallBackEvent event);

struct CallTaken {
  CaseId id;
  bool opened = false;  ///< false: it joined the caller's open case
};
/// Opens a case of high urgency whose place is not known, so that the duty desk has it at once; or joins the
/// open case of the same number and tells who holds it, once until the call back was made. Errors: invalid
/// (no person's number).
[[nodiscard]] Result<CallTaken> take_call(storage::Tx& tx, Desk& desk, const Phone& caller, CallKind kind,
                                          TimePoint now);

/// The reporter was called. Error: not_allowed (nobody waits for a call).
[[nodiscard]] Result<void> call_back_made(storage::Tx& tx, Desk& desk, CaseId id, TimePoint now);

struct CallBack {
  CallBackState state = CallBackState::needed;
  int calls = 0;         ///< how often it was asked for
  TimePoint asked_at{};  ///< the last time
  std::optional<TimePoint> made_at;
};
/// nullopt if none was ever asked for. Any transaction.
[[nodiscard]] std::optional<CallBack> call_back_of(storage::Tx& tx, CaseId id);

}  // namespace tongdai::hotline

template <>
struct tongdai::EnumNames<tongdai::hotline::CallKind> {
  static constexpr std::array<std::string_view, 2> names{"missed_call", "please_call"};
};
template <>
struct tongdai::EnumNames<tongdai::hotline::CallBackState> {
  static constexpr std::array<std::string_view, 2> names{"needed", "made"};
};
