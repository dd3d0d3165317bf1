#include "dispatch/dispatcher.hpp"

#include <algorithm>

#include "storage/await.hpp"

namespace tongdai::dispatch {
namespace {

constexpr std::size_t orphans_max = 1'000'000;  // of a lane of one removed gateway, moved at once

constexpr std::string_view select_paused = "SELECT 1 FROM meta WHERE key = 'paused:' || $1";
constexpr std::string_view insert_paused =
    "INSERT INTO meta (key, value) VALUES ('paused:' || $1, 'yes') ON CONFLICT (key) DO NOTHING";
constexpr std::string_view delete_paused = "DELETE FROM meta WHERE key = 'paused:' || $1";

std::map<std::string, gateway::Capabilities, std::less<>> abilities(const std::vector<Fitted>& gateways) {
  std::map<std::string, gateway::Capabilities, std::less<>> all;
  for (const Fitted& g : gateways) {
    gateway::Capabilities can = g.gateway->capabilities();
    can.limits = text::narrowed(std::move(can.limits), g.settings.limits);
    all.emplace(g.settings.name, std::move(can));
  }
  return all;
}

asio::awaitable<void> stop_gateway(gateway::Gateway& gateway) {
  co_await storage::await_callback(
      [&gateway](auto done) { gateway.stop([done = std::move(done)]() mutable { done(nullptr); }); });
}

LineView view_of(const Line& line) {
  return {line.name(),
          line.settings().adapter,
          line.link(),
          line.link_reason(),
          line.paused(),
          line.settings().rate_parts_per_s,
          line.settings().prices,
          line.current_rate(),
          line.in_flight(),
          line.submitted()};
}

}  // namespace

Dispatcher::Dispatcher(std::vector<Fitted> gateways, std::vector<Route> routes, asio::any_io_executor loop,
                       const Clock& clock, runtime::Sleeper& sleeper, Log& log, storage::Writer& writer,
                       outbox::Messages& messages)
    : gateways_(std::move(gateways)),
      routes_(std::move(routes), abilities(gateways_)),
      around_{std::move(loop), clock, sleeper, log, writer, messages, routes_, {}, {}, {}} {
  around_.able = [this] {
    std::vector<std::string> names;
    for (const auto& line : lines_) {
      if (line->can_send()) names.push_back(line->name());
    }
    return names;
  };
  for (Fitted& g : gateways_) lines_.push_back(std::make_unique<Line>(g.settings, *g.gateway, around_));
}

Line* Dispatcher::find(std::string_view name) const {
  const auto found =
      std::ranges::find(lines_, name, [](const auto& line) { return std::string_view(line->name()); });
  return found == lines_.end() ? nullptr : found->get();
}

void Dispatcher::adopt_orphans(storage::Tx& tx) const {
  const auto pick = [this](outbox::Purpose purpose, const Phone& to) {
    const auto able = routes_.candidates(purpose, to);
    return able.empty() ? std::nullopt : std::optional(able.front());
  };
  for (const std::string& queue : outbox::queues(tx)) {
    if (find(queue) != nullptr) continue;
    for (const auto lane : {outbox::Lane::reply, outbox::Lane::alert, outbox::Lane::bulk})
      outbox::reroute(tx, queue, lane, orphans_max, pick);
  }
}

asio::awaitable<void> Dispatcher::start(runtime::TaskGroup& tasks) {
  const TimePoint now = around_.clock.now();
  std::vector<Line*> paused;
  const outbox::Rescued rescued = co_await around_.writer.run([&](storage::Tx& tx) {
    for (const auto& line : lines_) {
      if (tx.value<int>(select_paused, line->name())) paused.push_back(line.get());
    }
    const auto found = outbox::rescue(
        tx, around_.messages, [&](std::string_view g) { return routes_.deduplicates(g); }, now);
    adopt_orphans(tx);
    return found;
  });
  for (Line* line : paused) line->pause(true);
  if (rescued.resent + rescued.uncertain > 0) {
    around_.log.warning("messages were in flight when the last run ended",
                        {{"sent_again", rescued.resent}, {"uncertain", rescued.uncertain}});
  }
  for (const auto& line : lines_) {
    // Two hands: while one waits for its commit, the other gets the next turn ready.
    for (const std::string_view hand : {"line ", "second hand of line "})
      tasks.spawn(std::string(hand) + line->name(), line->run());
    tasks.spawn("urgent line " + line->name(), line->run_urgent());
    line->gateway().start(*line);
  }
}

asio::awaitable<void> Dispatcher::stop(Duration patience) {
  const MonoTime deadline = around_.clock.monotonic() + patience;
  for (const auto& line : lines_) line->begin_drain();  // all at once: none takes over another's queue
  for (const auto& line : lines_) co_await line->drain(deadline);
  for (const auto& line : lines_) co_await stop_gateway(line->gateway());
  for (const auto& line : lines_) co_await line->flush();
}

void Dispatcher::set_inbound(InboundSink sink) {
  around_.inbound = [this, sink = std::move(sink)](const std::string& gateway, gateway::Inbound inbound,
                                                   std::move_only_function<void(bool)> done) {
    sink(gateway, std::move(inbound), std::move(done));
    hurry();  // what answers the text is claimed in the same commit, where the writer is busy with others
  };
}

void Dispatcher::wake() {
  for (const auto& line : lines_) line->wake();
}

void Dispatcher::hurry() {
  for (const auto& line : lines_) line->hurry();
}

asio::awaitable<Result<LineView>> Dispatcher::pause(std::string name, bool paused) {
  Line* line = find(name);
  if (line == nullptr) co_return fail(Code::not_found, "there is no gateway \"" + name + "\"");
  co_await around_.writer.run([&](storage::Tx& tx) { tx.run(paused ? insert_paused : delete_paused, name); });
  line->pause(paused);
  co_return view_of(*line);
}

std::vector<LineView> Dispatcher::view() const {
  std::vector<LineView> views;
  for (const auto& line : lines_) views.push_back(view_of(*line));
  return views;
}

Result<std::vector<PulseMinute>> Dispatcher::last_hour(std::string_view name) const {
  Line* line = find(name);
  if (line == nullptr) return fail(Code::not_found, "there is no gateway " + std::string(name));
  return line->last_hour();
}

bool Dispatcher::any_up() const {
  return std::ranges::any_of(lines_, [](const auto& line) { return line->link() == gateway::Link::up; });
}

gateway::Handsets* Dispatcher::handsets() const {
  for (const auto& line : lines_) {
    if (auto* handsets = line->gateway().handsets()) return handsets;
  }
  return nullptr;
}

gateway::Gateway* Dispatcher::gateway(std::string_view name) const {
  Line* line = find(name);
  return line == nullptr ? nullptr : &line->gateway();
}

}  // namespace tongdai::dispatch
