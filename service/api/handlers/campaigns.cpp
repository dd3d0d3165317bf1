#include "api/handlers/campaign_document.hpp"
#include "api/handlers/handlers.hpp"
#include "api/views.hpp"
#include "campaigns/accounts.hpp"
#include "campaigns/audience.hpp"
#include "campaigns/canary.hpp"

namespace tongdai::api {
namespace {

using campaigns::Campaign;

struct Whole {
  Campaign campaign;
  std::vector<campaigns::CampaignText> texts;
  campaigns::Accounts accounts;
  campaigns::AudienceSize frozen;
  std::optional<campaigns::CanaryView> canary;
  campaigns::Pressure pressure;
};

/// The words only: the hotline's numbers could tell of a single case.
Json show(const campaigns::Pressure& p) {
  return {{"share", name_of(campaigns::pace_of(p))}, {"why", text_or_null(p.why)}};
}

Json show(const campaigns::Canary& canary, const std::optional<campaigns::CanaryView>& view) {
  if (!view) return {};
  return {{"size", canary.size}, {"phase", name_of(view->phase)}, {"until", time_json(view->until)}};
}

Response not_there(CampaignId id) {
  return problem(Error{Code::not_found, "there is no campaign " + to_string(id)});
}

Json show(const campaigns::Accounts& accounts) {
  Json counts = {{"audience", accounts.audience}, {"pending", accounts.pending}};
  add_counts(counts, accounts.by_state);
  return counts;
}

Json summary(const Campaign& c, const campaigns::Accounts& accounts) {
  return {{"id", to_string(c.id)},
          {"title", c.title},
          {"class", name_of(c.klass)},
          {"state", name_of(c.state)},
          {"frozen", c.frozen},
          {"series", c.series != 0 ? Json(std::to_string(c.series)) : Json()},
          {"start", time_json(c.schedule.start)},
          {"end", time_json(c.schedule.end)},
          {"windows", c.schedule.windows.written()},
          {"holidays", c.schedule.skip_holidays ? "skip" : "send"},
          {"rate", c.schedule.rate},
          {"gateway", text_or_null(c.schedule.gateway)},
          {"saved_audience", text_or_null(c.audience_saved)},
          {"legal_basis", c.legal_basis},
          {"author", c.author},
          {"created_at", time_json(c.created_at)},
          {"counts", show(accounts)}};
}

Json show(const campaigns::CampaignText& t) {
  Json fallback = Json::object();
  for (const auto& [name, value] : t.fallback) fallback[name] = value;
  return {{"language", t.language},
          {"accents", name_of(t.accents)},
          {"body", t.body},
          {"fallback", std::move(fallback)},
          {"parts", text::measure(t.as_written().rendered()).parts}};
}

}  // namespace

Answer create_campaign(Context& context, const Request& request) {
  const auto written = read_campaign(context, request);
  if (!written) co_return written.error();
  if (is_series(*written)) co_return co_await create_series(context, request, *written);
  const TimePoint now = context.clock.now();
  config::Faults faults;
  const CampaignId id = co_await context.database.writer().run([&](storage::Tx& tx) {
    const std::string author = actor_of(request).name;
    const CampaignId draft = campaigns::create(tx, context.ids, written->spec, author, now, faults);
    if (draft) campaigns::write_revision(tx, draft, author, written->document, now);
    return draft;
  });
  if (!faults.empty()) co_return bad_request(faults);
  Response response =
      json_response(201, {{"id", to_string(id)}, {"state", name_of(campaigns::CampaignState::draft)}});
  response.headers.emplace_back("Location", "/api/v1/campaigns/" + to_string(id));
  co_return response;
}

Answer list_campaigns(Context& context, const Request& request) {
  const auto page = read_query(request, [](config::Reader& r) { return read_page(r); });
  if (!page) co_return page.error();
  const Json list = co_await context.database.readers().run([&page](storage::Tx& tx) {
    const std::int64_t most = page->number() + page->limit + 1;
    const auto all = campaigns::list(tx, static_cast<int>(std::min<std::int64_t>(most, INT32_MAX)));
    return page_of(all, *page, [&tx](const Campaign& c) { return summary(c, campaigns::account(tx, c)); });
  });
  co_return json_response(200, list);
}

Answer show_campaign(Context& context, const Request& request) {
  const auto id = place_id<CampaignId>(request);
  if (!id) co_return problem(id.error());
  const auto found = co_await context.database.readers().run([&](storage::Tx& tx) -> std::optional<Whole> {
    const auto campaign = campaigns::find(tx, *id);
    if (!campaign) return std::nullopt;
    const bool is_paced = campaign->paced_by_cases && context.pressure;
    return Whole{*campaign,
                 campaigns::texts(tx, *id),
                 campaigns::account(tx, *campaign),
                 campaigns::frozen_size(tx, *campaign),
                 campaigns::show_canary(tx, *campaign),
                 is_paced ? context.pressure(tx) : campaigns::Pressure{}};
  });
  if (!found) co_return not_there(*id);
  Json json = summary(found->campaign, found->accounts);
  json["exclusions"] = Json::object();
  for (const auto& [reason, n] : found->frozen.exclusions) json["exclusions"][reason] = n;
  json["duplicates"] = found->frozen.duplicates;
  json["canary"] = show(found->campaign.canary, found->canary);
  json["pace"] = show(found->pressure);
  json["texts"] = Json::array();
  for (const auto& t : found->texts) json["texts"].push_back(show(t));
  co_return json_response(200, json);
}

}  // namespace tongdai::api
