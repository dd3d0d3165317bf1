#pragma once

#include "simulation/ledger.hpp"
#include "simulation/oracle.hpp"
#include "simulation/stage.hpp"
#include "simulation/window.hpp"

/// What must hold in the database, at any moment and at the end.
namespace tongdai::simulation {

class Census {
 public:
  Census(Stage& stage, const Ledger& ledger, Window& window, const Oracle& oracle)
      : stage_(stage), ledger_(ledger), window_(window), oracle_(oracle) {}

  /// While the service runs: it was started, or its clock set, `steady` ago.
  void look(Duration steady);
  /// When all is quiet: nothing is lost, and the accounts add up.
  void close_the_books();
  /// What the service logged in one life: no fault, no number and no word of a report.
  void read_log(const std::string& log);

 private:
  void check_cases(Duration steady);
  void check_reports();
  void check_owners_of_cases();
  void check_sendings();
  void check_accounts();
  void check_shown(const Said& report, std::int64_t case_id);

  Stage& stage_;
  const Ledger& ledger_;
  Window& window_;
  const Oracle& oracle_;
};

}  // namespace tongdai::simulation
