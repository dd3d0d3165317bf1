#include "api/handlers/handlers.hpp"
#include "api/handlers/prices.hpp"
#include "api/views.hpp"
#include "campaigns/forecast.hpp"

namespace tongdai::api {
namespace {

using campaigns::Preview;

struct Found {
  Preview preview;
  std::string legal_basis;
};

Json show(const campaigns::TextPreview& t) {
  Json text = {{"language", t.language},  {"text", t.text},         {"recipients", t.recipients},
               {"parts_to_all", t.parts}, {"hints", Json::array()}, {"gateways", Json::array()}};
  add_measure(text, t.measure);
  text["unaccented"]["text"] = t.unaccented;
  add_measure(text["unaccented"], t.unaccented_measure);
  for (const auto& hint : t.hints) text["hints"].push_back({{"change", hint.change}, {"parts", hint.parts}});
  for (const auto& by : t.by_gateway) {
    Json gateway = {{"name", by.gateway}};
    add_measure(gateway, by.measure);
    text["gateways"].push_back(std::move(gateway));
  }
  return text;
}

Json show(const std::vector<campaigns::Share>& shares, bool has_cost) {
  Json list = Json::array();
  for (const auto& s : shares) {
    list.push_back({{"name", s.name},
                    {"recipients", s.recipients},
                    {"parts", s.parts},
                    {"cost", has_cost ? Json(s.cost) : Json()}});
  }
  return list;
}

/// How the campaign's time goes: when it would be done, with whom it shares the gateways, and whether
/// somebody is there to answer.
void add_course(Json& json, const Preview& p) {
  json["rate_parts_per_s"] = p.rate_parts_per_s;
  json["finish"] = time_json(p.finish);
  json["late"] = p.late;
  json["others"] = Json::array();
  for (const auto& other : p.others)
    json["others"].push_back({{"id", to_string(other.id)}, {"title", other.title}, {"parts", other.parts}});
  json["uncovered"] = Json::array();
  for (const auto& unit : p.uncovered) {
    json["uncovered"].push_back({{"unit", unit.code},
                                 {"name", unit.name},
                                 {"recipients", unit.recipients},
                                 {"from", time_json(unit.first)}});
  }
}

Json show(const Preview& p, const std::string& currency) {
  Json json = {{"audience", p.size.audience},
               {"exclusions", Json::object()},
               {"duplicates", p.size.duplicates},
               {"texts", Json::array()},
               {"parts", p.parts},
               {"parts_max", p.parts_max},
               {"no_route", p.no_route},
               {"carriers", show(p.carriers, p.has_cost)},
               {"gateways", show(p.gateways, p.has_cost)},
               {"cost", p.has_cost ? Json{{"amount", p.cost}, {"currency", currency}} : Json()},
               {"remarks", p.remarks},
               {"faults", Json::array()}};
  for (const auto& [reason, count] : p.size.exclusions) json["exclusions"][reason] = count;
  for (const auto& t : p.texts) json["texts"].push_back(show(t));
  for (const auto& fault : p.unfit) json["faults"].push_back(fault.print(""));
  add_course(json, p);
  return json;
}

campaigns::ForecastTerms terms_now(const Context& context) {
  campaigns::ForecastTerms terms{context.dispatcher.routes(),
                                 context.dispatcher.routes().prefix_digits_max(),
                                 {},
                                 context.plan,
                                 context.almanac,
                                 prices(context)};
  for (const auto& line : context.dispatcher.view())
    terms.gateways.push_back({line.name, line.paused ? 0.0 : static_cast<double>(line.rate_parts_per_s)});
  return terms;
}

}  // namespace

Answer preview_campaign(Context& context, const Request& request) {
  const auto id = place_id<CampaignId>(request);
  if (!id) co_return problem(id.error());
  const campaigns::ForecastTerms terms = terms_now(context);
  const TimePoint now = context.clock.now();
  const auto found = co_await context.database.readers().run([&](storage::Tx& tx) -> std::optional<Found> {
    const auto campaign = campaigns::find(tx, *id);
    if (!campaign) return std::nullopt;
    return Found{campaigns::preview(tx, *campaign, terms, now), campaign->legal_basis};
  });
  if (!found) co_return problem(Error{Code::not_found, "there is no campaign " + to_string(*id)});
  Json json = show(found->preview, context.currency);
  json["legal_basis"] = found->legal_basis;
  co_return json_response(200, json);
}

}  // namespace tongdai::api
