#pragma once

#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "support/whole_service.hpp"

namespace tongdai::test {

/// What somebody expects to read: a name for the failure, and how to tell it.
struct Expected {
  std::string name;
  std::function<bool(const std::string&)> matches;
};

/// @name The texts of the service, told apart by the words of config/hotline/phrases.toml.
/// @{
[[nodiscard]] Expected alert();      ///< a facility is asked
[[nodiscard]] Expected duty_page();  ///< the duty officer is asked
[[nodiscard]] Expected details();    ///< the case is theirs
[[nodiscard]] Expected taken_by_another();
[[nodiscard]] Expected declined();
[[nodiscard]] Expected closed();
[[nodiscard]] Expected hint();
[[nodiscard]] Expected unknown_code();
[[nodiscard]] Expected not_yours();
[[nodiscard]] Expected acknowledgement();    ///< to a reporter
[[nodiscard]] Expected question_of_place();  ///< to a reporter
[[nodiscard]] Expected opt_out_confirmed();
[[nodiscard]] Expected text(std::string part);
[[nodiscard]] Expected nothing();
/// @}

class Scenario;

/// A phone of the network, in the hand of a citizen or a facility's person.
class Handset {
 public:
  Handset(Scenario& scenario, Phone phone) : scenario_(scenario), phone_(std::move(phone)) {}
  /// Sends a text to the hotline and waits until the service has it.
  Handset& texts(std::string words);
  /// As `texts`; "{code}" is the last code that this phone was shown.
  Handset& replies(std::string words);
  /// The next unread text is this one; `nothing()`: there is none.
  Handset& expects(const Expected& expected);
  /// The text that was expected last.
  [[nodiscard]] const std::string& last() const;
  [[nodiscard]] std::string code() const;
  [[nodiscard]] const Phone& phone() const { return phone_; }

 private:
  Scenario& scenario_;
  Phone phone_;
};

/// The whole service on a virtual clock, with phones in place of a message centre. At the end any text that
/// nobody expected fails the test: that is the do-no-harm oracle.
class Scenario : public ::testing::Test, public WholeService {
 protected:
  Scenario();
  ~Scenario() override;
  void SetUp() override;
  void TearDown() override;

  [[nodiscard]] Handset citizen(std::string_view number);
  /// By name: the first contact of the facility.
  [[nodiscard]] Handset facility(const std::string& name);
  [[nodiscard]] Handset duty_officer() { return citizen("0912000191"); }

  struct ClockWords {
    Scenario& scenario;
    void advance(Duration d);
  } clock{*this};

  /// How much longer than asked `advance` goes, so that what is due by then is done: no less than guard_interval.
  Duration lateness{1000};

  /// Before the oracle: called with every text that reaches a phone. True: it was expected, and is not kept.
  std::function<bool(const Phone&, const gateway::Heard&)> recorder;

  /// How many texts this phone has that nobody expected yet.
  [[nodiscard]] std::size_t unread(const Handset& handset) { return unread_[handset.phone()].size(); }

 private:
  friend class Handset;

  void send(const Phone& from, const std::string& words);

  std::map<Phone, std::deque<std::string>> unread_;
  std::map<Phone, std::string> last_read_;
  std::map<std::string, Phone> facility_phones_;
};

}  // namespace tongdai::test
