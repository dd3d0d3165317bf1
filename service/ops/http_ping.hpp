#pragma once

#include <string>

#include "core/error.hpp"
#include "core/time.hpp"
#include "runtime/asio.hpp"

/// The one HTTP client of the daemon's own: a sign of life for a watcher outside.
namespace tongdai::ops {

/// What an URL asks of a client.
struct PingTarget {
  bool is_tls = false;
  std::string host;       ///< a name, or an address without brackets
  std::string authority;  ///< as it was written, with its port
  std::string port;
  std::string path;  ///< with its query
};
/// Errors: invalid, with what is wrong; the message never repeats the URL, whose path is a secret.
[[nodiscard]] Result<PingTarget> parse_ping_url(const std::string& url);

/// One GET or POST without a body. Errors: unavailable, when no connection comes about, the certificate is
/// not good, the answer is not of the 200s, or all of it takes longer than `patience`. Loop thread.
[[nodiscard]] asio::awaitable<Result<void>> ping(PingTarget target, bool posts, Duration patience);

}  // namespace tongdai::ops
