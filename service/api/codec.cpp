#include "api/codec.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "text/encoding.hpp"

namespace tongdai::api {
namespace {

using config::Node;

/// A number beyond 63 bits is kept as a real one: no field of ours takes it, and the reader says so.
Node::Value number_of(const Json& json) {
  if (json.is_number_unsigned() && json.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX)) {
    return json.get<double>();
  }
  if (json.is_number_integer()) return json.get<std::int64_t>();
  return json.get<double>();
}

/// Throws a Fault: the tree is left as it is, and one fault says why.
Node node_of(const Json& json, const std::string& place, int depth) {
  if (depth > json_depth_max) {
    throw config::Fault{place, 0, fmt::format("must not be nested deeper than {} levels", json_depth_max)};
  }
  if (json.is_object()) {
    Node::Table table;
    for (const auto& [key, value] : json.items()) {
      const std::string inner = place.empty() ? key : fmt::format("{}.{}", place, key);
      table.emplace_back(key, node_of(value, inner, depth + 1));
    }
    return {std::move(table), 0};
  }
  if (json.is_array()) {
    Node::Array array;
    for (const auto& value : json)
      array.push_back(node_of(value, fmt::format("{}[{}]", place, array.size()), depth + 1));
    return {std::move(array), 0};
  }
  if (json.is_string()) {
    const auto& text = json.get_ref<const std::string&>();
    if (text.find('\0') != std::string::npos)
      throw config::Fault{place, 0, "must not hold the character U+0000"};
    return {text, 0};
  }
  if (json.is_boolean()) return {json.get<bool>(), 0};
  if (json.is_number()) return {number_of(json), 0};
  return {};
}

bool is_number(std::string_view text) {
  return parse_id(text).has_value();
}

}  // namespace

std::expected<Node, config::Fault> read_json(std::string_view body) {
  if (body.empty()) return Node{Node::Table{}, 0};
  try {
    return node_of(Json::parse(body), "", 1);
  } catch (const config::Fault& fault) {
    return std::unexpected(fault);
  } catch (const Json::parse_error& error) {
    // The parser's own words repeat what it read, which may be a text or a number of a person.
    return std::unexpected(config::Fault{
        "", 0, fmt::format("the body must be JSON in UTF-8; it is not from byte {} on", error.byte)});
  }
}

Node query_node(const Request& request) {
  Node::Table table;
  for (const auto& [key, value] : request.query) table.emplace_back(key, Node{value, 0});
  return {std::move(table), 0};
}

Response json_response(int status, const Json& body) {
  Response response;
  response.status = status;
  response.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
  return response;
}

Response bad_request(const config::Faults& faults) {
  std::vector<std::string> errors;
  for (const config::Fault& f : faults) {
    errors.push_back(f.line > 0 ? fmt::format("line {}: {}", f.line, f.print("")) : f.print(""));
  }
  const std::string what =
      faults.size() == 1 ? errors.front() : fmt::format("{} faults, listed in errors", faults.size());
  return problem(Error{Code::invalid, what}, errors);
}

Response bad_request(std::string place, std::string what) {
  return bad_request({config::Fault{std::move(place), 0, std::move(what)}});
}

std::int64_t Page::number() const {
  if (cursor.empty()) return 0;
  return parse_id(cursor).value_or(0);
}

Page read_page(config::Reader& query, bool free_cursor) {
  Page page;
  page.cursor = query.text("cursor", "");
  if (!free_cursor && !page.cursor.empty() && !is_number(page.cursor)) {
    query.fault("cursor", "must be the \"next\" of the page before");
  }
  const auto written = query.maybe_text("limit");
  if (!written) return page;
  const auto limit = parse_id(*written);
  if (limit && *limit <= page_max) {
    page.limit = static_cast<int>(*limit);
  } else {
    query.fault("limit", fmt::format("must be a whole number between 1 and {}", page_max));
  }
  return page;
}

std::string read_bounded(config::Reader& reader, std::string_view key, std::size_t bytes_max) {
  std::string text = reader.text(key, "");
  if (text.size() > bytes_max) {
    reader.fault(key, fmt::format("must be at most {} bytes of UTF-8, got {}", bytes_max, text.size()));
  }
  return text;
}

std::string read_text(config::Reader& reader, std::string_view key) {
  // More than a part of 67 characters takes, each with two marks of its own; what is longer is not even
  // measured.
  constexpr std::size_t part_bytes_max = 67 * 8;
  std::string text = reader.text(key);
  if (text.size() > text::parts_max * part_bytes_max || text::measure(text).parts > text::parts_max) {
    reader.fault(key, fmt::format("must fit into {} parts", text::parts_max));
  }
  return text;
}

Phone read_phone(config::Reader& reader, std::string_view key, const text::NumberingPlan& plan,
                 bool required) {
  const std::string written = required ? reader.text(key) : reader.text(key, "");
  if (written.empty()) return {};
  const auto number = plan.parse(written);
  if (number) return number->phone;
  reader.fault(key, number.error().what);
  return {};
}

std::optional<TimePoint> read_day(config::Reader& reader, std::string_view key) {
  const auto written = reader.maybe_text(key);
  if (!written) return std::nullopt;
  constexpr std::size_t day_size = 10;
  const auto time = parse_rfc3339(written->size() == day_size ? *written + "T00:00:00Z" : *written);
  if (time) return *time;
  reader.fault(key, "must be a date such as 2025-07-01 or a time such as 2025-07-01T00:00:00+07:00");
  return std::nullopt;
}

Result<Phone> place_phone(const Request& request, const text::NumberingPlan& plan, std::string_view name) {
  const auto number = plan.parse(request.place(name));
  if (!number) return fail(Code::invalid, fmt::format("{}: {}", name, number.error().what));
  return number->phone;
}

Json list_of(Json items, const std::string& next) {
  Json list;
  list["items"] = std::move(items);
  list["next"] = next.empty() ? Json() : Json(next);
  return list;
}

}  // namespace tongdai::api
