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
};

struct Referral {
  ReferralId id;
  CaseId case_id;
  FacilityId facility;
  int step = 0;
  ReferralState state = ReferralState::planned;
};

[[nodiscard]] std::optional<Case> find_case(storage::Tx& tx, CaseId id);
[[nodiscard]] std::optional<Case> find_case(storage::Tx& tx, std::string_view code);
[[nodiscard]] std::optional<Case> open_case_of(storage::Tx& tx, const Phone& reporter);
[[nodiscard]] std::vector<CaseId> cases_due(storage::Tx& tx, TimePoint now, std::size_t limit);

/// A code that no row holds. Throws when a hundred tries find none: the retention is too long for six digits.
[[nodiscard]] std::string fresh_code(storage::Tx& tx, const CodeSource& codes);
void insert_case(storage::Tx& tx, const Case& c, TimePoint now);
/// What was learnt: urgency, place, services.
void update_facts(storage::Tx& tx, const Case& c, TimePoint now);
/// Step and timer of an open case, or the lease of an accepted one.
void set_timer(storage::Tx& tx, CaseId id, int step, TimePoint due_at, TimePoint now);
/// False if somebody was faster: exactly one accept wins.
[[nodiscard]] bool set_owner(storage::Tx& tx, CaseId id, FacilityId owner, TimePoint lease_ends,
                             TimePoint now);
[[nodiscard]] bool clear_owner(storage::Tx& tx, CaseId id, TimePoint due_at, TimePoint now);
[[nodiscard]] bool set_closed(storage::Tx& tx, CaseId id, TimePoint now);

void add_text(storage::Tx& tx, CaseId id, InboundId text);
void add_event(storage::Tx& tx, IdSource& ids, CaseId id, std::string_view kind, FacilityId facility,
               std::string_view detail, TimePoint now);

[[nodiscard]] std::vector<Referral> referrals(storage::Tx& tx, CaseId id);
[[nodiscard]] std::optional<Referral> referral_at(storage::Tx& tx, CaseId id, int step);
/// Cases in which one of these facilities was asked or has the case, newest first.
[[nodiscard]] std::vector<Referral> referrals_of(storage::Tx& tx, const std::vector<FacilityId>& facilities);
void insert_referral(storage::Tx& tx, const Referral& r, std::string_view why);
void set_referral(storage::Tx& tx, ReferralId id, ReferralState state, TimePoint now);
/// Takes the steps whose turn has not come out of the plan.
void drop_planned(storage::Tx& tx, CaseId id);

void add_conflict(storage::Tx& tx, CaseId id, FacilityId facility);
[[nodiscard]] bool in_conflict(storage::Tx& tx, CaseId id, FacilityId facility);

}  // namespace tongdai::hotline
