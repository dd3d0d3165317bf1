#pragma once

#include <string>
#include <utility>
#include <vector>

#include "report/cell.hpp"
#include "report/figures.hpp"
#include "report/words.hpp"

/// A report in words, before it is a file.
namespace tongdai::report {

struct Section {
  std::string heading;
  std::string sheet;  ///< its name in a workbook
  std::vector<std::string> columns;
  std::vector<Cells> rows;
  bool has_total = false;  ///< the last row
  std::vector<std::string> notes;
};

struct Document {
  Language language = Language::vi;
  std::string title;
  std::vector<std::pair<std::string, std::string>> facts;  ///< what, and its value
  std::vector<Section> sections;
  std::vector<std::string> notes;
};

/// Of which service, when, and in which words.
struct Edition {
  std::string service;
  TimePoint from{}, to{};  ///< [from, to): shown with its last day
  TimePoint made_at{};
  const text::TimeZone& zone;
  Language language = Language::vi;
};

/// Pure.
[[nodiscard]] Document write_document(const Figures& figures, const Edition& edition);

}  // namespace tongdai::report
