#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "api/http.hpp"
#include "core/clock.hpp"
#include "core/log.hpp"
#include "runtime/sleeper.hpp"
#include "runtime/task_group.hpp"

namespace tongdai::ops {
class Metrics;
}
namespace tongdai::storage {
class Writer;
}

namespace tongdai::api {

struct Context;
struct Route;
struct Hall;
class EventHub;

inline constexpr std::size_t body_max = 1024 * 1024;  ///< bytes of a JSON body
inline constexpr std::uint64_t upload_max =
    512ULL * 1024 * 1024;                             ///< bytes of a file: 1,000,000 contacts are 60 MB
inline constexpr std::size_t header_max = 16 * 1024;  ///< bytes
inline constexpr std::size_t connections_max = 256;   ///< more are closed at once
inline constexpr Duration header_timeout{10'000};     ///< to send a request's head
inline constexpr Duration idle_timeout{30'000};       ///< between two requests, and for each read of a body
inline constexpr Duration write_timeout{30'000};      ///< for an answer, or a burst of events
inline constexpr Duration linger_timeout{2'000};     ///< to read an answer that came before the request's end
inline constexpr Duration comment_interval{15'000};  ///< a sign of life on a quiet event stream

/// How long the server waits for its clients; tests wait less.
struct Patience {
  Duration header = header_timeout;
  Duration idle = idle_timeout;
  Duration write = write_timeout;
  Duration linger = linger_timeout;
  Duration comment = comment_interval;
};

/// The doors for people and programs.
struct Listen {
  std::string address;  ///< "127.0.0.1:8080", "[::1]:8080", "" for none; loopback only; port 0 picks one
  std::filesystem::path socket;  ///< "" for none
  std::string token;             ///< bearer token of the TCP door
  Patience patience;
  std::vector<std::string> hosts{};  ///< names by which a proxy is reached, beside this machine's own
};

/// What the server itself works with; the rest of Context is the handlers'.
struct ServerContext {
  Log& log;
  ops::Metrics& metrics;
  EventHub& events;
  storage::Writer& writer;
  const Clock& clock;
  runtime::Sleeper& sleeper;
  std::filesystem::path data_dir;  ///< uploads are written below it
  std::string zone_name;           ///< of the tz database: told with each answer to a call
};

/// Calls a route's handler.
using Invoke = std::function<asio::awaitable<Response>(const Route&, const Request&)>;

/// Does a request keep its session alive? An open stream does not: nobody may be sitting before it.
enum class Use : std::uint8_t { yes, no };
/// Tells who makes a request.
using Identify = std::function<asio::awaitable<Caller>(const Request&, Use)>;

/// HTTP/1.1 over TCP and over the Unix socket. Loop thread. What is handed over outlives it, and the tasks it
/// started.
class Server {
 public:
  /// `table`: routes(). GET /api/v1/events is served beside the table.
  Server(Context& context, Listen listen, std::span<const Route> table);
  Server(ServerContext context, Listen listen, std::span<const Route> table, Invoke invoke,
         Identify identify);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Opens the doors and serves within `tasks` until it is stopped. Errors: invalid (an address that is not
  /// loopback, a TCP door without a token), conflict (in use), unavailable. A stale socket file is replaced;
  /// a living one is in use.
  [[nodiscard]] Result<void> start(runtime::TaskGroup& tasks);
  /// No new connection; open ones end after their answer.
  void stop();
  /// The port it listens on; 0 if none.
  [[nodiscard]] std::uint16_t port() const;

 private:
  struct Doors;
  Listen listen_;
  std::shared_ptr<Hall> hall_;
  std::shared_ptr<Doors> doors_;
};

/// The token in `file`; made from the system's generator (32 bytes, hex) with mode 0600 if there is none.
/// Errors: invalid (empty, shorter than 32 characters, not printable), unavailable (cannot be written).
[[nodiscard]] Result<std::string> token_of(const std::filesystem::path& file);

}  // namespace tongdai::api
