#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "hotline/store.hpp"

/// Many alerts to one phone at once become one text with their codes, and without detail.
namespace tongdai::hotline {

/// One alert that is to leave.
struct Alert {
  CaseId case_id;
  ReferralId referral;
  FacilityId facility;
  Urgency urgency = Urgency::normal;
  std::string code;
  std::string text;  ///< if it leaves alone
  int track = 0;
};

/// Gathers the alerts of one turn while it lives; `send` lets them go. In one transaction; writer thread.
class AlertBundle {
 public:
  explicit AlertBundle(Desk& desk) : desk_(desk) { desk_.bundle = this; }
  ~AlertBundle() { desk_.bundle = nullptr; }
  AlertBundle(const AlertBundle&) = delete;
  AlertBundle& operator=(const AlertBundle&) = delete;

  void add(const Phone& to, Alert alert) { waiting_[to].push_back(std::move(alert)); }
  /// As many as `bundle_min` to one phone leave as a digest. What no phone took is due at once: its next step
  /// follows.
  void send(storage::Tx& tx, TimePoint now);

 private:
  void send_to(storage::Tx& tx, const Phone& to, std::vector<Alert> alerts, TimePoint now);
  void send_digest(storage::Tx& tx, const Phone& to, std::span<const Alert> alerts, TimePoint now);

  Desk& desk_;
  std::map<Phone, std::vector<Alert>> waiting_;
  std::map<std::pair<CaseId, int>, bool> reached_;  // by case and track
  std::set<std::pair<CaseId, int>> pages_;          // those of the duty desk
};

/// The cases whose alerts a digest carried.
struct Carried {
  CaseId case_id;
  ReferralId referral;
};
/// A digest was lost: whose alerts went with it. They are forgotten. None if the message is no digest.
[[nodiscard]] std::vector<Carried> take_carried(storage::Tx& tx, MessageId digest);
/// Was this referral in a digest that was not lost?
[[nodiscard]] bool is_carried(storage::Tx& tx, ReferralId referral);
/// The case is closed.
void drop_carried(storage::Tx& tx, CaseId id);

}  // namespace tongdai::hotline
