#include "api/server/sse.hpp"

#include <fmt/format.h>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <charconv>

#include "api/access.hpp"
#include "api/event_hub.hpp"

namespace tongdai::api {
namespace {

constexpr int retry_ms = 2000;  // until a client that lost the stream comes back
constexpr std::string_view comment = ": here\n\n";

/// The stream has no length and ends with the connection.
std::string stream_head() {
  return fmt::format(
      "HTTP/1.1 200 OK\r\n"
      "Content-Type: text/event-stream\r\n"
      "Cache-Control: no-store\r\n"
      "Content-Security-Policy: {}\r\n"
      "{}"
      "Connection: close\r\n"
      "\r\n"
      "retry: {}\n\n",
      data_policy, guard_fields, retry_ms);
}

/// Topics are constants of the program, without quotes or line ends.
std::string print(const std::string& name, const EventHub::Event& event) {
  return fmt::format("id: {0}\nevent: {1}\ndata: {{\"topic\":\"{1}\",\"id\":\"{2}\"}}\n\n", name, event.topic,
                     event.id);
}

/// Names events for one listener. The hub's number would tell who hears only some topics how many others
/// there were: they get a count of their own, which means nothing to the next stream. It says "reload".
class Namer {
 public:
  Namer(const Hall& hall, const Caller& caller) : hall_(hall), by_hub_(hears_everything(caller)) {}
  std::string operator()(const EventHub::Event& event) {
    return by_hub_ ? fmt::format("{}-{}", hall_.run, event.number) : fmt::format("own-{}", ++own_);
  }

 private:
  const Hall& hall_;
  bool by_hub_;
  std::uint64_t own_ = 0;
};

/// The event behind which the client goes on. A number of another run, or nonsense, is one that is gone:
/// "reload". So is each for who hears only some topics.
std::uint64_t start_of(const Hall& hall, const Request& request) {
  const std::string_view last_event_id = request.header("last-event-id");
  const std::uint64_t last = hall.context.events.last();
  if (last_event_id.empty()) return last;
  const std::uint64_t gone = last + 1;
  if (!hears_everything(request.caller)) return gone;
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
  std::uint64_t after = start_of(hall, request);
  Namer name(hall, request.caller);
  std::string burst = stream_head();
  MonoTime looked_at = hall.context.clock.monotonic();
  MonoTime quiet_until = looked_at + hall.patience.comment;
  while (!hall.closing) {
    for (const EventHub::Event& event : hub.since(after)) {
      if (event.topic == EventHub::reload || may_hear(request.caller, event.topic))
        burst += print(name(event), event);
      after = event.number;
    }
    const MonoTime at = hall.context.clock.monotonic();
    if (burst.empty() && at >= quiet_until) burst = comment;
    // What this listener may not hear writes nothing, and moves no sign of life: its moment would tell.
    if (!burst.empty()) {
      if (at - looked_at >= hall.patience.comment) {
        if (!co_await is_still_who(hall, request)) co_return;
        looked_at = at;
      }
      if (!co_await wire.write_bytes(burst, hall.patience.write)) co_return;
      burst.clear();
      quiet_until = hall.context.clock.monotonic() + hall.patience.comment;
    }
    if (hub.last() != after) continue;  // came while this was written
    const auto woken =
        co_await (news->wait() || hall.context.sleeper.until(quiet_until) || wire.peer_closed());
    if (woken.index() == 2) co_return;
    if (co_await runtime::told_to_end()) co_return;
  }
}

}  // namespace tongdai::api
