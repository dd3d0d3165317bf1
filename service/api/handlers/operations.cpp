#include <filesystem>

#include "api/handlers/handlers.hpp"
#include "api/views.hpp"
#include "hotline/queries.hpp"
#include "sealing/vault.hpp"

namespace tongdai::api {
namespace {

constexpr Duration beat_patience{5'000};

struct Counts {
  outbox::StateCounts messages{};
  hotline::CaseCounts cases;
  campaigns::Accounts recipients;  ///< of all campaigns
};

void gauge_messages(ops::Metrics& metrics, const outbox::StateCounts& counts) {
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const std::string state(name_of(static_cast<outbox::MessageState>(i)));
    metrics.gauge("messages", "Messages by state", static_cast<double>(counts[i]), {{"state", state}});
  }
}

void gauge_cases(ops::Metrics& metrics, const hotline::CaseCounts& counts) {
  constexpr std::string_view help = "Cases by state";
  metrics.gauge("cases", help, static_cast<double>(counts.open), {{"state", "open"}});
  metrics.gauge("cases", help, static_cast<double>(counts.accepted), {{"state", "accepted"}});
  metrics.gauge("cases", help, static_cast<double>(counts.closed), {{"state", "closed"}});
}

void gauge_campaigns(ops::Metrics& metrics, const campaigns::Accounts& all,
                     const campaigns::AuditFindings& audit) {
  constexpr std::string_view help = "Recipients of all campaigns by state";
  metrics.gauge("campaign_recipients", help, static_cast<double>(all.pending), {{"state", "pending"}});
  for (std::size_t i = 0; i < all.by_state.size(); ++i) {
    const std::string state(name_of(static_cast<outbox::MessageState>(i)));
    metrics.gauge("campaign_recipients", help, static_cast<double>(all.by_state[i]), {{"state", state}});
  }
  metrics.gauge("campaign_accounts_off", "Campaigns whose accounts did not add up at the last audit",
                static_cast<double>(audit.off));
  metrics.gauge("campaign_audit_seconds", "How long the last audit of the campaigns took",
                std::chrono::duration<double>(audit.took).count());
}

void gauge_gateways(ops::Metrics& metrics, const std::vector<dispatch::LineView>& lines) {
  for (const auto& line : lines) {
    const ops::Metrics::Labels labels{{"gateway", line.name}};
    metrics.gauge("gateway_up", "1 if the link is up", line.link == gateway::Link::up ? 1 : 0, labels);
    metrics.gauge("gateway_paused", "1 if an operator paused it", line.paused ? 1 : 0, labels);
    metrics.gauge("gateway_in_flight", "Messages without an answer yet", static_cast<double>(line.in_flight),
                  labels);
    metrics.gauge("gateway_rate_parts", "Message parts a second at the moment", line.current_rate, labels);
    metrics.total("gateway_submitted_total", "Messages handed over since the start", line.submitted, labels);
  }
}

void gauge_watch(ops::Metrics& metrics, const ops::WatchView& watch) {
  metrics.gauge("watch_objections", "Why the heartbeat is held back: how many reasons; 0 if all is well",
                static_cast<double>(watch.objections.size()));
  metrics.total("watch_beats_total", "Heartbeats that reached the watcher since the start", watch.beats);
  metrics.total("watch_synthetic_missed_total", "Synthetic reports that did not come back in time",
                watch.synthetic_missed);
  metrics.gauge("watch_silent_lines", "Lines that are silent for longer than is usual",
                static_cast<double>(watch.silent_lines.size()));
  if (watch.synthetic_round) {
    metrics.gauge("watch_synthetic_round_seconds", "How long the last synthetic report took to come back",
                  std::chrono::duration<double>(*watch.synthetic_round).count());
  }
}

void gauge_engine(Context& context) {
  const auto& writer = context.database.writer();
  ops::Metrics& metrics = context.metrics;
  metrics.gauge("writer_up", "1 if the database takes writes",
                writer.state() == storage::WriterState::up ? 1 : 0);
  metrics.total("writer_commits_total", "Commits since the start", writer.commits());
  metrics.total("writer_closures_total", "Transactions in these commits", writer.closures());
  metrics.gauge("heartbeat_age_seconds", "Since the guarding loop turned last",
                std::chrono::duration<double>(context.heartbeat.age()).count());
}

struct Target {
  std::filesystem::path file;
  std::filesystem::path keys;  ///< "": without them
};

/// Where a copy goes. The place must be meant: absolute, in a folder that is there.
std::filesystem::path check_place(config::Reader& r, std::string_view key, std::filesystem::path file) {
  std::error_code failed;
  if (!file.empty() && !file.is_absolute()) {
    r.fault(key, "must be an absolute path, such as /var/backups/tongdai.db");
  } else if (!file.empty() && !std::filesystem::is_directory(file.parent_path(), failed)) {
    r.fault(key, "must be in a folder that exists");
  }
  return file;
}

Target read_target(config::Reader& r) {
  Target target{check_place(r, "file", r.text("file")), check_place(r, "keys", r.text("keys", ""))};
  if (!target.keys.empty() && target.keys == target.file)
    r.fault("keys", "must be another file than the copy of the database: they are kept apart");
  return target;
}

/// Both, or neither.
Result<void> back_up(storage::Tx& tx, const sealing::Vault& vault, const Target& target) {
  if (auto done = storage::back_up(tx, target.file); !done || target.keys.empty()) return done;
  auto done = vault.copy_to(target.keys);
  std::error_code ignored;
  if (!done) std::filesystem::remove(target.file, ignored);
  return done;
}

}  // namespace

Answer healthz(Context& context, const Request& request) {
  (void)request;
  const bool turned = co_await context.heartbeat.next(beat_patience);
  if (turned) co_return json_response(200, {{"status", "up"}});
  co_return problem(Error{Code::unavailable, "the guarding loop did not turn within 5 s"});
}

Answer readyz(Context& context, const Request& request) {
  (void)request;
  std::vector<std::string> missing;
  const auto writer = context.database.writer().state();
  if (writer != storage::WriterState::up) missing.push_back("database: is " + std::string(name_of(writer)));
  if (!context.dispatcher.any_up()) missing.emplace_back("gateways: none is up");
  if (missing.empty()) co_return json_response(200, {{"status", "up"}});
  co_return problem(Error{Code::unavailable, "not ready to take texts in and send them"}, missing);
}

Answer metrics(Context& context, const Request& request) {
  (void)request;
  const Counts counts = co_await context.database.readers().run([](storage::Tx& tx) {
    return Counts{outbox::count_messages(tx), hotline::count_cases(tx), campaigns::account_of_all(tx)};
  });
  gauge_messages(context.metrics, counts.messages);
  gauge_cases(context.metrics, counts.cases);
  gauge_campaigns(context.metrics, counts.recipients, context.campaign_audit);
  gauge_gateways(context.metrics, context.dispatcher.view());
  gauge_watch(context.metrics, co_await context.watch());
  gauge_engine(context);
  Response response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = context.metrics.print();
  co_return response;
}

Answer make_backup(Context& context, const Request& request) {
  if (request.door != Door::socket) {
    co_return problem(403, "forbidden", "Forbidden",
                      "a backup holds everything: it is made over the socket only");
  }
  const auto target = read_body(request, &read_target);
  if (!target) co_return target.error();
  const auto done = co_await context.database.readers().run(
      [&](storage::Tx& tx) { return back_up(tx, context.database.vault(), *target); });
  if (!done) co_return problem(done.error());
  std::error_code failed;
  const auto size = std::filesystem::file_size(target->file, failed);
  if (failed)
    co_return problem(Error{Code::unavailable, "the copy cannot be read back: " + failed.message()});
  co_return json_response(
      200,
      {{"file", target->file.string()}, {"keys", text_or_null(target->keys.string())}, {"size_bytes", size}});
}

}  // namespace tongdai::api
