#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "cli/terminal.hpp"

/// HTTP over the daemon's Unix socket. One request a connection; blocks the calling thread.
namespace tongdai::cli {

/// Why a command did not do what it was asked, ready for standard error, a line each.
struct Failure {
  Exit exit = Exit::refused;
  std::vector<std::string> lines;
};

template <class T>
using Outcome = std::expected<T, Failure>;

[[nodiscard]] inline std::unexpected<Failure> failure(Exit exit, std::string line) {
  return std::unexpected(Failure{exit, {std::move(line)}});
}

enum class Verb : std::uint8_t { get, post };

/// How patient a call is.
enum class Patience : std::uint8_t {
  ordinary,  ///< Timeouts::ordinary
  lengthy,   ///< Timeouts::lengthy
};

struct Call {
  Verb verb = Verb::get;
  std::string target;             ///< path and query, encoded: "/api/v1/status"
  std::string content_type = {};  ///< of a POST with a body
  std::string body = {};
  std::filesystem::path upload = {};  ///< if not empty, the body: streamed, never whole in memory
  std::filesystem::path download =
      {};  ///< if not empty, where the body of a 2xx answer goes; created or replaced
  Patience patience = Patience::ordinary;
};

struct Answer {
  int status = 0;
  std::string content_type;
  std::string body;  ///< empty for a download
  std::string zone;  ///< that the service goes by; "" if the daemon does not say

  [[nodiscard]] bool ok() const noexcept { return status >= 200 && status < 300; }
};

inline constexpr std::size_t answer_max = 64UL * 1024 * 1024;  ///< bytes of an answer that is not a download

/// Asks the daemon at `socket` and waits. Any HTTP status is an answer. Failures: unreachable (no socket,
/// refused, too slow, broken off, not HTTP) with a sentence that names the socket and how to set another;
/// refused (the file to upload cannot be read, the one to download cannot be written).
[[nodiscard]] Outcome<Answer> ask(const std::filesystem::path& socket, const Timeouts& timeouts,
                                  const Call& call);

/// For a place in a path or a value in a query: all but A-Z a-z 0-9 - . _ ~ becomes %XX (RFC 3986 §2.1).
[[nodiscard]] std::string percent_encode(std::string_view raw);

}  // namespace tongdai::cli
