#include "campaigns/control.hpp"

#include "campaigns/audience.hpp"
#include "outbox/door.hpp"

namespace tongdai::campaigns {
namespace {

void freeze(storage::Tx& tx, IdSource& ids, const Campaign& c) {
  for (const CampaignText& t : texts(tx, c.id)) {
    const SpecText text{t.language, t.accents, t.body};
    set_rendered(tx, c.id, t.ordinal, outbox::store_body(tx, ids, text.rendered()));
  }
  set_audience(tx, c.id, freeze_audience(tx, c.id));
}

}  // namespace

outbox::CampaignLeave leave_of(storage::Tx& tx, CampaignId id, const text::TimeZone& zone, TimePoint now) {
  const auto c = find(tx, id);
  if (!c) return {};
  switch (c->state) {
    case CampaignState::cancelled:
      return {.is_cancelled = true};
    case CampaignState::completed:  // the pump looks no more after one that an operator sends again
      return {.from = c->schedule.windows.next_open(now, zone)};
    case CampaignState::running:
      if (c->schedule.windows.open_at(now, zone)) return {};
      [[fallthrough]];
    default:
      return {.from = outbox::suspended_until};
  }
}

Result<CampaignState> act(storage::Tx& tx, outbox::Messages& messages, CampaignId id, CampaignEvent event,
                          std::string_view who, std::string_view comment, TimePoint now) {
  const auto c = find(tx, id);
  if (!c) return fail(Code::not_found, "there is no campaign " + to_string(id));
  const bool forward = event == CampaignEvent::submit || event == CampaignEvent::approve;
  if (forward && c->schedule.end <= now) {
    return fail(Code::not_allowed, "its end has passed: nothing of it could leave any more");
  }
  auto state = move(tx, messages.ids(), *c, event, who, comment, now);
  if (!state) return state;
  switch (event) {
    case CampaignEvent::approve:
      freeze(tx, messages.ids(), *c);
      break;
    case CampaignEvent::pause:
      messages.suspend_campaign(tx, id);
      break;
    case CampaignEvent::cancel:
      messages.cancel_campaign(tx, id, now);
      end_pending(tx, id, c->cursor, outbox::MessageState::cancelled, "the campaign was cancelled");
      break;
    case CampaignEvent::resume:  // the pump releases what waits, if the hour allows it
    case CampaignEvent::submit:
    case CampaignEvent::reject:
    case CampaignEvent::start:
    case CampaignEvent::finish:
      break;
  }
  return state;
}

}  // namespace tongdai::campaigns
