#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <sstream>

#include "directory/csv.hpp"

namespace tongdai::directory {
namespace {

using Row = std::vector<std::string>;  // three fields

/// What people write into cells, and what breaks readers.
rc::Gen<std::string> field() {
  const auto piece =
      rc::gen::element<std::string>("a", "Thị Mỷ", ",", ";", "\"", "\n", "\r\n", " ", "\t", "ẫ", "0912");
  return rc::gen::map(
      rc::gen::container<std::vector<std::string>>(piece), [](const std::vector<std::string>& pieces) {
        std::string text = "x";  // no cell is blank, and none begins or ends with what is trimmed
        for (const std::string& p : pieces) text += p;
        return text + "x";
      });
}

std::string quoted(const std::string& field) {
  std::string out = "\"";
  for (const char c : field) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

RC_GTEST_PROP(CsvProperty, WhatWasWrittenIsRead, ()) {
  const auto cells = *rc::gen::container<std::vector<Row>>(rc::gen::container<Row>(3, field()));
  const std::string separator = *rc::gen::element<std::string>(",", ";", "\t");
  const std::string end = *rc::gen::element<std::string>("\n", "\r\n");
  std::string file = *rc::gen::element<std::string>("", "\xEF\xBB\xBF");
  file += "a" + separator + "b" + separator + "c" + end;
  std::vector<std::int64_t> lines;
  std::int64_t line = 2;
  for (const Row& row : cells) {
    lines.push_back(line);
    for (std::size_t i = 0; i < row.size(); ++i) file += (i == 0 ? "" : separator) + quoted(row[i]);
    file += end;
    line += 1;
    for (const std::string& f : row) line += std::ranges::count(f, '\n');
  }
  std::istringstream in(file);
  CsvReader reader(in);
  RC_ASSERT(reader.read_header({{"a", "b", "c"}, {}}).has_value());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto row = reader.next();
    RC_ASSERT(row.has_value());
    RC_ASSERT(row->fault.empty());
    RC_ASSERT(row->fields == cells[i]);
    RC_ASSERT(row->line == lines[i]);
  }
  RC_ASSERT(!reader.next().has_value());
}

RC_GTEST_PROP(CsvProperty, AnyBytesEnd, ()) {
  const auto bytes =
      *rc::gen::container<std::string>(rc::gen::element('a', ',', '"', '\n', '\r', ' ', '\xFF', '\0', ';'));
  std::istringstream in("a,b\n" + bytes);
  CsvReader reader(in);
  RC_ASSERT(reader.read_header({{"a", "b"}, {}}).has_value());
  std::size_t rows = 0;
  while (const auto row = reader.next()) {
    RC_ASSERT(!row->fault.empty() || row->fields.size() == 2);
    ++rows;
  }
  RC_ASSERT(rows <= bytes.size() + 1);
}

}  // namespace
}  // namespace tongdai::directory
