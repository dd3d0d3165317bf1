#pragma once

#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/phone.hpp"
#include "core/time.hpp"

/// What people said to the service, as they meant it: the small model that explains what the service says.
namespace tongdai::simulation {

enum class Meaning : std::uint8_t {
  report,   ///< of a citizen: must belong to a case
  opt_out,  ///< refuses campaigns
  opt_in,
  accept,  ///< a facility's answers
  decline,
  done,
  progress,
  hand_back,
  transfer,
  chatter,  ///< of a facility, an answer of no kind
  machine,  ///< of no person: kept, and never answered
};

struct Said {
  Phone by;
  Meaning meaning = Meaning::report;
  std::string ref;    ///< of its text at the message centre
  std::string code;   ///< of a case, as it was written; "" if none
  std::string token;  ///< the word of no language by which a report's words are known again
  std::string unit;   ///< the place that a report names; "" if none or not one
  std::size_t bytes = 0;
  int parts = 1;
  int reference = 0;                ///< of its parts, where there are several
  int parts_sent = 1;               ///< fewer: one is lost on the way
  int parts_taken = 0;              ///< acknowledged by the service
  std::optional<Duration> taken{};  ///< when all that was sent of it was acknowledged
};

class Ledger {
 public:
  Said& add(Said said);
  [[nodiscard]] const std::deque<Said>& all() const { return said_; }
  [[nodiscard]] const std::vector<const Said*>& of(const Phone& phone) const;
  [[nodiscard]] const Said* with_token(const std::string& token) const;
  /// What a row of the inbox holds, by the key under which it stands there; nullptr if nobody said it.
  [[nodiscard]] const Said* with_key(const std::string& dedupe_key) const;
  /// Did one of `phones` say that of this case, or of none in particular?
  [[nodiscard]] bool said(const std::vector<Phone>& phones, Meaning meaning, const std::string& code) const;
  /// Tokens that stand in a text.
  [[nodiscard]] std::vector<std::string> tokens_in(const std::string& text) const;

 private:
  std::deque<Said> said_;  // never moves
  std::unordered_map<Phone, std::vector<const Said*>> by_phone_;
  std::unordered_map<std::string, const Said*> by_token_;
  std::unordered_map<std::string, const Said*> by_ref_;
};

/// The nth word of no language: consonants that stand together in none of ours.
[[nodiscard]] std::string token(std::size_t n);

}  // namespace tongdai::simulation
