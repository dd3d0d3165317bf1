#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "campaigns/accounts.hpp"
#include "campaigns/almanac.hpp"
#include "campaigns/opt_out_line.hpp"
#include "campaigns/pacing.hpp"
#include "campaigns/store.hpp"
#include "directory/contact_import.hpp"
#include "directory/number_import.hpp"
#include "dispatch/dispatcher.hpp"
#include "hotline/desk.hpp"
#include "ops/heartbeat.hpp"
#include "ops/metrics.hpp"
#include "ops/watch_settings.hpp"
#include "outbox/door.hpp"
#include "outbox/messages.hpp"
#include "people/sessions.hpp"
#include "people/throttle.hpp"
#include "storage/database.hpp"
#include "text/numbering_plan.hpp"
#include "text/time_zone.hpp"

namespace tongdai::api {

class EventHub;

/// What handlers work with; made once in app/. Loop thread, but for what the transactions use.
struct Context {
  std::string version;
  std::string service_name;
  std::filesystem::path data_dir;
  const text::TimeZone& zone;
  std::string zone_name;  ///< of the tz database
  const campaigns::Almanac& almanac;
  campaigns::PressureGauge pressure;  ///< how fast blasts may go
  const text::NumberingPlan& plan;
  campaigns::WayOut way_out;  ///< of advertising
  std::string currency;       ///< of the gateways' prices
  const Clock& clock;
  runtime::Sleeper& sleeper;
  IdSource& ids;
  Log& log;
  storage::Database& database;
  outbox::Door& door;
  outbox::Messages& messages;
  dispatch::Dispatcher& dispatcher;
  hotline::Desk& desk;
  directory::ContactImport& contact_import;
  directory::NumberImport& number_import;
  const campaigns::AuditFindings& campaign_audit;  ///< of the last audit
  std::function<asio::awaitable<ops::WatchView>()> watch;
  ops::Heartbeat& heartbeat;
  ops::Metrics& metrics;
  people::Throttle& throttle;  ///< of sign-ins
  people::SessionLimits session_limits;
  EventHub& events;
  Phone default_line;  ///< where a sandbox text goes that names no line
};

}  // namespace tongdai::api
