#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "config/toml_file.hpp"
#include "directory/facilities.hpp"
#include "directory/units.hpp"
#include "support/engine_room.hpp"
#include "support/source_dir.hpp"

namespace tongdai::directory {

/// A database, and the numbering of the country.
class DirectoryTest : public ::testing::Test {
 protected:
  ImportReport units(const std::string& csv, const UnitDates& dates = {}) {
    std::istringstream in(csv);
    return room.on_database(
        [&](storage::Tx& tx) { return import_units(tx, room.ids, in, room.now(), dates).value(); });
  }
  /// The units of the province, as they come with the service.
  ImportReport province() {
    std::ifstream in(in_checkout("/config/units/lai_chau.csv"), std::ios::binary);
    return room.on_database(
        [&](storage::Tx& tx) { return import_units(tx, room.ids, in, room.now()).value(); });
  }
  ImportReport facilities(const std::string& csv) {
    std::istringstream in(csv);
    return room.on_database(
        [&](storage::Tx& tx) { return import_facilities(tx, room.ids, in, plan, room.now()).value(); });
  }
  UnitId unit(std::string_view code) {
    return room.on_database([&](storage::Tx& tx) { return unit_by_code(tx, code, room.now()).value(); });
  }
  std::string code_of(UnitId id) {
    return room.on_database([&](storage::Tx& tx) {
      return tx.value<std::string>("SELECT code FROM unit WHERE id = $1", id).value_or("");
    });
  }

  static text::NumberingPlan read_plan() {
    config::Faults faults;
    return text::NumberingPlan::read(config::read_toml_file(in_checkout("/config/numbering/vn.toml")).value(),
                                     faults);
  }

  test::EngineRoom room;
  const text::NumberingPlan plan = read_plan();
};

}  // namespace tongdai::directory
