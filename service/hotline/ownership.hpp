#pragma once

#include <string_view>
#include <vector>

#include "hotline/store.hpp"

/// Who has a case, and how it changes hands: whoever asks, a facility by text or the desk in its name. Each
/// act holds both state machines against the rows, writes timers and timeline, and tells who must know, in
/// one transaction. Errors: not_allowed, conflict (another was faster); then nothing has changed. Writer
/// thread.
namespace tongdai::hotline {

/// What a facility does, or the desk in its name.
struct Act {
  const Case& c;
  const Referral& r;        ///< of the facility
  TimePoint at;             ///< as of when: a text may have been on its way
  std::string_view reason;  ///< for the timeline; no number, none of the reporter's words
};

/// The facility takes the case; its lease begins, the others learn that it is taken. By its owner again: a
/// sign of life. Of concurrent accepts exactly one wins. Nothing is sent to the winner.
[[nodiscard]] Result<void> accept_case(storage::Tx& tx, Desk& desk, const Act& act, TimePoint now);
/// A facility that was asked says no: the next is asked at once, if it was this one's turn. By the owner: it
/// gives the case back.
[[nodiscard]] Result<void> decline_case(storage::Tx& tx, Desk& desk, const Act& act, TimePoint now);
/// The owner gives the case back: the next of the plan is asked at once.
[[nodiscard]] Result<void> hand_back_case(storage::Tx& tx, Desk& desk, const Act& act, TimePoint now);
/// The owner gives the case on: `to` are asked first, in order, before what is left of the plan; not any more
/// in a case that was given on many times, which goes down its plan to the desk. From now on it can neither
/// read nor write in it (FIELD 5.14).
[[nodiscard]] Result<void> transfer_case(storage::Tx& tx, Desk& desk, const Act& act,
                                         const std::vector<FacilityId>& to, TimePoint now);
/// A sign of life of the owner at `at`: the lease begins anew then; what runs longer already stays.
[[nodiscard]] Result<void> renew_lease(storage::Tx& tx, Desk& desk, const Case& c, TimePoint at,
                                       TimePoint now);
/// Closes a case with all that belongs to it: for its owner, or by an operator (`by` 0).
[[nodiscard]] Result<void> close_case(storage::Tx& tx, Desk& desk, const Case& c, FacilityId by,
                                      std::string_view outcome, TimePoint now);
/// The owner's work is done: on a track, that ends; as the lead, the case goes on with a track that is not
/// done, and is closed if there is none.
[[nodiscard]] Result<void> finish_part(storage::Tx& tx, Desk& desk, const Act& act, TimePoint now);
/// A case that was closed too early goes on: with its last owner, if they ask (`by`), or by the operator with
/// a new plan. Errors: conflict if the reporter has another open case by now.
[[nodiscard]] Result<void> reopen_case(storage::Tx& tx, Desk& desk, const Case& c, FacilityId by,
                                       std::string_view reason, TimePoint now);

/// Did the facility have the case at `at`, by what its referral says?
[[nodiscard]] bool had_case(const Referral& r, TimePoint at) noexcept;

}  // namespace tongdai::hotline
