#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "simulation/ledger.hpp"
#include "simulation/phrasebook.hpp"
#include "simulation/stage.hpp"
#include "simulation/town.hpp"
#include "simulation/window.hpp"

/// The do-no-harm oracle: every text that reaches a phone must be explained by what people said, by one rule
/// of a small model. Whatever no rule explains is a stray text.
namespace tongdai::simulation {

class Oracle {
 public:
  Oracle(Stage& stage, const Town& town, const Ledger& ledger, Window& window, Phrasebook phrases)
      : stage_(stage), town_(town), ledger_(ledger), window_(window), phrases_(std::move(phrases)) {}

  /// The body of the campaign that runs beside the hotline.
  static constexpr const char* campaign_text = "Cham dut bao luc, vun dap yeu thuong";

  /// Judges a text at the moment in which it reaches a phone.
  void judge(MessageId id, const Phone& to, const gateway::Heard& heard);
  /// These phones belong to who is connected to the alleged perpetrator of a case.
  void leave_out(const std::string& code, const std::vector<Phone>& phones) { left_out_[code] = phones; }
  /// How often each message reached a phone.
  [[nodiscard]] const std::unordered_map<MessageId, int>& arrivals() const { return arrivals_; }
  /// Was a report's token shown to somebody who can help?
  [[nodiscard]] bool was_shown(const std::string& token) const { return shown_.contains(token); }

 private:
  using Values = std::map<std::string, std::string>;
  /// "" if the rule explains the text, else what speaks against it.
  [[nodiscard]] std::string explain(MessageId id, const Phone& to, const gateway::Heard& heard);
  [[nodiscard]] std::string reply(MessageId id, const Phone& to, const std::string& key);
  [[nodiscard]] std::string page_of(const Phone& to, const std::string& gateway) const;
  [[nodiscard]] std::string campaign(MessageId id, const Phone& to) const;
  [[nodiscard]] std::string notice(const Phone& to, const std::string& key, const Values& values);
  [[nodiscard]] std::string alert(const Phone& to, const std::string& code);
  [[nodiscard]] std::string details(const Phone& to, const std::string& code, const std::string& words);
  [[nodiscard]] std::string hint(const Phone& to, const std::string& codes);
  [[nodiscard]] std::string hint_codes(const Phone& to, const std::string& codes);
  [[nodiscard]] std::string of_the_owner(const Phone& to, const std::string& key, const std::string& code,
                                         const std::string& codes);
  [[nodiscard]] std::string leak(const Phone& to, const std::string& text) const;

  [[nodiscard]] bool is_left_out(const Phone& to, const std::string& code) const;
  [[nodiscard]] bool was_asked(const Phone& to, const std::string& code);
  /// Whose case it is; empty if it is nobody's.
  [[nodiscard]] Phone reporter_of(const std::string& code);

  Stage& stage_;
  const Town& town_;
  const Ledger& ledger_;
  Window& window_;
  Phrasebook phrases_;
  std::unordered_map<MessageId, int> arrivals_;
  std::unordered_map<Phone, int> replies_;
  std::unordered_map<std::string, Phone> reporters_;  // by code
  std::unordered_map<std::string, int> shown_;        // tokens
  std::unordered_map<std::string, std::vector<Phone>> left_out_;
};

}  // namespace tongdai::simulation
