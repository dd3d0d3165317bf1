#include "api/access.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "people/secrets.hpp"

namespace tongdai::api {
namespace {

std::string names_of(people::Roles roles) {
  std::string out;
  for (std::size_t i = 0; i < EnumNames<people::Role>::names.size(); ++i) {
    const auto role = static_cast<people::Role>(i);
    if (roles.contain(role)) out.append(out.empty() ? "" : ", ").append(name_of(role));
  }
  return out;
}

}  // namespace

Response unauthorized(std::string_view detail) {
  Response response = problem(401, "unauthorized", "Sign in first", detail);
  response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"tongdai\"");
  return response;
}

bool counts_cases(const Caller& caller) noexcept {
  switch (caller.kind) {
    case Caller::Kind::nobody:
      return false;
    case Caller::Kind::socket:
    case Caller::Kind::service:
      return true;
    case Caller::Kind::person:
    case Caller::Kind::program:
      break;
  }
  return caller.role == people::Role::administrator || caller.role == people::Role::counsellor;
}

bool hears_everything(const Caller& caller) noexcept {
  switch (caller.kind) {
    case Caller::Kind::nobody:
      return false;
    case Caller::Kind::socket:
    case Caller::Kind::service:
      return true;
    case Caller::Kind::person:
    case Caller::Kind::program:
      break;
  }
  return caller.role == people::Role::counsellor;
}

bool may_hear(const Caller& caller, std::string_view topic) noexcept {
  if (caller.kind == Caller::Kind::nobody) return false;
  if (hears_everything(caller)) return true;
  switch (caller.role) {
    case people::Role::administrator:
      return topic != "case" && topic != "inbound";
    case people::Role::author:
    case people::Role::approver:
      return topic == "campaign" || topic == "unit";
    case people::Role::counsellor:  // everything
    case people::Role::facility:
    case people::Role::observer:
      break;
  }
  return false;
}

std::optional<Response> object(const Request& request, const Access& access) {
  const Caller& caller = request.caller;
  if (access.open || caller.kind == Caller::Kind::socket || caller.kind == Caller::Kind::service) {
    return std::nullopt;
  }
  if (caller.kind == Caller::Kind::nobody) {
    return unauthorized("a session's cookie, or header Authorization: \"Bearer \" and a token");
  }
  if (!access.roles.contain(caller.role)) {
    return problem(403, "not_your_role", "This is not for your role",
                   fmt::format("you are {}; this is for: {}", name_of(caller.role), names_of(access.roles)));
  }
  if (caller.reads_only && request.method != Method::get) {
    return problem(403, "reads_only", "This token is for looking only", "make one without reads_only");
  }
  if (access.people_only && caller.kind == Caller::Kind::program) {
    return problem(403, "people_only", "This is not for a program",
                   "sign in: a token would be a second pair of eyes of who made it");
  }
  if (caller.kind != Caller::Kind::person) return std::nullopt;
  if (caller.must_change_password && !access.with_any_password) {
    return problem(403, "change_password", "Choose a password of your own first",
                   "POST /api/v1/session/password: the one you have was given to you for once");
  }
  if (request.method != Method::get &&
      !people::same_secret(request.header(form_header), people::form_token(caller.session))) {
    return problem(403, "form_token", "The request does not come from a page of this service",
                   "header X-Form-Token: must be the form_token of GET /api/v1/session");
  }
  return std::nullopt;
}

std::string_view cookie(std::string_view header, std::string_view name) noexcept {
  while (!header.empty()) {
    const std::size_t end = std::min(header.find(';'), header.size());
    std::string_view pair = header.substr(0, end);
    header.remove_prefix(std::min(end + 1, header.size()));
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
    return pair.substr(equals + 1);
  }
  return "";
}

}  // namespace tongdai::api
