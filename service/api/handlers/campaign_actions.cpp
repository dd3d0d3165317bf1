#include "api/handlers/handlers.hpp"
#include "api/views.hpp"
#include "campaigns/control.hpp"

namespace tongdai::api {
namespace {

using campaigns::CampaignEvent;

Answer act(Context& context, const Request& request, CampaignEvent event) {
  const auto id = place_id<CampaignId>(request);
  if (!id) co_return problem(id.error());
  const auto comment =
      read_body(request, [](config::Reader& r) { return read_bounded(r, "comment", comment_bytes_max); });
  if (!comment) co_return comment.error();
  config::Faults faults;
  const auto state = co_await context.database.writer().run([&](storage::Tx& tx) {
    return campaigns::act(tx, context.messages, *id, event, actor_of(request), *comment, context.clock.now(),
                          &faults);
  });
  if (!faults.empty()) co_return bad_request(faults);
  if (!state && state.error().code == Code::invalid) co_return bad_request("comment", state.error().what);
  if (!state) co_return problem(state.error());
  co_return json_response(200, {{"id", to_string(*id)}, {"state", name_of(*state)}});
}

}  // namespace

Answer submit_campaign(Context& context, const Request& request) {
  return act(context, request, CampaignEvent::submit);
}

Answer approve_campaign(Context& context, const Request& request) {
  return act(context, request, CampaignEvent::approve);
}

Answer reject_campaign(Context& context, const Request& request) {
  return act(context, request, CampaignEvent::reject);
}

Answer pause_campaign(Context& context, const Request& request) {
  return act(context, request, CampaignEvent::pause);
}

Answer resume_campaign(Context& context, const Request& request) {
  return act(context, request, CampaignEvent::resume);
}

Answer cancel_campaign(Context& context, const Request& request) {
  return act(context, request, CampaignEvent::cancel);
}

}  // namespace tongdai::api
