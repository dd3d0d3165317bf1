#include "api/handlers/handlers.hpp"
#include "api/views.hpp"
#include "campaigns/history.hpp"

namespace tongdai::api {
namespace {

struct Past {
  std::vector<campaigns::HistoryEvent> events;
  std::vector<campaigns::Revision> revisions;
};

Json show(const campaigns::HistoryEvent& e) {
  return {{"at", time_json(e.at)}, {"state", name_of(e.state)}, {"who", e.who}, {"comment", e.comment}};
}

Json show(const campaigns::Revision& r) {
  return {{"number", r.number}, {"at", time_json(r.at)}, {"who", r.who}};
}

template <class T>
Json show_all(const std::vector<T>& all) {
  Json list = Json::array();
  for (const T& one : all) list.push_back(show(one));
  return list;
}

}  // namespace

Answer show_campaign_history(Context& context, const Request& request) {
  const auto id = place_id<CampaignId>(request);
  if (!id) co_return problem(id.error());
  const auto past = co_await context.database.readers().run([&id](storage::Tx& tx) -> std::optional<Past> {
    if (!campaigns::find(tx, *id)) return std::nullopt;
    return Past{campaigns::history(tx, *id), campaigns::revisions(tx, *id)};
  });
  if (!past) co_return problem(Error{Code::not_found, "there is no campaign " + to_string(*id)});
  co_return json_response(200,
                          {{"events", show_all(past->events)}, {"revisions", show_all(past->revisions)}});
}

Answer show_campaign_revision(Context& context, const Request& request) {
  const auto id = place_id<CampaignId>(request);
  if (!id) co_return problem(id.error());
  const auto number = parse_id(request.place("number"));
  if (!number) co_return bad_request("number", number.error().what);
  const auto revision = co_await context.database.readers().run(
      [&](storage::Tx& tx) { return campaigns::find_revision(tx, *id, *number); });
  if (!revision) {
    co_return problem(Error{Code::not_found, "there is no revision " + std::to_string(*number) +
                                                 " of a campaign " + to_string(*id)});
  }
  Json json = show(*revision);
  json["format"] = name_of(revision->document.format);
  json["document"] = revision->document.text;
  co_return json_response(200, json);
}

}  // namespace tongdai::api
