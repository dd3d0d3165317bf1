#pragma once

#include <string>

#include "simulation/ledger.hpp"
#include "simulation/post_office.hpp"
#include "simulation/stage.hpp"
#include "simulation/town.hpp"

/// The people: citizens who report, write again, refuse campaigns or try things out, and the facilities'
/// people, who answer, or do not.
namespace tongdai::simulation {

class Crowd {
 public:
  Crowd(Stage& stage, const Town& town, Ledger& ledger, PostOffice& post)
      : stage_(stage), town_(town), ledger_(ledger), post_(post) {}

  /// A citizen does something, and somebody again after a while, until the calm.
  void begin();
  /// A text reached a phone; whoever holds it may answer.
  void heard(const Phone& phone, const std::string& text);

 private:
  void someone_writes();
  void reports(const Phone& who);
  void reports_at_length(const Phone& who);
  void tries_a_command(const Phone& who);
  void machine_writes();
  void says(const Phone& who, std::string words, Said said, Duration delay);
  [[nodiscard]] Said said(const Phone& who, Meaning meaning, std::string code = "") const;
  [[nodiscard]] std::string report_words(Said& said);

  void answers(const Phone& who, Meaning meaning, const std::string& code, Duration delay);
  void on_alert(const Phone& who, const std::string& code);
  void on_digest(const Phone& who, const std::string& text);
  void on_details(const Phone& who, const std::string& code);
  void on_page(const Phone& who, const std::string& code);

  Stage& stage_;
  const Town& town_;
  Ledger& ledger_;
  PostOffice& post_;
  std::size_t next_ref_ = 0;
  std::size_t next_token_ = 0;
  std::string last_code_;  // that anybody was shown
};

/// The first run of six digits that stands alone; "" if there is none.
[[nodiscard]] std::string code_in(const std::string& text);

}  // namespace tongdai::simulation
