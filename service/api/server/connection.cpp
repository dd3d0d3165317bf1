#include "api/server/connection.hpp"

#include <algorithm>
#include <array>

#include "api/event_hub.hpp"
#include "api/server/exchange.hpp"
#include "api/server/sse.hpp"
#include "ops/metrics.hpp"

namespace tongdai::api {
namespace {

constexpr std::string_view requests_help = "HTTP requests answered";
constexpr std::string_view no_pattern = "none";  // a path of the client's own must not become a label

/// `method` and `pattern` come from a closed set: a client cannot make counters without end.
void count(Hall& hall, std::string_view method, std::string_view pattern, int status) {
  static constexpr std::array<std::string_view, 3> known{"GET", "POST", "HEAD"};
  const auto* const found = std::ranges::find(known, method);
  const std::string_view name = found == known.end() ? "other" : *found;
  double*& counter = hall.answered[{name, pattern, status}];
  if (counter == nullptr) {
    counter = &hall.context.metrics.counter(
        "http_requests_total", requests_help,
        {{"method", std::string(name)}, {"route", std::string(pattern)}, {"status", std::to_string(status)}});
  }
  ++*counter;
}

/// Answers what cannot be read as a request, if anybody listens; nothing follows on this connection.
asio::awaitable<void> dismiss(Hall& hall, Wire& wire, End end) {
  if (!end.answer) co_return;
  count(hall, "", no_pattern, end.answer->status);
  const Wire::Form form{false, false, hall.context.clock.now()};
  const bool written = co_await wire.write(std::move(*end.answer), form, hall.patience.write);
  if (written && !end.timed_out) co_await wire.linger(hall.patience.linger);
}

/// What became of a request.
struct Outcome {
  std::optional<Response> response;  ///< none: the client is gone
  bool whole = false;                ///< the request was read to its end: another may follow
  bool linger = true;
};

asio::awaitable<Outcome> answer(Hall& hall, Wire& wire, const Head& head,
                                const std::expected<Match, Response>& match, Request& request) {
  if (!match) co_return Outcome{match.error(), !head.has_body};
  auto intake = co_await take_in(hall, wire, head, *match, request);
  if (!intake) co_return Outcome{std::move(intake.error().answer), false, !intake.error().timed_out};
  co_return Outcome{co_await call(hall, *match, request, head, *intake), true};
}

/// True if the next request may follow.
asio::awaitable<bool> serve_request(Hall& hall, Wire& wire, Visit& visit, Door door) {
  auto head = co_await wire.read_head(hall.patience.header);
  if (!head) {
    co_await dismiss(hall, wire, std::move(head.error()));
    co_return false;
  }
  Request request;
  const auto match = co_await admit(hall, *head, door, request);
  if (match && match->route == nullptr && head->method == "GET" && !head->has_body) {
    if (auto news = hall.context.events.listen()) {
      count(hall, head->method, match->pattern, 200);
      visit.idle(true);
      co_await stream_events(hall, wire, std::move(news), request);
      co_return false;
    }
  }
  Outcome done = co_await answer(hall, wire, *head, match, request);
  if (!done.response) co_return false;
  count(hall, head->method, match ? match->pattern : no_pattern, done.response->status);
  const bool ending = hall.closing || co_await runtime::told_to_end();
  const Wire::Form form{done.whole && head->keep_alive && !ending, head->method == "HEAD",
                        hall.context.clock.now()};
  const bool written = co_await wire.write(std::move(*done.response), form, hall.patience.write);
  if (written && !done.whole && done.linger) co_await wire.linger(hall.patience.linger);
  co_return written&& form.keep_alive;
}

}  // namespace

asio::awaitable<void> serve(std::shared_ptr<Hall> hall, Socket socket, Door door) {
  co_await asio::this_coro::throw_if_cancelled(false);
  Wire wire(std::move(socket));
  Visit visit(*hall, wire.socket());
  Duration patience = hall->patience.header;  // for the first request nobody should think long
  while (!hall->closing && co_await wire.await_request(patience)) {
    visit.idle(false);
    if (!co_await serve_request(*hall, wire, visit, door)) break;
    if (co_await runtime::told_to_end()) break;
    visit.idle(true);
    patience = hall->patience.idle;
  }
}

}  // namespace tongdai::api
