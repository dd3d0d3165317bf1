#include "api/server/sse.hpp"

#include <fmt/format.h>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <charconv>

#include "api/access.hpp"
#include "api/event_hub.hpp"

namespace tongdai::api {
namespace {

// The stream has no length and ends with the connection.
constexpr std::string_view stream_head =
    "HTTP/1.1 200 OK\r\n"
    "Content-Type: text/event-stream\r\n"
    "Cache-Control: no-store\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Connection: close\r\n"
    "\r\n"
    "retry: 2000\n\n";  // milliseconds until a client that lost the stream comes back
constexpr std::string_view comment = ": here\n\n";

/// Topics are constants of the program, without quotes or line ends.
std::string print(const std::string& run, const EventHub::Event& event) {
  return fmt::format("id: {0}-{1}\nevent: {2}\ndata: {{\"topic\":\"{2}\",\"id\":\"{3}\"}}\n\n", run,
                     event.number, event.topic, event.id);
}

/// The event behind which the client goes on. A number of another run, or nonsense, is one that is gone:
/// "reload".
std::uint64_t start_of(const Hall& hall, std::string_view last_event_id) {
  const std::uint64_t last = hall.context.events.last();
  if (last_event_id.empty()) return last;
  const std::uint64_t gone = last + 1;
  const std::size_t dash = last_event_id.find('-');
  if (dash == std::string_view::npos || last_event_id.substr(0, dash) != hall.run) return gone;
  const std::string_view digits = last_event_id.substr(dash + 1);
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return error == std::errc() && end == digits.data() + digits.size() ? number : gone;
}

/// False also if the database cannot tell: the client comes back, and hears why.
asio::awaitable<bool> is_still_who(const Hall& hall, const Request& request) {
  using Kind = Caller::Kind;
  const Kind kind = request.caller.kind;
  if (kind != Kind::person && kind != Kind::program) co_return true;
  try {
    const Caller now = co_await hall.identify(request, Use::no);
    co_return now.kind == kind&& now.role == request.caller.role;
  } catch (const std::exception&) {
    co_return false;
  }
}

}  // namespace

asio::awaitable<void> stream_events(Hall& hall, Wire& wire, std::shared_ptr<runtime::Signal> news,
                                    const Request& request) {
  using namespace asio::experimental::awaitable_operators;
  const EventHub& hub = hall.context.events;
  std::uint64_t after = start_of(hall, request.header("last-event-id"));
  std::string burst(stream_head);
  MonoTime looked_at = hall.context.clock.monotonic();
  while (!hall.closing) {
    if (const MonoTime at = hall.context.clock.monotonic(); at - looked_at >= hall.patience.comment) {
      if (!co_await is_still_who(hall, request)) co_return;
      looked_at = at;
    }
    for (const EventHub::Event& event : hub.since(after)) {
      if (event.topic == EventHub::reload || may_hear(request.caller, event.topic))
        burst += print(hall.run, event);
      after = event.number;
    }
    if (burst.empty()) burst = comment;  // woken by the clock
    if (!co_await wire.write_bytes(burst, hall.patience.write)) co_return;
    burst.clear();
    if (hub.last() != after) continue;  // came while this was written
    const MonoTime quiet_until = hall.context.clock.monotonic() + hall.patience.comment;
    const auto woken =
        co_await (news->wait() || hall.context.sleeper.until(quiet_until) || wire.peer_closed());
    if (woken.index() == 2) co_return;
    if (co_await runtime::told_to_end()) co_return;
  }
}

}  // namespace tongdai::api
