#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"
#include "text/time_zone.hpp"

/// What the daemon says, as people read it. Never JSON: that is Session::show with --json.
namespace tongdai::cli {

using Json = nlohmann::ordered_json;  ///< keeps the order in which the daemon wrote

/// Safe and alignable on a terminal: NFC, without control characters, escape sequences and marks that turn
/// the direction of writing. A line break becomes a space: citizens' words reach this screen.
[[nodiscard]] std::string printable(std::string_view utf8);

/// Columns on the screen, taken as the number of code points.
[[nodiscard]] std::size_t width(std::string_view utf8) noexcept;

/// "2021-11-25 07:00:03" in the machine's zone (TZ).
[[nodiscard]] std::string local_time(TimePoint at);

/// The same with every RFC 3339 time written as "2021-11-25 07:00:03" in `zone`.
[[nodiscard]] Json in_zone(Json document, const text::TimeZone& zone);

/// A value in one line: texts printable, RFC 3339 times local, true and false as yes and no, null as "-",
/// lists with commas, members as "key=value".
[[nodiscard]] std::string value_text(const Json& value);

/// A column of a table of objects. `title` "" stands for the key in capitals, with spaces for underscores.
struct Column {
  std::string key;
  std::string title = {};
};

/// A line of titles and a line an object, every column as wide as its widest cell; a column of numbers to the
/// right. A missing member is "-". No items print "none". Each line begins with `indent` spaces.
void print_table(std::ostream& out, const Json& items, const std::vector<Column>& columns,
                 std::size_t indent = 0);

/// Any document: an object's plain members as aligned lines, then each member that is an object or a list of
/// objects under its name; objects of a list as a table, or one below the other where a table would be too
/// wide.
void print_document(std::ostream& out, const Json& document);

}  // namespace tongdai::cli
