#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/http.hpp"
#include "api/server.hpp"
#include "api/server/watchdog.hpp"

namespace tongdai::api {

/// Of every answer: its type is not guessed, it stands in no frame, links on it do not tell where they stand,
/// and pages of other sites cannot load it.
inline constexpr std::string_view guard_fields =
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";

/// A request's head, as it came.
struct Head {
  std::string method;
  std::string target;
  Fields headers;  ///< names in lower case; repeated ones joined by ", "
  bool has_body = false;
  std::optional<std::uint64_t> length;  ///< none if the body comes in chunks
  bool keep_alive = false;              ///< the client would send another request
};

/// Why a request cannot be read to its end: what to answer, or nothing if nobody listens any more.
struct End {
  std::optional<Response> answer;
  bool timed_out = false;
};

/// HTTP/1.1 on one socket: heads, bodies and answers. One operation at a time, each with its patience; but
/// `peer_closed` may wait while something is written. Loop thread.
class Wire {
 public:
  using Sink = std::move_only_function<Result<void>(std::string_view)>;

  explicit Wire(Socket socket);
  ~Wire();
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  /// True when the first byte of a request is there; false if the client left or took longer.
  [[nodiscard]] asio::awaitable<bool> await_request(Duration patience);
  /// The whole head within `patience`, at most `header_max` bytes. Answers: 400, 408, 431.
  [[nodiscard]] asio::awaitable<std::expected<Head, End>> read_head(Duration patience);
  /// Tells a client that waits for it to send the body.
  [[nodiscard]] asio::awaitable<bool> write_continue(Duration patience);
  /// Gives the body to `sink` piece by piece, each within `patience`. Answers: 400, 408, 413 above
  /// `bytes_max`, or what `sink` failed with.
  [[nodiscard]] asio::awaitable<std::expected<void, End>> read_body(std::uint64_t bytes_max,
                                                                    Duration patience, Sink sink);
  struct Form {
    bool keep_alive = false;
    bool head_only = false;  ///< the answer to HEAD
    TimePoint date;
  };
  /// False if it could not be written.
  [[nodiscard]] asio::awaitable<bool> write(Response response, Form form, Duration patience);
  [[nodiscard]] asio::awaitable<bool> write_bytes(std::string_view bytes, Duration patience);
  /// True when the peer closed, or spoke out of turn; false when cancelled.
  [[nodiscard]] asio::awaitable<bool> peer_closed();
  /// Lets the peer read the answer although its request was not read to the end: a close with unread bytes
  /// would destroy it.
  [[nodiscard]] asio::awaitable<void> linger(Duration patience);

  [[nodiscard]] Socket& socket() noexcept;

 private:
  [[nodiscard]] asio::awaitable<bool> write_file(const BodyFile& file, std::uint64_t length,
                                                 Duration patience);

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tongdai::api
