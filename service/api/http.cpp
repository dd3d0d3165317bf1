#include "api/http.hpp"

#include <nlohmann/json.hpp>

namespace tongdai::api {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view type_prefix = "/problems/";

std::string_view title_of(Code code) noexcept {
  switch (code) {
    case Code::invalid:
      return "The request is not valid";
    case Code::not_found:
      return "There is no such thing";
    case Code::not_allowed:
      return "Its state does not allow this";
    case Code::conflict:
      return "It exists already, or somebody was first";
    case Code::limit:
      return "A limit was reached";
    case Code::refused:
      return "A rule that protects people says no";
    case Code::unavailable:
      return "Not possible now; try again later";
    case Code::internal:
      return "A fault of the service";
  }
  std::unreachable();
}

}  // namespace

std::string_view Request::place(std::string_view name) const {
  const auto found = places.find(name);
  return found == places.end() ? std::string_view() : found->second;
}

std::string_view Request::header(std::string_view name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string_view() : found->second;
}

Response problem(int status, std::string_view type, std::string_view title, std::string_view detail,
                 const std::vector<std::string>& errors) {
  Json document;
  document["type"] =
      type.starts_with(type_prefix) ? std::string(type) : std::string(type_prefix) + std::string(type);
  document["title"] = title;
  document["status"] = status;
  document["detail"] = detail;
  if (!errors.empty()) document["errors"] = errors;
  Response response;
  response.status = status;
  response.content_type = problem_type;
  // A detail may quote what came in, which need not be UTF-8.
  response.body = document.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  return response;
}

Response problem(const Error& error, const std::vector<std::string>& errors) {
  return problem(status_of(error.code), to_string(error.code), title_of(error.code), error.what, errors);
}

int status_of(Code code) noexcept {
  switch (code) {
    case Code::invalid:
      return 400;
    case Code::not_found:
      return 404;
    case Code::not_allowed:
    case Code::conflict:
      return 409;
    case Code::limit:
      return 429;
    case Code::refused:
      return 422;
    case Code::unavailable:
      return 503;
    case Code::internal:
      return 500;
  }
  std::unreachable();
}

}  // namespace tongdai::api
