#include "app/daemon.hpp"

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/thread_pool.hpp>
#include <csignal>
#include <cstdio>

#include "api/event_hub.hpp"
#include "api/routes.hpp"
#include "api/server.hpp"
#include "app/engine.hpp"
#include "app/first_person.hpp"
#include "app/folder_lock.hpp"
#include "app/log_sink.hpp"
#include "app/notify.hpp"
#include "ops/http_ping.hpp"

namespace tongdai::app {
namespace {

constexpr std::size_t reader_threads = 2;
constexpr Duration drain_patience{10'000};  // for answers to what is in flight
constexpr Duration ping_patience{10'000};   // for the watcher outside

/// The machine the engine runs on, and the order in which it goes away: threads last.
struct Machine {
  LogSink log;
  runtime::SystemClock clock;
  runtime::SystemSleeper sleeper;
  asio::io_context loop{1};
  asio::thread_pool writer{1};
  asio::thread_pool readers{reader_threads};

  [[nodiscard]] Environment environment() {
    return {loop.get_executor(),
            clock,
            sleeper,
            log,
            {writer.get_executor(), readers.get_executor(), reader_threads},
            hotline::random_codes()};
  }
};

/// A request to the watcher outside. Whatever it does, it is over in time; but the resolver of names has its
/// own patience.
asio::awaitable<Result<void>> ping_watcher(Machine& machine, ops::PingTarget target, bool posts) {
  using namespace asio::experimental::awaitable_operators;
  auto first = co_await (ops::ping(std::move(target), posts, ping_patience) ||
                         machine.sleeper.until(machine.clock.monotonic() + ping_patience));
  if (first.index() == 0) co_return std::get<0>(std::move(first));
  co_return fail(Code::unavailable, "no answer came in time");
}

/// Empty where the heartbeat is a file, or none.
Beacon beacon_of(Machine& machine, const ops::WatchSettings& watch) {
  if (!watch.beats_by_url()) return {};
  const auto target = ops::parse_ping_url(watch.heartbeat);
  if (!target) return {};  // was a fault of the configuration
  return [&machine, target = *target, posts = watch.heartbeat_posts] {
    return ping_watcher(machine, target, posts);
  };
}

api::Context make_context(Machine& machine, Engine& engine, ops::Heartbeat& heartbeat, ops::Metrics& metrics,
                          api::EventHub& events, people::Throttle& throttle) {
  const Config& config = engine.config();
  return {.version = std::string(version()),
          .service_name = config.name,
          .data_dir = config.data_dir,
          .zone = config.zone,
          .zone_name = config.zone_name,
          .almanac = engine.almanac(),
          .pressure = [&engine](storage::Tx& tx) { return engine.pressure(tx); },
          .plan = config.plan,
          .way_out = {config.opt_out_line, config.words.commands.opt_out},
          .currency = config.currency,
          .clock = machine.clock,
          .sleeper = machine.sleeper,
          .ids = engine.ids(),
          .log = machine.log,
          .database = engine.database(),
          .door = engine.door(),
          .messages = engine.messages(),
          .dispatcher = engine.dispatcher(),
          .desk = engine.desk(),
          .contact_import = engine.contact_import(),
          .number_import = engine.number_import(),
          .campaign_audit = engine.campaign_audit(),
          .watch = [&engine] { return engine.watcher().view(); },
          .heartbeat = heartbeat,
          .metrics = metrics,
          .throttle = throttle,
          .session_limits = {config.session_idle, config.session_absolute},
          .events = events,
          .default_line = config.lines.empty() ? Phone() : config.lines.front()};
}

asio::awaitable<void> reload(Machine& machine, Engine& engine) {
  notify_reloading();
  auto config = read_config(engine.config().file);
  if (config) {
    co_await engine.reload(std::move(*config));
    machine.log.info(
        "configuration reloaded: duty officers, reply, escalation, phrases; the rest takes a restart");
  } else {
    std::fputs(config.error().c_str(), stderr);
    machine.log.error("the configuration has faults and was not reloaded");
  }
  notify_ready();
}

/// Until somebody tells the daemon to end.
asio::awaitable<void> heed(asio::signal_set& signals, Machine& machine, Engine& engine) {
  for (;;) {
    const auto [error, signal] = co_await signals.async_wait(tok);
    if (error || signal != SIGHUP) co_return;
    co_await reload(machine, engine);
  }
}

/// The memory holds numbers and words of reporters: it is written to no disk, whatever happens.
void forbid_core_dumps() {
  const rlimit none{0, 0};
  (void)setrlimit(RLIMIT_CORE, &none);
  (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

Result<std::string> token_for(const Config& config) {
  if (config.listen.empty() || !config.token.empty()) return config.token;
  return api::token_of(config.data_dir / "api.token");
}

asio::awaitable<Result<void>> serve(Machine& machine, Config config) {
  asio::signal_set signals(machine.loop, SIGTERM, SIGINT,
                           SIGHUP);  // what comes while starting waits its turn
  auto token = token_for(config);
  if (!token) co_return std::unexpected(token.error());
  Environment environment = machine.environment();
  environment.beacon = beacon_of(machine, config.watch);
  auto opened = Engine::open(std::move(config), std::move(environment));
  if (!opened) co_return std::unexpected(opened.error());
  Engine& engine = **opened;

  for (const std::string& warning : engine.config().warnings) machine.log.warning(warning);
  for (const std::string& warning : warnings_at(engine.config(), machine.clock.now()))
    machine.log.warning(warning);

  ops::Heartbeat heartbeat(machine.loop.get_executor(), machine.clock, machine.sleeper);
  ops::Metrics metrics;
  api::EventHub events(machine.loop.get_executor());
  people::Throttle throttle;
  api::Context context = make_context(machine, engine, heartbeat, metrics, events, throttle);
  engine.watch([&](const std::vector<storage::Change>& changes) { events.publish(changes); });
  engine.on_beat([&] {
    heartbeat.beat();
    metrics.total("alarms_total", "Alarms since the start", machine.log.alarms());
    notify_alive();
  });
  api::Server server(context,
                     {engine.config().listen, engine.config().socket, *token, {}, engine.config().hosts},
                     api::routes());

  auto welcomed = co_await welcome_first_person(engine.database(), engine.ids(), machine.clock, machine.log,
                                                engine.config().data_dir);
  if (!welcomed) co_return welcomed;
  // The doors first: a port in use must not be found out after texts have left.
  const auto doors = server.start(engine.tasks());
  if (doors) {
    co_await engine.start();
    notify_ready();
    machine.log.info("ready", {{"service", engine.config().name}, {"version", version()}});
    co_await heed(signals, machine, engine);
    machine.log.info("stopping: waiting for what is in flight");
    notify_stopping();
    server.stop();
  }
  co_await engine.stop(drain_patience);
  co_return doors;
}

}  // namespace

std::string_view version() noexcept {
  return TONGDAI_VERSION;
}

int run_daemon(Config config) {
  auto lock = FolderLock::take(config.data_dir);
  if (!lock) {
    std::fputs(fmt::format("tongdaid: {}\n", lock.error().what).c_str(), stderr);
    return 1;
  }
  forbid_core_dumps();
  (void)std::signal(SIGPIPE, SIG_IGN);  // a client that hangs up is an error of that write, not the end of us
  Machine machine;
  int exit_code = 0;
  asio::co_spawn(machine.loop, serve(machine, std::move(config)),
                 [&](const std::exception_ptr& thrown, const Result<void>& ended) {
                   if (!thrown && ended) return;
                   exit_code = 1;
                   if (!thrown)
                     return std::fputs(fmt::format("tongdaid: {}\n", ended.error().what).c_str(), stderr),
                            void();
                   try {
                     std::rethrow_exception(thrown);
                   } catch (const std::exception& e) {
                     machine.log.alarm("the daemon ends by an exception", {{"error", e.what()}});
                   }
                   machine.loop.stop();  // its tasks cannot be joined any more
                 });
  machine.loop.run();
  machine.writer.join();
  machine.readers.join();
  if (exit_code == 0) machine.log.info("stopped");
  return exit_code;
}

}  // namespace tongdai::app
