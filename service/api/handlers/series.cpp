#include "campaigns/series.hpp"

#include "api/handlers/campaign_document.hpp"
#include "api/handlers/handlers.hpp"
#include "api/views.hpp"
#include "campaigns/accounts.hpp"
#include "directory/number_lists.hpp"

namespace tongdai::api {
namespace {

using campaigns::Campaign;
using campaigns::CampaignEvent;
using campaigns::Series;
using campaigns::SeriesId;

Json show(const Series& s) {
  return {{"id", to_string(s.id)},
          {"title", s.title},
          {"author", s.author},
          {"created_at", time_json(s.created_at)}};
}

Json show_step(const Campaign& c) {
  return {{"id", to_string(c.id)},
          {"title", c.title},
          {"state", name_of(c.state)},
          {"start", time_json(c.schedule.start)},
          {"end", time_json(c.schedule.end)}};
}

Json show_steps(const std::vector<Campaign>& steps) {
  Json list = Json::array();
  for (const Campaign& c : steps) list.push_back(show_step(c));
  return list;
}

Answer act(Context& context, const Request& request, CampaignEvent event) {
  const auto id = place_id<SeriesId>(request);
  if (!id) co_return problem(id.error());
  const auto comment =
      read_body(request, [](config::Reader& r) { return read_bounded(r, "comment", comment_bytes_max); });
  if (!comment) co_return comment.error();
  const auto steps = co_await context.database.writer().run([&](storage::Tx& tx) {
    return campaigns::act_series(tx, context.messages, *id, event, actor_of(request), *comment,
                                 context.clock.now());
  });
  if (!steps && steps.error().code == Code::invalid) co_return bad_request("comment", steps.error().what);
  if (!steps) co_return problem(steps.error());
  co_return json_response(200, {{"id", to_string(*id)}, {"steps", show_steps(*steps)}});
}

}  // namespace

asio::awaitable<Response> create_series(Context& context, const Request& request,
                                        const CampaignDocument& written) {
  const TimePoint now = context.clock.now();
  config::Faults faults;
  const auto created = co_await context.database.writer().run([&](storage::Tx& tx) {
    const std::string author = actor_of(request).name;
    const campaigns::Spec& spec = written.spec;
    std::vector<campaigns::Spec> steps = written.campaigns;
    if (spec.drip) {
      const auto days =
          directory::days_of(tx, spec.audience.lists.front(), spec.drip->column, campaigns::drip_days_max);
      steps = campaigns::plan(spec, context.almanac, faults, days);
      if (!faults.empty()) return campaigns::CreatedSeries{};
    }
    auto series = campaigns::create_series(tx, context.ids, spec.title, steps, author, now, faults);
    for (const CampaignId step : series.steps)
      campaigns::write_revision(tx, step, author, written.document, now);
    return series;
  });
  if (!faults.empty()) co_return bad_request(faults);
  Json steps = Json::array();
  for (const CampaignId step : created.steps) steps.push_back(to_string(step));
  Response response = json_response(201, {{"id", steps.front()},
                                          {"state", name_of(campaigns::CampaignState::draft)},
                                          {"series", to_string(created.id)},
                                          {"steps", steps}});
  response.headers.emplace_back("Location", "/api/v1/series/" + to_string(created.id));
  co_return response;
}

Answer list_series(Context& context, const Request& request) {
  const auto page = read_query(request, [](config::Reader& r) { return read_page(r); });
  if (!page) co_return page.error();
  const Json list = co_await context.database.readers().run([&page](storage::Tx& tx) {
    const std::int64_t most = page->number() + page->limit + 1;
    const auto all = campaigns::list_series(tx, static_cast<int>(std::min<std::int64_t>(most, INT32_MAX)));
    return page_of(all, *page, [](const Series& s) { return show(s); });
  });
  co_return json_response(200, list);
}

Answer show_series(Context& context, const Request& request) {
  const auto id = place_id<SeriesId>(request);
  if (!id) co_return problem(id.error());
  const auto json = co_await context.database.readers().run([&id](storage::Tx& tx) -> std::optional<Json> {
    const auto series = campaigns::find_series(tx, *id);
    if (!series) return std::nullopt;
    Json all = show(*series);
    all["steps"] = show_steps(campaigns::of_series(tx, id->value));
    return all;
  });
  if (!json) co_return problem(Error{Code::not_found, "there is no series " + to_string(*id)});
  co_return json_response(200, *json);
}

Answer submit_series(Context& context, const Request& request) {
  return act(context, request, CampaignEvent::submit);
}

Answer approve_series(Context& context, const Request& request) {
  return act(context, request, CampaignEvent::approve);
}

Answer reject_series(Context& context, const Request& request) {
  return act(context, request, CampaignEvent::reject);
}

Answer pause_series(Context& context, const Request& request) {
  return act(context, request, CampaignEvent::pause);
}

Answer resume_series(Context& context, const Request& request) {
  return act(context, request, CampaignEvent::resume);
}

Answer cancel_series(Context& context, const Request& request) {
  return act(context, request, CampaignEvent::cancel);
}

}  // namespace tongdai::api
