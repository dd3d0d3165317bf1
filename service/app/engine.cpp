#include "app/engine.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <filesystem>

#include "app/fitting.hpp"
#include "app/pressure.hpp"
#include "campaigns/audience.hpp"
#include "campaigns/control.hpp"
#include "campaigns/ending.hpp"
#include "campaigns/freezing.hpp"
#include "campaigns/rescue.hpp"
#include "hotline/auditor.hpp"
#include "hotline/conversation/conversation.hpp"
#include "hotline/coverage_watch.hpp"
#include "hotline/erasure.hpp"
#include "hotline/escalation.hpp"
#include "hotline/front_desk.hpp"
#include "hotline/relay/held.hpp"
#include "hotline/reporter/thread.hpp"
#include "ops/journal.hpp"
#include "outbox/receipts.hpp"
#include "outbox/refusals_key.hpp"
#include "outbox/suppression.hpp"

namespace tongdai::app {
namespace {

constexpr int escalation_turns = 100;  // of due_max timers each, before the loop looks at the clock again
constexpr Duration audit_interval{60'000};
constexpr Duration coverage_interval{15 * 60'000};  // a gap is told a day before: soon enough
constexpr Duration watch_interval{5000};
constexpr Duration barred_look = 1h;  // of a campaign's queued texts while none may leave
// The inbox joins what is overdue, an audience goes on after a fault; what is new wakes them at once.
constexpr Duration woken_interval{5000};
// Most messages live for a day: so long a long text may wait for the answers of its last parts.
constexpr Duration receipts_kept = 25h;
constexpr std::size_t expired_a_turn = 1000;
constexpr Duration retention_interval = 1h;
constexpr std::size_t erased_a_step = 100;

constexpr std::string_view select_greatest_id =
    "SELECT MAX(id) FROM (SELECT MAX(id) AS id FROM message UNION ALL SELECT MAX(id) FROM held_text UNION "
    "ALL SELECT MAX(id) FROM message_event "
    "UNION ALL SELECT MAX(id) FROM inbound UNION ALL SELECT MAX(id) FROM hotline_case UNION ALL SELECT "
    "MAX(id) FROM case_event UNION ALL SELECT MAX(id) FROM referral UNION ALL SELECT MAX(id) FROM "
    "receipt_parked UNION ALL SELECT MAX(id) FROM campaign_event UNION ALL SELECT MAX(id) FROM "
    "contact_group UNION ALL SELECT MAX(id) FROM campaign UNION ALL SELECT MAX(id) FROM contact UNION ALL "
    "SELECT MAX(id) FROM facility UNION ALL SELECT MAX(id) FROM unit UNION ALL SELECT MAX(id) FROM body "
    "UNION ALL SELECT MAX(id) FROM tag UNION ALL SELECT MAX(id) FROM number_batch UNION ALL SELECT MAX(id) "
    "FROM number_list UNION ALL SELECT MAX(id) FROM saved_audience UNION ALL SELECT MAX(id) FROM "
    "campaign_series UNION ALL SELECT MAX(id) FROM place UNION ALL SELECT MAX(id) FROM case_suggestion)";

}  // namespace

Engine::Engine(Config config, Environment environment)
    : config_(std::move(config)),
      environment_(std::move(environment)),
      almanac_{config_.zone, config_.holidays},
      ids_(environment_.clock),
      messages_(ids_),
      tasks_(environment_.loop, environment_.log),
      inbound_(environment_.loop),
      campaigns_(environment_.loop) {}

Engine::~Engine() = default;

Result<std::unique_ptr<Engine>> Engine::open(Config config, Environment environment) {
  std::unique_ptr<Engine> engine(new Engine(std::move(config), std::move(environment)));
  std::error_code failed;
  std::filesystem::create_directories(engine->config_.data_dir, failed);
  if (failed) return fail(Code::unavailable, engine->config_.data_dir.string() + ": " + failed.message());
  auto database =
      storage::Database::open(engine->config_.data_dir / "tongdai.db", engine->environment_.threads,
                              engine->environment_.log, {engine->config_.master_key_file});
  if (!database) return std::unexpected(database.error());
  engine->database_ = std::move(*database);
  const Environment& env = engine->environment_;
  auto gateways = fit_gateways(engine->config_, {env.loop, env.clock, env.sleeper, env.log});
  if (!gateways) return fail(Code::invalid, gateways.error());
  engine->dispatcher_ = std::make_unique<dispatch::Dispatcher>(
      std::move(*gateways), engine->config_.routes, env.loop, env.clock, env.sleeper, env.log,
      engine->database_->writer(), engine->messages_);
  engine->wire();
  return engine;
}

campaigns::Pressure Engine::pressure(storage::Tx& tx) const {
  return pressure_of(hotline::count_waiting(tx), config_.duty_capacity);
}

campaigns::Pump::Rules Engine::pump_rules() const {
  campaigns::Pump::Rules rules;
  rules.halt_failures_percent = config_.halt_failures_percent;
  rules.pressure = [this](storage::Tx& tx) { return pressure(tx); };
  for (const GatewayConfig& g : config_.gateways)
    rules.gateway_rates[g.settings.name] = g.settings.rate_parts_per_s;
  return rules;
}

void Engine::wire() {
  outbox::DoorRules rules;
  rules.own_numbers = config_.lines;
  rules.auto_reply_window = config_.reply_window;
  rules.campaign_cap_per_day = config_.campaign_cap_per_day;
  rules.discretion = config_.words.discretion();
  door_ = std::make_unique<outbox::Door>(std::move(rules), dispatcher_->routes(), ids_);
  desk_ = std::make_unique<hotline::Desk>(hotline::Desk{config_.hotline,
                                                        config_.words,
                                                        config_.flows,
                                                        *door_,
                                                        messages_,
                                                        ids_,
                                                        config_.zone,
                                                        environment_.log,
                                                        environment_.codes,
                                                        {},
                                                        directory::PlaceIndex(),
                                                        config_.holidays});
  inbox_ = std::make_unique<inbox::Inbox>(database_->writer(), ids_, environment_.clock, environment_.log,
                                          config_.plan, config_.words.commands);
  pump_ = std::make_unique<campaigns::Pump>(*door_, messages_, almanac_, environment_.log, pump_rules());
  contact_import_ = std::make_unique<directory::ContactImport>(database_->writer(), ids_, environment_.clock,
                                                               environment_.log, config_.plan);
  contact_import_->set_consent([](storage::Tx& tx, const Phone& phone, TimePoint at) {
    outbox::consent(tx, phone, at, outbox::ConsentSource::contacts);
  });
  number_import_ = std::make_unique<directory::NumberImport>(database_->writer(), ids_, environment_.clock,
                                                             environment_.log, config_.plan);
  door_->set_holds_case(&hotline::holds_case);
  door_->set_reporter_contact(
      [this](storage::Tx& tx, CaseId id, const Phone& to, outbox::Purpose purpose, TimePoint now) {
        return hotline::reporter_terms(tx, *desk_, id, to, purpose, now);
      });
  messages_.set_listener([this](storage::Tx& tx, const outbox::Fate& fate, TimePoint now) {
    hotline::on_fate(tx, *desk_, fate, now);
    hotline::on_relay_fate(tx, *desk_, fate, now);
  });
  inbox_->set_handlers(
      [this](storage::Tx& tx, const inbox::InboundText& text, TimePoint now) {
        if (watch_->is_probe(tx, text, now)) return inbox::Kind::none;
        return hotline::receive_text(tx, *desk_, text, now);
      },
      [this](storage::Tx& tx, const inbox::InboundText& text, TimePoint now) {
        hotline::receive_failure(tx, *desk_, text, now);
      });
  inbox_->set_under_way([this](storage::Tx& tx, const Phone& sender, TimePoint until) {
    outbox::hold_until(tx, sender, until, environment_.clock.now());
  });
  watch_ = std::make_unique<Watch>(WatchRoom{config_.watch, config_.lines, environment_.clock,
                                             environment_.sleeper, environment_.log, *database_, *dispatcher_,
                                             *desk_, environment_.beacon, environment_.nonces});
  key_keeper_ = std::make_unique<KeyKeeper>(*database_, environment_.log);
  door_->set_campaign_texts(&campaigns::recent_texts);
  messages_.set_door(*door_);
  messages_.set_campaign_gate([this](storage::Tx& tx, CampaignId id, TimePoint now) {
    auto leave = campaigns::leave_of(tx, id, almanac_, now);
    if (are_campaigns_barred_) leave.from = std::max(leave.from, now + barred_look);
    return leave;
  });
  dispatcher_->set_idle_look(environment_.guard_interval);
  dispatcher_->set_bulk([this](storage::Tx& tx, const outbox::BulkRoom& room, TimePoint now) {
    return pump_->take(tx, room, now);
  });
  dispatcher_->set_inbound([this](const std::string& gateway, gateway::Inbound inbound, auto done) {
    inbox_->receive(environment_.loop, gateway, std::move(inbound), std::move(done));
  });
  database_->writer().watch([this](const std::vector<storage::Change>& changes) {
    asio::post(environment_.loop, [this, changes] { changed(changes); });
  });
}

void Engine::changed(const std::vector<storage::Change>& changes) {
  const auto about = [&](std::string_view topic) {
    return std::ranges::any_of(changes, [&](const storage::Change& c) { return c.topic == topic; });
  };
  if (about(outbox::came_due) || about("campaign")) {
    dispatcher_->wake();
  } else if (about(outbox::urgent_came_due)) {
    dispatcher_->hurry();
  }
  if (about("inbound")) inbound_.raise();
  if (about("campaign")) campaigns_.raise();
  if (!watcher_) return;
  // A blast's progress is told once a second, not with each commit.
  std::vector<storage::Change> now;
  for (const storage::Change& c : changes) {
    if (c.topic == outbox::progress) {
      progress_.insert(c.id);
    } else if (c.topic != outbox::came_due && c.topic != outbox::urgent_came_due) {
      now.push_back(c);
    }
  }
  if (!now.empty()) watcher_(now);
}

asio::awaitable<void> Engine::raise_ids() {
  co_await database_->writer().run([this](storage::Tx& tx) {
    campaigns::lay_down_handovers(tx, dispatcher_->routes());
    ids_.raise(tx.value<std::int64_t>(select_greatest_id).value_or(0));
    door_->set_rest(outbox::Rest(outbox::rest_key(tx), config_.resting_percent));
    bar_campaigns_without_refusals(tx);
    hotline::open_desk(tx, *desk_, environment_.clock.now());
  });
}

void Engine::bar_campaigns_without_refusals(storage::Tx& tx) {
  const auto key = outbox::check_refusals_key(tx, config_.without_refusals_of);
  if (key.fits) return;
  are_campaigns_barred_ = true;
  door_->bar_campaigns();
  pump_->bar();
  environment_.log.alarm(
      "the master key is another one, and refusals of before cannot be found: no campaign leaves until the "
      "old key "
      "is back, or [campaigns] without_refusals_of names it",
      {{"of", key.name}});
}

asio::awaitable<void> Engine::start() {
  co_await raise_ids();
  co_await dispatcher_->start(tasks_);
  tasks_.spawn("contact import", contact_import_->resume_unfinished());
  tasks_.spawn("number import", number_import_->resume_unfinished());
  spawn_loops();
}

void Engine::spawn_loops() {
  // A loop each: a fault in one leaves the others turning.
  const auto spawn = [this](std::string name, Duration interval, asio::awaitable<void> (Engine::*once)()) {
    tasks_.spawn(name, runtime::every(
                           interval, [this, once] { return (this->*once)(); }, environment_.clock,
                           environment_.sleeper, environment_.log, name));
  };
  tasks_.spawn("inbox", woken("inbox", inbound_, &Engine::read_inbox_once));
  tasks_.spawn("audiences", woken("audiences", campaigns_, &Engine::settle_audiences_once));
  spawn("escalation", environment_.guard_interval, &Engine::escalate_once);
  spawn("expiry", environment_.guard_interval, &Engine::expire_once);
  spawn("pump", environment_.guard_interval, &Engine::pump_once);
  spawn("audit", audit_interval, &Engine::audit_once);
  spawn("coverage", coverage_interval, &Engine::watch_coverage_once);
  if (config_.retention.count() > 0) spawn("retention", retention_interval, &Engine::erase_once);
  tasks_.spawn("keys", runtime::every(
                           environment_.guard_interval, [this] { return key_keeper_->run_once(); },
                           environment_.clock, environment_.sleeper, environment_.log, "keys"));
  spawn_watch();
}

void Engine::spawn_watch() {
  const auto spawn = [this](std::string name, Duration interval, asio::awaitable<void> (Watch::*once)()) {
    tasks_.spawn(name, runtime::every(
                           interval, [this, once] { return (watch_.get()->*once)(); }, environment_.clock,
                           environment_.sleeper, environment_.log, name));
  };
  spawn("watch", std::max(watch_interval, environment_.guard_interval), &Watch::run_once);
  if (!config_.watch.heartbeat.empty()) spawn("heartbeat", config_.watch.heartbeat_every, &Watch::beat_once);
}

asio::awaitable<void> Engine::woken(std::string name, runtime::Signal& signal,
                                    asio::awaitable<void> (Engine::*once)()) {
  using namespace asio::experimental::awaitable_operators;
  co_await asio::this_coro::throw_if_cancelled(false);
  for (;;) {
    std::string failed;
    try {
      co_await (this->*once)();
    } catch (const std::exception& e) {
      failed = e.what();
    }
    if (!failed.empty())
      environment_.log.error("a turn of a loop failed", {{"loop", name}, {"error", failed}});
    if (co_await runtime::told_to_end()) co_return;
    (void)co_await (environment_.sleeper.until(environment_.clock.monotonic() +
                                               std::max(woken_interval, environment_.guard_interval)) ||
                    signal.wait());
    if (co_await runtime::told_to_end()) co_return;
  }
}

asio::awaitable<void> Engine::read_inbox_once() {
  co_await inbox_->run_once();
}

asio::awaitable<void> Engine::settle_audiences_once() {
  const auto step = [this](storage::Tx& tx) {
    return campaigns::freeze_step(tx) || campaigns::end_step(tx, environment_.clock.now());
  };
  bool more = true;
  while (more && !co_await runtime::told_to_end())
    more = co_await database_->writer().run(step, storage::Load::bulk);
}

asio::awaitable<void> Engine::escalate_once() {
  // All that is due, after a long night as well; in turns, so that a report waits for one of them at most.
  std::size_t fired = hotline::due_max;
  for (int turn = 0; turn < escalation_turns && fired >= hotline::due_max; ++turn) {
    if (co_await runtime::told_to_end()) break;
    fired = co_await database_->writer().run(
        [this](storage::Tx& tx) { return hotline::escalate_due(tx, *desk_, environment_.clock.now()); });
  }
  if (beat_) beat_();
  std::vector<storage::Change> moved;
  for (const std::int64_t campaign : std::exchange(progress_, {})) moved.push_back({"campaign", campaign});
  if (watcher_ && !moved.empty()) watcher_(moved);
}

asio::awaitable<void> Engine::expire_once() {
  co_await database_->writer().run(
      [this](storage::Tx& tx) { return messages_.expire(tx, environment_.clock.now(), expired_a_turn); });
}

asio::awaitable<void> Engine::pump_once() {
  co_await database_->writer().run(
      [this](storage::Tx& tx) { return pump_->run_once(tx, environment_.clock.now()); });
}

asio::awaitable<void> Engine::audit_once() {
  const TimePoint now = environment_.clock.now();
  const std::size_t cases_off = co_await database_->writer().run([&](storage::Tx& tx) {
    hotline::tend_threads(tx, *desk_, now);
    hotline::end_silent_conversations(tx, now);
    dispatcher_->adopt_orphans(tx);
    outbox::drop_parked(tx, now - receipts_kept);
    outbox::drop_past_holds(tx, now);
    return hotline::audit(tx, *desk_, now);
  });
  const MonoTime began = environment_.clock.monotonic();
  campaign_audit_ = co_await database_->readers().run(
      [&](storage::Tx& tx) { return auditor_.run_once(tx, environment_.log, now); });
  campaign_audit_.took = environment_.clock.monotonic() - began;
  watch_->audited(cases_off, campaign_audit_.off);
}

asio::awaitable<void> Engine::watch_coverage_once() {
  const TimePoint now = environment_.clock.now();
  const auto terms = hotline::terms_of_watch(config_.hotline, now);  // here: a reload writes the settings
  const auto gaps = co_await database_->readers().run([&](storage::Tx& tx) {
    return directory::coverage_gaps(tx, terms, {config_.zone, config_.holidays.get()});
  });
  co_await database_->writer().run(
      [&](storage::Tx& tx) { return hotline::warn_of_gaps(tx, *desk_, gaps, now); });
}

asio::awaitable<void> Engine::erase_once() {
  for (bool more = true; more && !co_await runtime::told_to_end();) {
    more = co_await database_->writer().run([this](storage::Tx& tx) {
      const TimePoint now = environment_.clock.now();
      const auto erased = hotline::erase_old(tx, *desk_, now - config_.retention, erased_a_step, now);
      if (hotline::any(erased))
        ops::note(tx, database_->vault(), now, "rule", "cases.erase_old", "", hotline::print(erased));
      return hotline::any(erased);
    });
  }
}

asio::awaitable<void> Engine::reload(Config config) {
  config_.hotline = config.hotline;
  co_await database_->writer().run([&](storage::Tx& tx) {
    ops::note(tx, database_->vault(), environment_.clock.now(), "signal", "configuration.reload", "");
    desk_->settings = config.hotline;
    inbox_->set_words(config.words.commands);
    door_->set_discretion(config.words.discretion());
    desk_->words = std::move(config.words);
    desk_->flows = std::move(config.flows);
    hotline::open_desk(tx, *desk_, environment_.clock.now());
  });
}

asio::awaitable<void> Engine::stop(Duration patience) {
  co_await dispatcher_->stop(patience);
  co_await tasks_.stop();
  co_await key_keeper_->run_once();
  // The writer's queue is empty once this closure is answered: nobody is left to ask for more.
  co_await database_->writer().run([](storage::Tx&) {});
  database_->close();
}

}  // namespace tongdai::app
