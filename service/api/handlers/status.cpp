#include <filesystem>

#include "api/access.hpp"
#include "api/handlers/handlers.hpp"
#include "api/views.hpp"
#include "directory/facilities.hpp"
#include "hotline/queries.hpp"

namespace tongdai::api {
namespace {

constexpr Duration beat_age_max{30'000};  // the guarding loop turns every second

/// What the tables say, of one snapshot.
struct Tables {
  outbox::StateCounts queue{};
  hotline::CaseCounts cases;
  std::vector<std::string> units_without_duty;
};

/// Of the file and its log.
std::uintmax_t size_of(const std::filesystem::path& file) {
  std::uintmax_t size = 0;
  for (const std::string_view end : {"", "-wal"}) {
    std::error_code absent;
    const auto bytes = std::filesystem::file_size(file.string() + std::string(end), absent);
    if (!absent) size += bytes;
  }
  return size;
}

/// down: nothing is taken in. degraded: reports are kept, but something needs a human.
std::string_view overall(Context& context, const std::vector<dispatch::LineView>& gateways) {
  if (context.database.writer().state() != storage::WriterState::up) return "down";
  if (context.heartbeat.age() > beat_age_max || gateways.empty()) return "degraded";
  const bool all_up =
      std::ranges::all_of(gateways, [](const auto& g) { return g.link == gateway::Link::up; });
  return all_up ? "up" : "degraded";
}

Json database_json(Context& context) {
  const auto& writer = context.database.writer();
  return {{"state", name_of(writer.state())},
          {"size_bytes", size_of(context.database.file())},
          {"recovered", context.database.recovered()},
          {"commits", writer.commits()},
          {"closures", writer.closures()}};
}

Json watch_json(const ops::WatchView& watch) {
  return {{"objections", watch.objections},
          {"last_beat", time_json(watch.last_beat)},
          {"synthetic_sent", time_json(watch.synthetic_sent)},
          {"synthetic_returned", time_json(watch.synthetic_returned)},
          {"silent_lines", watch.silent_lines}};
}

}  // namespace

Answer show_status(Context& context, const Request& request) {
  const TimePoint now = context.clock.now();
  const Tables tables = co_await context.database.readers().run([now](storage::Tx& tx) {
    return Tables{outbox::count_messages(tx), hotline::count_cases(tx),
                  directory::units_without_duty(tx, now)};
  });
  const auto lines = context.dispatcher.view();
  Json gateways = Json::array();
  for (const auto& line : lines) gateways.push_back(gateway_json(line, request.caller));
  Json queue = Json::object();
  add_counts(queue, tables.queue);
  const Json cases = {
      {"open", tables.cases.open}, {"accepted", tables.cases.accepted}, {"closed", tables.cases.closed}};
  Json status = {{"version", context.version},
                 {"state", overall(context, lines)},
                 {"service", context.service_name},
                 {"time", time_json(now)},
                 {"gateways", std::move(gateways)}};
  if (!counts_cases(request.caller)) co_return json_response(200, status);
  status["database"] = database_json(context);
  status["queue"] = std::move(queue);
  status["cases"] = cases;
  status["coverage"]["units_without_duty"] = tables.units_without_duty;
  status["watch"] = watch_json(co_await context.watch());
  co_return json_response(200, status);
}

}  // namespace tongdai::api
