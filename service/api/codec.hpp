#pragma once

#include <expected>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "api/http.hpp"
#include "config/reader.hpp"
#include "core/ids.hpp"
#include "text/numbering_plan.hpp"

/// Requests into values, values into JSON. Bodies and queries are checked by the reader that checks
/// configuration files: every fault at once, each with its place. For handlers only. Any thread.
namespace tongdai::api {

using Json = nlohmann::ordered_json;  // keys stand in the order they were written

inline constexpr int json_depth_max = 16;  ///< of a body; ours need 4
inline constexpr int page_default = 50;    ///< items of a list
inline constexpr int page_max = 1000;
inline constexpr std::size_t comment_bytes_max = 1000;
inline constexpr std::size_t note_bytes_max = 4000;

/// A JSON text (RFC 8259, UTF-8) as a tree; an empty body is an empty object. The fault says at which byte,
/// and never what stands there.
[[nodiscard]] std::expected<config::Node, config::Fault> read_json(std::string_view body);

/// The query as a table of texts.
[[nodiscard]] config::Node query_node(const Request& request);

[[nodiscard]] Response json_response(int status, const Json& body);
/// 400 with every fault.
[[nodiscard]] Response bad_request(const config::Faults& faults);
[[nodiscard]] Response bad_request(std::string place, std::string what);

/// What `read` makes of a table, or the 400 with every fault, unknown keys included.
template <class Read>
[[nodiscard]] auto read_table(const config::Node& table, Read read)
    -> std::expected<std::invoke_result_t<Read, config::Reader&>, Response> {
  config::Faults faults;
  config::Reader reader(table, "", faults);
  auto value = read(reader);
  reader.finish();
  if (!faults.empty()) return std::unexpected(bad_request(faults));
  return value;
}

template <class Read>
[[nodiscard]] auto read_query(const Request& request, Read read) {
  return read_table(query_node(request), std::move(read));
}

template <class Read>
[[nodiscard]] auto read_body(const Request& request, Read read)
    -> std::expected<std::invoke_result_t<Read, config::Reader&>, Response> {
  const auto document = read_json(request.body);
  if (!document) return std::unexpected(bad_request({document.error()}));
  return read_table(*document, std::move(read));
}

/// Which part of a list is asked for.
struct Page {
  int limit = page_default;
  std::string cursor;  ///< `next` of the page before; "" for the first

  /// The cursor of lists that go by one number; 0 for the first page.
  [[nodiscard]] std::int64_t number() const;
};
/// `limit` and `cursor`, which must be a number unless `free_cursor`.
[[nodiscard]] Page read_page(config::Reader& query, bool free_cursor = false);

/// A text of at most `bytes_max` bytes; "" if absent.
[[nodiscard]] std::string read_bounded(config::Reader& reader, std::string_view key, std::size_t bytes_max);
/// A text that fits into text::parts_max parts. Required.
[[nodiscard]] std::string read_text(config::Reader& reader, std::string_view key);
/// A number as people write it. Absent is a fault if `required`, else empty.
[[nodiscard]] Phone read_phone(config::Reader& reader, std::string_view key, const text::NumberingPlan& plan,
                               bool required);
/// "2025-07-01" (UTC, as in the files) or a time of RFC 3339.
[[nodiscard]] std::optional<TimePoint> read_day(config::Reader& reader, std::string_view key);
/// The value of a named enum; nullopt if absent. The fault lists what is allowed.
template <NamedEnum E>
[[nodiscard]] std::optional<E> read_enum(config::Reader& reader, std::string_view key) {
  const auto name = reader.maybe_text(key);
  if (!name) return std::nullopt;
  const auto value = from_name<E>(*name);
  if (value) return value;
  std::string allowed;
  for (const std::string_view n : EnumNames<E>::names) allowed.append(allowed.empty() ? "" : ", ").append(n);
  reader.fault(key, "must be one of " + allowed);
  return std::nullopt;
}

/// The identifier in the path. Error: invalid.
template <class T>
[[nodiscard]] Result<T> place_id(const Request& request, std::string_view name = "id") {
  const auto value = parse_id(request.place(name));
  if (!value) return fail(Code::invalid, std::string(name) + ": " + value.error().what);
  return T{*value};
}
/// The number in the path, as people write it. Error: invalid.
[[nodiscard]] Result<Phone> place_phone(const Request& request, const text::NumberingPlan& plan,
                                        std::string_view name = "phone");

/// {"items": [...], "next": ...}; `next` "" is null.
[[nodiscard]] Json list_of(Json items, const std::string& next);

/// The page of a list that is all there, by place: `all` may end one behind the page.
template <class T, class ToJson>
[[nodiscard]] Json page_of(const std::vector<T>& all, const Page& page, ToJson to_json) {
  const auto from = static_cast<std::size_t>(page.number());
  const std::size_t to = from + static_cast<std::size_t>(page.limit);
  Json items = Json::array();
  for (std::size_t i = from; i < all.size() && i < to; ++i) items.push_back(to_json(all[i]));
  return list_of(std::move(items), all.size() > to ? std::to_string(to) : "");
}

}  // namespace tongdai::api
