#include "api/server/sign_in.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <string>

namespace tongdai::api {
namespace {

bool same_word(std::string_view a, std::string_view lower) noexcept {
  return std::ranges::equal(a, lower, {},
                            [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
}

/// The name in "name", "name:port", "[v6]" or "[v6]:port"; "" if it is none of them.
std::string_view name_in(std::string_view host) noexcept {
  std::string_view name = host;
  std::string_view rest;
  if (host.starts_with('[')) {
    const std::size_t end = host.find(']');
    if (end == std::string_view::npos) return "";
    name = host.substr(1, end - 1);
    rest = host.substr(end + 1);
  } else if (const std::size_t colon = host.find(':'); colon != std::string_view::npos) {
    name = host.substr(0, colon);
    rest = host.substr(colon);
  }
  if (rest.empty()) return name;
  const std::string_view port = rest.substr(1);
  const bool digits = port.find_first_not_of("0123456789") == std::string_view::npos;
  return rest.front() == ':' && digits ? name : std::string_view();
}

}  // namespace

bool is_local_host(std::string_view host) noexcept {
  const std::string_view name = name_in(host);
  if (same_word(name, "localhost")) return true;
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(std::string(name).c_str(), error);
  return !error && address.is_loopback();
}

std::string_view bearer_of(std::string_view authorization) noexcept {
  constexpr std::string_view scheme = "bearer ";
  if (!same_word(authorization.substr(0, scheme.size()), scheme)) return "";
  authorization.remove_prefix(scheme.size());
  while (authorization.starts_with(' ')) authorization.remove_prefix(1);
  return authorization;
}

bool carries_token(std::string_view authorization, std::string_view token) noexcept {
  const std::string_view bearer = bearer_of(authorization);
  if (token.empty() || bearer.size() != token.size()) return false;
  return CRYPTO_memcmp(bearer.data(), token.data(), token.size()) == 0;
}

std::optional<Response> refuse_host(const Request& request, const std::vector<std::string>& hosts) {
  if (request.door == Door::socket) return std::nullopt;
  const std::string_view host = request.header("host");
  if (host.empty()) return problem(400, "invalid", "The request has no host", "header Host: must be present");
  if (is_local_host(host) || std::ranges::find(hosts, name_in(host)) != hosts.end()) return std::nullopt;
  return problem(403, "foreign_host", "This name is not the service's",
                 "header Host: must be localhost, an address of 127.0.0.0/8, [::1], or of [api] hosts");
}

}  // namespace tongdai::api
