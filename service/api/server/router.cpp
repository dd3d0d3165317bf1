#include "api/server/router.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/url/pct_string_view.hpp>
#include <optional>

#include "text/encoding.hpp"

namespace tongdai::api {
namespace {

namespace urls = boost::urls;

constexpr std::size_t segments_max = 16;  // the longest route has five
constexpr std::size_t parameters_max = 32;

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> pieces;
  for (;;) {
    const std::size_t end = text.find(at);
    pieces.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return pieces;
    text.remove_prefix(end + 1);
  }
}

/// "%XX" undone, in a query also '+' for a space.
Result<std::string> decode(std::string_view encoded, bool in_query, std::string_view place) {
  const auto checked = urls::make_pct_string_view(urls::string_view(encoded.data(), encoded.size()));
  if (checked.has_error()) {
    return fail(Code::invalid, fmt::format("{}: '%' must be followed by two hexadecimal digits", place));
  }
  urls::encoding_opts options;
  options.space_as_plus = in_query;
  std::string text = checked->decode(options);
  if (!text::is_valid_utf8(text)) return fail(Code::invalid, fmt::format("{}: must be UTF-8", place));
  const bool control = std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (control) return fail(Code::invalid, fmt::format("{}: must have no control characters", place));
  return text;
}

Result<std::vector<std::string>> parse_path(std::string_view path) {
  if (!path.starts_with('/'))
    return fail(Code::invalid, "the request's target must be a path that begins with '/'");
  path.remove_prefix(1);
  const auto pieces = split(path, '/');
  if (pieces.size() > segments_max) {
    return fail(Code::invalid, fmt::format("path: must have at most {} segments", segments_max));
  }
  std::vector<std::string> segments;
  for (const std::string_view piece : pieces) {
    auto segment = decode(piece, false, "path");
    if (!segment) return std::unexpected(segment.error());
    segments.push_back(std::move(*segment));
  }
  return segments;
}

Result<Fields> parse_query(std::string_view query) {
  Fields parameters;
  for (const std::string_view piece : split(query, '&')) {
    if (piece.empty()) continue;
    const std::size_t equals = piece.find('=');
    auto name = decode(piece.substr(0, equals), true, "query");
    if (!name) return std::unexpected(name.error());
    std::string value;
    if (equals != std::string_view::npos) {
      auto decoded = decode(piece.substr(equals + 1), true, "query: " + *name);
      if (!decoded) return std::unexpected(decoded.error());
      value = std::move(*decoded);
    }
    if (!parameters.emplace(*name, std::move(value)).second) {
      return fail(Code::invalid, fmt::format("query: {}: must be given once", *name));
    }
    if (parameters.size() > parameters_max) {
      return fail(Code::invalid, fmt::format("query: must have at most {} parameters", parameters_max));
    }
  }
  return parameters;
}

/// The places' values if `segments` have the form of `pattern`.
std::optional<Fields> match(std::string_view pattern, const std::vector<std::string>& segments) {
  Fields places;
  for (const std::string& segment : segments) {
    if (pattern.empty()) return std::nullopt;
    pattern.remove_prefix(1);  // the '/'
    const std::string_view piece = pattern.substr(0, pattern.find('/'));
    pattern.remove_prefix(piece.size());
    if (piece.starts_with('{')) {
      if (segment.empty()) return std::nullopt;
      places.emplace(piece.substr(1, piece.size() - 2), segment);
    } else if (piece != segment) {
      return std::nullopt;
    }
  }
  if (!pattern.empty()) return std::nullopt;
  return places;
}

Response not_allowed(const std::set<std::string_view>& allowed) {
  std::string list;
  for (const std::string_view method : allowed)
    list += list.empty() ? std::string(method) : fmt::format(", {}", method);
  Response response = problem(405, "method_not_allowed", "This path has other methods",
                              fmt::format("this path allows {}", list));
  response.headers.emplace_back("Allow", list);
  return response;
}

}  // namespace

std::string Target::path() const {
  std::string path;
  for (const std::string& segment : segments) path += '/' + segment;
  return path;
}

Result<Target> parse_target(std::string_view target) {
  const std::size_t mark = target.find('?');
  auto segments = parse_path(target.substr(0, mark));
  if (!segments) return std::unexpected(segments.error());
  Target parsed{std::move(*segments), {}};
  if (mark == std::string_view::npos) return parsed;
  auto query = parse_query(target.substr(mark + 1));
  if (!query) return std::unexpected(query.error());
  parsed.query = std::move(*query);
  return parsed;
}

std::expected<Match, Response> Router::find(std::string_view method, const Target& target) const {
  const std::string_view wanted = method == "HEAD" ? "GET" : method;
  std::optional<Match> found;
  // A row without places wins over one with: "/campaigns/new" before "/campaigns/{id}", in whatever order
  // they stand.
  const auto consider = [&](std::string_view pattern, std::string_view offered, const Route* route,
                            const Access& access) {
    if (offered != wanted) return;
    auto places = match(pattern, target.segments);
    if (!places || (found && found->places.size() <= places->size())) return;
    found = Match{route, pattern, access, std::move(*places)};
  };
  const auto stream = std::ranges::find(table_, events_path, &Route::pattern);
  consider(events_path, "GET", nullptr, stream == table_.end() ? everybody : stream->access);
  for (const Route& route : table_) consider(route.pattern, name_of(route.method), &route, route.access);
  if (found) return std::move(*found);
  const auto allowed = methods_of(target);
  if (!allowed.empty()) return std::unexpected(not_allowed(allowed));
  return std::unexpected(
      problem(404, "not_found", "There is no such path", "no call of the service has this path"));
}

std::set<std::string_view> Router::methods_of(const Target& target) const {
  std::set<std::string_view> allowed;
  const auto consider = [&](std::string_view pattern, std::string_view offered) {
    if (!match(pattern, target.segments)) return;
    allowed.insert(offered);
    if (offered == "GET") allowed.insert("HEAD");
  };
  consider(events_path, "GET");
  for (const Route& route : table_) consider(route.pattern, name_of(route.method));
  return allowed;
}

}  // namespace tongdai::api
