#include "api/handlers/handlers.hpp"
#include "api/views.hpp"
#include "campaigns/accounts.hpp"
#include "campaigns/forecast.hpp"
#include "config/toml_file.hpp"

namespace tongdai::api {
namespace {

using campaigns::Campaign;

struct Whole {
  Campaign campaign;
  std::vector<campaigns::CampaignText> texts;
  campaigns::Accounts accounts;
};

Response not_there(CampaignId id) {
  return problem(Error{Code::not_found, "there is no campaign " + to_string(id)});
}

/// A campaign file as it is, or JSON of the same shape.
std::expected<config::Node, config::Fault> read_document(const Request& request) {
  if (request.header("content-type").starts_with("application/toml")) return config::read_toml(request.body);
  return read_json(request.body);
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
          {"start", time_json(c.schedule.start)},
          {"end", time_json(c.schedule.end)},
          {"windows", c.schedule.windows.written()},
          {"rate", c.schedule.rate},
          {"created_at", time_json(c.created_at)},
          {"counts", show(accounts)}};
}

Json show(const campaigns::CampaignText& t) {
  const campaigns::SpecText text{t.language, t.accents, t.body};
  return {{"language", t.language},
          {"accents", name_of(t.accents)},
          {"body", t.body},
          {"parts", text::measure(text.rendered()).parts}};
}

void add_measure(Json& into, const text::Measure& m) {
  into["encoding"] = name_of(m.encoding);
  into["units"] = m.units;
  into["parts"] = m.parts;
}

Json show(const campaigns::TextPreview& t) {
  Json text = {{"language", t.language}, {"text", t.text}};
  add_measure(text, t.measure);
  text["unaccented"]["text"] = t.unaccented;
  add_measure(text["unaccented"], t.unaccented_measure);
  text["recipients"] = t.recipients;
  return text;
}

Json show(const campaigns::Preview& p) {
  Json texts = Json::array();
  for (const auto& t : p.texts) texts.push_back(show(t));
  Json exclusions = Json::object();
  for (const auto& [reason, count] : p.size.exclusions) exclusions[reason] = count;
  return {{"audience", p.size.audience},
          {"exclusions", std::move(exclusions)},
          {"texts", std::move(texts)},
          {"parts", p.parts},
          {"rate_parts_per_s", p.rate_parts_per_s},
          {"finish", time_json(p.finish)}};
}

/// Parts a second for a number of this country: of the first gateway of its route, the others stand in for
/// it. Where routes go by prefix, all gateways share the work.
double campaign_rate(const Context& context) {
  const Phone anybody = Phone::stored("+" + context.plan.country_code());
  const auto lines = context.dispatcher.view();
  for (const std::string& name : context.dispatcher.routes().candidates(outbox::Purpose::campaign, anybody)) {
    for (const auto& line : lines) {
      if (line.name == name && !line.paused) return line.rate_parts_per_s;
    }
  }
  double sum = 0;
  for (const auto& line : lines) sum += line.paused ? 0 : line.rate_parts_per_s;
  return sum;
}

/// A quoted cell (RFC 4180) that no spreadsheet takes for a formula.
void add_cell(std::string& csv, std::string_view text) {
  if (csv.back() != '\n') csv += ',';
  csv += '"';
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) csv += '\'';
  for (const char c : text) csv.append(c == '"' ? 2 : 1, c);
  csv += '"';
}

std::string export_csv(storage::Tx& tx, CampaignId id) {
  std::string csv =
      "\xEF\xBB\xBFseq,phone,state,reason,message\r\n";  // with the mark that spreadsheets read as UTF-8
  campaigns::each_line(tx, id, [&](const campaigns::AccountLine& line) {
    add_cell(csv, std::to_string(line.seq));
    add_cell(csv, line.phone.masked());
    add_cell(csv, line.state);
    add_cell(csv, line.reason);
    add_cell(csv, line.message ? to_string(line.message) : "");
    csv += "\r\n";
  });
  return csv;
}

}  // namespace

Answer create_campaign(Context& context, const Request& request) {
  const auto document = read_document(request);
  if (!document) co_return bad_request({document.error()});
  const TimePoint now = context.clock.now();
  config::Faults faults;
  const auto spec = campaigns::Spec::read(*document, now, faults);
  if (!faults.empty()) co_return bad_request(faults);
  const CampaignId id = co_await context.database.writer().run([&](storage::Tx& tx) {
    return campaigns::create(tx, context.ids, spec, actor_of(request), now, faults);
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
  const auto found = co_await context.database.readers().run([&id](storage::Tx& tx) -> std::optional<Whole> {
    const auto campaign = campaigns::find(tx, *id);
    if (!campaign) return std::nullopt;
    return Whole{*campaign, campaigns::texts(tx, *id), campaigns::account(tx, *campaign)};
  });
  if (!found) co_return not_there(*id);
  Json json = summary(found->campaign, found->accounts);
  json["texts"] = Json::array();
  for (const auto& t : found->texts) json["texts"].push_back(show(t));
  co_return json_response(200, json);
}

Answer preview_campaign(Context& context, const Request& request) {
  const auto id = place_id<CampaignId>(request);
  if (!id) co_return problem(id.error());
  const double rate = campaign_rate(context);
  const TimePoint now = context.clock.now();
  const auto preview =
      co_await context.database.readers().run([&](storage::Tx& tx) -> std::optional<campaigns::Preview> {
        const auto campaign = campaigns::find(tx, *id);
        if (!campaign) return std::nullopt;
        return campaigns::preview(tx, *campaign, rate, context.zone, now);
      });
  if (!preview) co_return not_there(*id);
  co_return json_response(200, show(*preview));
}

Answer export_campaign(Context& context, const Request& request) {
  const auto id = place_id<CampaignId>(request);
  if (!id) co_return problem(id.error());
  auto csv = co_await context.database.readers().run([&id](storage::Tx& tx) -> std::optional<std::string> {
    if (!campaigns::find(tx, *id)) return std::nullopt;
    return export_csv(tx, *id);
  });
  if (!csv) co_return not_there(*id);
  Response response;
  response.content_type = "text/csv; charset=utf-8";
  response.body = std::move(*csv);
  response.headers.emplace_back("Content-Disposition",
                                "attachment; filename=\"campaign-" + to_string(*id) + ".csv\"");
  co_return response;
}

}  // namespace tongdai::api
