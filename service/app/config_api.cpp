#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <charconv>
#include <optional>

#include "app/config.hpp"

namespace tongdai::app {
namespace {

namespace ip = boost::asio::ip;

constexpr std::size_t socket_path_max = 107;  // bytes: sockaddr_un(7) without its final zero

/// The address of "127.0.0.1:8080" or "[::1]:8080"; nullopt for what has no such form.
std::optional<ip::address> address_of(std::string_view listen) {
  const std::size_t colon = listen.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view host = listen.substr(0, colon);
  const std::string_view digits = listen.substr(colon + 1);
  std::uint16_t port = 0;
  const auto [end, bad] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (digits.empty() || bad != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (host == "localhost") host = "127.0.0.1";
  boost::system::error_code error;
  auto address = ip::make_address(std::string(host), error);
  if (error || address.is_v6() != bracketed) return std::nullopt;
  return address;
}

void check_listen(config::Reader& r, const std::string& listen) {
  if (listen.empty()) return;
  const auto address = address_of(listen);
  if (!address) {
    r.fault(
        "listen",
        fmt::format("must be an address and a port, like 127.0.0.1:8080 or [::1]:8080, got \"{}\"", listen));
  } else if (!address->is_loopback()) {
    r.fault("listen", fmt::format("must be a loopback address (127.0.0.0/8 or [::1]), got \"{}\": the bearer "
                                  "token must not travel over a network",
                                  listen));
  }
}

/// As they stand in a Host header, without the port.
void check_hosts(config::Reader& r, const std::vector<std::string>& hosts) {
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    const bool plain = std::ranges::all_of(hosts[i], [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    });
    if (plain && !hosts[i].empty()) continue;
    r.fault(fmt::format("hosts[{}]", i),
            "must be a name in small letters, like tongdai.example.vn, without a port");
  }
}

}  // namespace

void read_api(config::Reader& top, Config& config) {
  top.table("api", [&](config::Reader& r) {
    config.listen = r.text("listen", "");
    check_listen(r, config.listen);
    if (const std::string socket = r.text("socket", ""); !socket.empty()) {
      config.socket = config.file.parent_path() / socket;
    }
    if (const std::size_t bytes = config.socket.string().size(); bytes > socket_path_max) {
      r.fault("socket", fmt::format("{}: a socket's path must be at most {} bytes, this has {}",
                                    config.socket.string(), socket_path_max, bytes));
    }
    config.token = r.text("token", "");
    config.hosts = r.texts("hosts");
    check_hosts(r, config.hosts);
    config.session_idle = std::chrono::minutes{r.integer("session_idle_minutes", 5, 24 * 60, 30)};
    config.session_absolute = std::chrono::hours{r.integer("session_hours", 1, 7 * 24, 12)};
  });
}

}  // namespace tongdai::app
