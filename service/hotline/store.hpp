#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "core/phone.hpp"
#include "hotline/case_state.hpp"
#include "hotline/desk.hpp"
#include "storage/tx.hpp"

/// The hotline's rows. One guarded statement a transition; each writes its line of the timeline. Writer
/// thread for changes, any transaction for questions.
namespace tongdai::hotline {

struct Case {
  CaseId id;
  std::string code;
  CaseState state = CaseState::open;
  Urgency urgency = Urgency::normal;
  Phone reporter;
  Place place = Place::missing;
  UnitId unit;
  std::vector<std::string> services;
  std::string note;
  FacilityId owner;
  int step = 0;
  std::optional<TimePoint> due_at;
  TimePoint opened_at{};
  int track = 0;  ///< which part of it this is (hotline/tracks): 0 is the lead, the case itself
};

struct Referral {
  ReferralId id;
  CaseId case_id;
  FacilityId facility;
  int step = 0;
  ReferralState state = ReferralState::planned;
  std::optional<TimePoint> answered_at{};  ///< its own last word: a yes, a no, a handing on
  std::optional<TimePoint> accepted_at{};  ///< it had the case from here
  std::optional<TimePoint> left_at{};      ///< to here
  int track = 0;
};

[[nodiscard]] std::optional<Case> find_case(storage::Tx& tx, CaseId id);
[[nodiscard]] std::optional<Case> find_case(storage::Tx& tx, std::string_view code);
[[nodiscard]] std::optional<Case> open_case_of(storage::Tx& tx, const Phone& reporter);
/// The same for who is writing just now: if the case's key was lost, its number is known again. Writer
/// thread.
[[nodiscard]] std::optional<Case> case_of_writer(storage::Tx& tx, const Phone& reporter);
[[nodiscard]] std::vector<CaseId> cases_due(storage::Tx& tx, TimePoint now, std::size_t limit);

/// A code that no row holds. Throws when a hundred tries find none: the retention is too long for six digits.
[[nodiscard]] std::string fresh_code(storage::Tx& tx, const CodeSource& codes);
void insert_case(storage::Tx& tx, const Case& c, TimePoint now);
/// What was learnt: urgency, place, services.
void update_facts(storage::Tx& tx, const Case& c, TimePoint now);
/// Step and timer of an open case, or the lease of an accepted one; here and below, of the case's track.
void set_timer(storage::Tx& tx, const Case& c, int step, TimePoint due_at, TimePoint now);
/// False if somebody was faster: exactly one accept wins.
[[nodiscard]] bool set_owner(storage::Tx& tx, const Case& c, FacilityId owner, TimePoint lease_ends,
                             TimePoint now);
[[nodiscard]] bool clear_owner(storage::Tx& tx, const Case& c, TimePoint due_at, TimePoint now);
[[nodiscard]] bool set_closed(storage::Tx& tx, CaseId id, TimePoint now);
/// Is all gone that it held of a person (hotline/erasure)?
[[nodiscard]] bool is_erased(storage::Tx& tx, CaseId id);
/// Closed -> open, with a timer; not if it is erased.
[[nodiscard]] bool set_reopened(storage::Tx& tx, CaseId id, TimePoint due_at, TimePoint now);

void add_text(storage::Tx& tx, CaseId id, InboundId text);
/// What a facility wrote about a case: it is erased with the case.
void add_command(storage::Tx& tx, CaseId id, InboundId text);
void add_event(storage::Tx& tx, IdSource& ids, CaseId id, std::string_view kind, FacilityId facility,
               std::string_view detail, TimePoint now);

[[nodiscard]] std::vector<Referral> referrals(storage::Tx& tx, CaseId id);
/// The part of these facilities in a case that an act of theirs means: one that has it, else one that is
/// asked (`asked_first`: the other way round), else the newest that ever was; one whose turn has not come is
/// none.
[[nodiscard]] std::optional<Referral> referral_of(storage::Tx& tx, CaseId id,
                                                  const std::vector<FacilityId>& facilities,
                                                  bool asked_first = false);
[[nodiscard]] std::optional<Referral> find_referral(storage::Tx& tx, ReferralId id);
[[nodiscard]] std::optional<Referral> referral_at(storage::Tx& tx, CaseId id, int step);
/// Cases in which one of these facilities was asked or has the case, newest first.
[[nodiscard]] std::vector<Referral> referrals_of(storage::Tx& tx, const std::vector<FacilityId>& facilities);
void insert_referral(storage::Tx& tx, const Referral& r, std::string_view why);
/// Where `event` leads by the state machine. False, and nothing changed, if it is not allowed from there.
bool move_referral(storage::Tx& tx, const Referral& r, ReferralEvent event, TimePoint at);
/// Behind all that stand.
[[nodiscard]] int next_step(storage::Tx& tx, CaseId id);
/// The first whose turn has not come.
[[nodiscard]] std::optional<Referral> next_planned(storage::Tx& tx, const Case& c);
/// The last of the plan.
[[nodiscard]] std::optional<Referral> last_referral(storage::Tx& tx, const Case& c);
/// A step of a plan, without its place.
struct PlannedStep {
  FacilityId facility;
  std::string why;
};
/// Takes the steps whose turn has not come out of the plan, and says what they were, in order.
[[nodiscard]] std::vector<PlannedStep> take_planned(storage::Tx& tx, const Case& c);
/// Facilities that the plan is without, and why.
void forget_left_out(storage::Tx& tx, const Case& c);
void add_left_out(storage::Tx& tx, const Case& c, FacilityId facility, std::string_view why);

/// What the reporter speaks, as far as anybody said: "hmn"; "" if not.
void set_language(storage::Tx& tx, CaseId id, std::string_view language);
[[nodiscard]] std::string language_of(storage::Tx& tx, CaseId id);

void add_conflict(storage::Tx& tx, CaseId id, FacilityId facility);
[[nodiscard]] bool in_conflict(storage::Tx& tx, CaseId id, FacilityId facility);
/// Does this number belong to a facility in conflict, whatever else it belongs to?
[[nodiscard]] bool is_conflicting(storage::Tx& tx, CaseId id, const Phone& phone);

}  // namespace tongdai::hotline
