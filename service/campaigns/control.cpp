#include "campaigns/control.hpp"

#include <algorithm>

#include "campaigns/audience.hpp"
#include "campaigns/editing.hpp"
#include "campaigns/ending.hpp"
#include "campaigns/fitness.hpp"
#include "campaigns/freezing.hpp"
#include "outbox/door.hpp"

namespace tongdai::campaigns {
namespace {

void render(storage::Tx& tx, IdSource& ids, const Campaign& c) {
  for (const CampaignText& t : texts(tx, c.id)) {
    const outbox::Body body = outbox::measured_body(t.as_written().rendered());
    const outbox::Body stripped = outbox::measured_body(body.text, true);
    const BodyId id = outbox::store_body(tx, ids, body);
    set_rendered(tx, c.id, t.ordinal, id,
                 stripped.text == body.text ? id : outbox::store_body(tx, ids, stripped));
  }
}

constexpr std::string_view stood_in = "the administrator stood in for the second person";

bool is_second_person(const Campaign& c, const Actor& actor) {
  return !c.author.empty() && c.author != actor.name;
}

/// What speaks against this step of this person, the state apart.
Result<void> check_step(storage::Tx& tx, const Campaign& c, CampaignEvent event, const Actor& actor,
                        std::string_view comment, TimePoint now) {
  const bool forward = event == CampaignEvent::submit || event == CampaignEvent::approve;
  if (forward && c.schedule.end <= now) {
    return fail(Code::not_allowed, "its end has passed: nothing of it could leave any more");
  }
  if (event == CampaignEvent::reject && std::ranges::all_of(comment, [](char ch) { return ch == ' '; })) {
    return fail(Code::invalid, "is required: say what to change");
  }
  if (event != CampaignEvent::approve) return {};
  if (!is_second_person(c, actor) && !actor.is_administrator) {
    return fail(Code::not_allowed,
                "who wrote it may not approve it: a second person may, or the administrator at the socket "
                "(tongdai campaign approve " +
                    to_string(c.id) + ")");
  }
  if (is_being_dropped(tx, c)) {
    return fail(Code::not_allowed, "its former audience is still being taken away: approve it in a minute");
  }
  return {};
}

std::string comment_of(const Campaign& c, CampaignEvent event, const Actor& actor, std::string_view comment) {
  std::string line(comment);
  if (event == CampaignEvent::approve && !is_second_person(c, actor))
    line.append(line.empty() ? "" : "; ").append(stood_in);
  return line;
}

}  // namespace

outbox::CampaignLeave leave_of(storage::Tx& tx, CampaignId id, const Almanac& almanac, TimePoint now) {
  const auto c = find(tx, id);
  if (!c) return {};
  const text::Hours hours = almanac.hours(c->schedule);
  switch (c->state) {
    case CampaignState::cancelled:
      return {.is_cancelled = true};
    case CampaignState::completed:  // the pump looks no more after one that an operator sends again
      return {.from = hours.next_open(now),
              .closes_at = hours.closes_at(now),
              .is_advertising = c->klass == Class::advertising};
    case CampaignState::running:
      if (const TimePoint closes = hours.closes_at(now); closes > now)
        return {.closes_at = closes, .is_advertising = c->klass == Class::advertising};
      [[fallthrough]];
    default:
      return {.from = outbox::suspended_until};
  }
}

Result<CampaignState> act(storage::Tx& tx, outbox::Messages& messages, CampaignId id, CampaignEvent event,
                          const Actor& actor, std::string_view comment, TimePoint now,
                          config::Faults* faults) {
  const auto c = find(tx, id);
  if (!c) return fail(Code::not_found, "there is no campaign " + to_string(id));
  if (const auto possible = next(c->state, event); !possible) return possible;
  if (const auto may = check_step(tx, *c, event, actor, comment, now); !may)
    return std::unexpected(may.error());
  const bool forward = event == CampaignEvent::submit || event == CampaignEvent::approve;
  if (forward && messages.has_door()) {
    const auto found = unfit(tx, *c, messages.door().router());
    if (faults != nullptr) *faults = found;
    if (!found.empty()) return fail(Code::refused, config::print(found, ""));
  }
  auto state = move(tx, messages.ids(), *c, event, actor.name, comment_of(*c, event, actor, comment), now);
  if (!state) return state;
  switch (event) {
    case CampaignEvent::approve:
      render(tx, messages.ids(), *c);
      begin_freeze(tx, id, now);
      break;
    case CampaignEvent::pause:
      messages.suspend_campaign(tx, id);
      break;
    case CampaignEvent::cancel:
      end_freeze(tx, id);
      messages.cancel_campaign(tx, id, now);
      end_next(tx, *c, outbox::MessageState::cancelled, ended_by_cancel);
      break;
    case CampaignEvent::resume:  // the pump releases what waits, if the hour allows it
    case CampaignEvent::submit:
    case CampaignEvent::reject:
    case CampaignEvent::start:
    case CampaignEvent::finish:
    case CampaignEvent::edit:  // editing.hpp
      break;
  }
  return state;
}

}  // namespace tongdai::campaigns
