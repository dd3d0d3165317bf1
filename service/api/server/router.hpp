#pragma once

#include <expected>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/http.hpp"
#include "api/routes.hpp"

namespace tongdai::api {

/// The event stream's path; the connection serves it itself.
inline constexpr std::string_view events_path = "/api/v1/events";

/// A target's parts, decoded. `path` keeps its encoded segments until they are matched: "%2F" is no
/// separator.
struct Target {
  std::vector<std::string> segments;
  Fields query;
  [[nodiscard]] std::string path() const;
};

/// "/a/b?x=1" in origin form. Error: invalid (not origin form, bad %XX, not UTF-8, a control character, a
/// query parameter given twice).
[[nodiscard]] Result<Target> parse_target(std::string_view target);

/// What a request asks for, found in the table.
struct Match {
  const Route* route = nullptr;  ///< nullptr: the event stream
  std::string_view pattern;      ///< for the counters
  Access access;
  Fields places;
};

/// The table of calls, by path.
class Router {
 public:
  explicit Router(std::span<const Route> table) : table_(table) {}

  /// `method` as it came: HEAD is a GET. Refusals: 404, or 405 with Allow.
  [[nodiscard]] std::expected<Match, Response> find(std::string_view method, const Target& target) const;

 private:
  [[nodiscard]] std::set<std::string_view> methods_of(const Target& target) const;

  std::span<const Route> table_;
};

}  // namespace tongdai::api
