#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <filesystem>
#include <string>

#include "core/error.hpp"
#include "runtime/asio.hpp"

/// Opening the two doors. Loop thread.
namespace tongdai::api {

using TcpAcceptor = asio::ip::tcp::acceptor;
using UnixAcceptor = asio::local::stream_protocol::acceptor;

/// Listens on "127.0.0.1:8080" or "[::1]:8080". Errors: invalid (no such form, not loopback), conflict (in
/// use), unavailable.
[[nodiscard]] Result<TcpAcceptor> open_tcp(const asio::any_io_executor& loop, const std::string& address);

/// Listens on a socket file of mode 0660. One that nobody listens on any more is replaced. Errors: invalid
/// (the path is too long, something else stands there), conflict (somebody listens), unavailable.
[[nodiscard]] Result<UnixAcceptor> open_unix(const asio::any_io_executor& loop,
                                             const std::filesystem::path& path);

}  // namespace tongdai::api
