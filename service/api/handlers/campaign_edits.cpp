#include "api/handlers/campaign_document.hpp"
#include "api/handlers/handlers.hpp"
#include "api/views.hpp"
#include "campaigns/editing.hpp"

namespace tongdai::api {
namespace {

constexpr std::int64_t rate_max = 100'000;

bool is_null(config::Reader& r, std::string_view key) {
  const config::Node* node = r.raw(key);
  return node != nullptr && std::holds_alternative<std::monostate>(node->value());
}

/// null takes a bound away.
campaigns::Tuning read_tuning(const Context& context, config::Reader& r) {
  campaigns::Tuning tuning;
  if (is_null(r, "rate")) {
    tuning.rate = 0;
  } else if (r.has("rate")) {
    tuning.rate = static_cast<int>(r.integer("rate", 1, rate_max, 1));
  }
  if (is_null(r, "gateway")) {
    tuning.gateway = "";
  } else if (r.has("gateway")) {
    const std::string name = r.text("gateway");
    if (std::string what = unknown_gateway(context, name); !name.empty() && !what.empty())
      r.fault("gateway", std::move(what));
    tuning.gateway = name;
  }
  if (!tuning.rate && !tuning.gateway) r.fault("rate", "is required unless gateway is given");
  return tuning;
}

Response moved(CampaignId id, campaigns::CampaignState state) {
  return json_response(200, {{"id", to_string(id)}, {"state", name_of(state)}});
}

}  // namespace

Answer edit_campaign(Context& context, const Request& request) {
  const auto id = place_id<CampaignId>(request);
  if (!id) co_return problem(id.error());
  const auto written = read_campaign(context, request);
  if (!written) co_return written.error();
  if (is_series(*written)) {
    co_return bad_request(
        written->spec.repeat ? "schedule.repeat" : (written->spec.drip ? "schedule.drip" : "step"),
        "must be left out: a campaign is edited alone, also one that is a step of a series");
  }
  storage::Writer& writer = context.database.writer();
  config::Faults faults;
  const auto state = co_await writer.run([&](storage::Tx& tx) {
    return campaigns::edit(tx, context.ids, *id, written->spec, written->document, actor_of(request),
                           context.clock.now(), faults);
  });
  if (!faults.empty()) co_return bad_request(faults);
  if (!state) co_return problem(state.error());
  // What is left of it after a crash, the pump takes away.
  while (co_await writer.run([](storage::Tx& tx) { return campaigns::drop_step(tx); }, storage::Load::bulk)) {
  }
  co_return moved(*id, *state);
}

Answer tune_campaign(Context& context, const Request& request) {
  const auto id = place_id<CampaignId>(request);
  if (!id) co_return problem(id.error());
  const auto tuning = read_body(request, [&context](config::Reader& r) { return read_tuning(context, r); });
  if (!tuning) co_return tuning.error();
  const auto state = co_await context.database.writer().run([&](storage::Tx& tx) {
    return campaigns::tune(tx, context.ids, context.door, *id, *tuning, actor_of(request),
                           context.clock.now());
  });
  if (!state) co_return problem(state.error());
  co_return moved(*id, *state);
}

}  // namespace tongdai::api
