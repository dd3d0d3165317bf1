#include "api/server/doors.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <charconv>
#include <optional>

namespace tongdai::api {
namespace {

using asio::ip::tcp;
using Local = asio::local::stream_protocol;
using ErrorCode = boost::system::error_code;

constexpr std::size_t socket_path_max = 107;  // bytes: sockaddr_un(7) without its final zero
constexpr mode_t socket_mode = S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP;

std::optional<tcp::endpoint> parse_endpoint(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  const std::string_view digits = text.substr(colon + 1);
  std::uint16_t port = 0;
  const auto [end, bad] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (digits.empty() || bad != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (host == "localhost") host = "127.0.0.1";
  ErrorCode error;
  const auto address = asio::ip::make_address(std::string(host), error);
  if (error || address.is_v6() != bracketed) return std::nullopt;
  return tcp::endpoint(address, port);
}

std::unexpected<Error> cannot_listen(const std::string& place, const ErrorCode& error) {
  if (error == asio::error::address_in_use)
    return fail(Code::conflict, place + ": is in use by another program");
  return fail(Code::unavailable, fmt::format("{}: cannot be listened on: {}", place, error.message()));
}

/// Takes away a socket file that a crash left.
Result<void> make_room(const asio::any_io_executor& loop, const std::filesystem::path& path) {
  std::error_code ignored;
  const auto status = std::filesystem::symlink_status(path, ignored);
  if (!std::filesystem::exists(status)) return {};
  if (!std::filesystem::is_socket(status)) {
    return fail(Code::invalid, path.string() + ": must be free for a socket, and is another kind of file");
  }
  Local::socket probe(loop);
  ErrorCode error;
  probe.connect(Local::endpoint(path.string()), error);
  if (error == asio::error::connection_refused) {
    std::filesystem::remove(path, ignored);
    return {};
  }
  if (!error) return fail(Code::conflict, path.string() + ": another daemon listens there");
  return cannot_listen(path.string(), error);
}

}  // namespace

Result<TcpAcceptor> open_tcp(const asio::any_io_executor& loop, const std::string& address) {
  const auto endpoint = parse_endpoint(address);
  if (!endpoint) {
    return fail(Code::invalid,
                fmt::format("{}: must be an address and a port, like 127.0.0.1:8080 or [::1]:8080", address));
  }
  if (!endpoint->address().is_loopback()) {
    return fail(Code::invalid,
                fmt::format("{}: must be a loopback address (127.0.0.0/8 or [::1]): the bearer token "
                            "must not travel over a network",
                            address));
  }
  TcpAcceptor acceptor(loop);
  ErrorCode error;
  acceptor.open(endpoint->protocol(), error);
  if (!error) acceptor.set_option(TcpAcceptor::reuse_address(true), error);
  if (!error) acceptor.bind(*endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) return cannot_listen(address, error);
  return acceptor;
}

Result<UnixAcceptor> open_unix(const asio::any_io_executor& loop, const std::filesystem::path& path) {
  if (path.string().size() > socket_path_max) {
    return fail(Code::invalid,
                fmt::format("{}: a socket's path must be at most {} bytes", path.string(), socket_path_max));
  }
  if (auto room = make_room(loop, path); !room) return std::unexpected(room.error());
  UnixAcceptor acceptor(loop);
  ErrorCode error;
  acceptor.open(Local(), error);
  // On Linux the file gets its descriptor's mode, less the umask: at no moment may more people open it.
  if (!error && ::fchmod(acceptor.native_handle(), socket_mode) != 0) {
    error.assign(errno, boost::system::system_category());
  }
  if (!error) acceptor.bind(Local::endpoint(path.string()), error);
  if (!error && ::chmod(path.c_str(), socket_mode) != 0)
    error.assign(errno, boost::system::system_category());
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) return cannot_listen(path.string(), error);
  return acceptor;
}

}  // namespace tongdai::api
