#include "outbox/queries.hpp"

#include <algorithm>
#include <functional>

#include "outbox/sealed.hpp"

namespace tongdai::outbox {
namespace {

constexpr std::string_view select_one =
    "SELECT m.id, m.state, m.reason, m.purpose, " TONGDAI_RECIPIENT("m.") ", m.gateway, m.parts, m.attempts, "
    "COALESCE(m.campaign_id, 0), "
    "unseal(b.key_id, b.sealed_text, b.text), m.created_at FROM message m JOIN body b ON b.id = m.body_id WHERE m.id = $1";
constexpr std::string_view select_list =
    "SELECT m.id, m.state, m.reason, m.purpose, " TONGDAI_RECIPIENT("m.") ", m.gateway, m.parts, m.attempts, "
    "COALESCE(m.campaign_id, 0), "
    "unseal(b.key_id, b.sealed_text, b.text), m.created_at FROM message m JOIN body b ON b.id = m.body_id "
    "WHERE ($1 = 0 OR m.id < $1) AND ($2 IS NULL OR m.state = $2) ORDER BY m.id DESC LIMIT $3";
constexpr std::string_view select_to = "SELECT id FROM message WHERE recipient = $1 AND campaign_id IS NULL";
constexpr std::string_view select_times =
    "SELECT submitted_at, accepted_at, updated_at FROM message WHERE id = $1";
constexpr std::string_view select_events =
    "SELECT at, state, reason, gateway FROM message_event WHERE message_id = $1 ORDER BY id";
constexpr std::string_view select_alive =
    "SELECT 1 FROM message WHERE case_id = $1 AND referral_id = $2 "
    "AND state IN ('queued', 'submitting', 'accepted', 'delivered', 'uncertain') LIMIT 1";
MessageView to_view(const storage::Row& row) {
  MessageView v;
  v.id = row.get<MessageId>(0);
  v.state = row.get<MessageState>(1);
  v.reason = row.text(2);
  v.purpose = row.get<Purpose>(3);
  v.to = row.get<Phone>(4);
  v.gateway = row.text(5);
  v.parts = row.get<int>(6);
  v.attempts = row.get<int>(7);
  v.campaign = row.get<CampaignId>(8);
  v.text = row.text(9);
  v.created_at = row.get<TimePoint>(10);
  return v;
}

struct Times {
  std::optional<TimePoint> submitted, accepted;
  TimePoint updated;
};

/// Before its acceptance a message may have been tried more than once.
bool before_acceptance(const MessageStep& step, TimePoint accepted) {
  const bool early = step.state == MessageState::queued || step.state == MessageState::submitting ||
                     step.state == MessageState::uncertain;
  return step.at < accepted || (step.at == accepted && early);
}

/// The straight way from the message's own times, what was beside it from the events.
std::vector<MessageStep> history(storage::Tx& tx, const MessageView& m) {
  const auto events = tx.all(
      select_events,
      [](const storage::Row& row) {
        return MessageStep{row.get<TimePoint>(0), row.get<MessageState>(1), row.text(2), row.text(3)};
      },
      m.id);
  const auto times = tx.first(
      select_times,
      [](const storage::Row& row) {
        return Times{row.get<std::optional<TimePoint>>(0), row.get<std::optional<TimePoint>>(1),
                     row.get<TimePoint>(2)};
      },
      m.id);
  const std::string& first_gateway = events.empty() ? m.gateway : events.front().gateway;
  std::vector<MessageStep> steps{{m.created_at, MessageState::queued, "", first_gateway}};
  if (times && times->submitted)
    steps.push_back({*times->submitted, MessageState::submitting, "", first_gateway});
  bool accepted = !times || !times->accepted;
  for (const MessageStep& e : events) {
    if (!accepted && !before_acceptance(e, *times->accepted)) {
      steps.push_back({*times->accepted, MessageState::accepted, "", m.gateway});
      accepted = true;
    }
    steps.push_back(e);
  }
  if (!accepted) steps.push_back({*times->accepted, MessageState::accepted, "", m.gateway});
  if (times && m.state == MessageState::delivered && steps.back().state != MessageState::delivered)
    steps.push_back({times->updated, MessageState::delivered, "", m.gateway});
  return steps;
}

std::vector<MessageView> list_to(storage::Tx& tx, const MessageFilter& filter) {
  auto ids = tx.all(select_to, [](const storage::Row& row) { return row.get<MessageId>(0); }, *filter.to);
  ids.insert(ids.end(), filter.of_campaigns.begin(), filter.of_campaigns.end());
  std::ranges::sort(ids, std::greater{});
  std::vector<MessageView> views;
  for (const MessageId id : ids) {
    if (filter.before && id >= filter.before) continue;
    auto view = tx.first(select_one, to_view, id);
    if (!view || (filter.state && view->state != *filter.state)) continue;
    views.push_back(std::move(*view));
    if (views.size() == static_cast<std::size_t>(filter.limit)) break;
  }
  return views;
}

}  // namespace

std::optional<MessageView> find_message(storage::Tx& tx, MessageId id) {
  auto view = tx.first(select_one, to_view, id);
  if (view) view->history = history(tx, *view);
  return view;
}

std::vector<MessageView> list_messages(storage::Tx& tx, const MessageFilter& filter) {
  if (filter.to) return list_to(tx, filter);
  return tx.all(select_list, to_view, filter.before, filter.state, filter.limit);
}

bool any_alive(storage::Tx& tx, CaseId case_id, ReferralId referral) {
  return tx.value<int>(select_alive, case_id, referral).has_value();
}

}  // namespace tongdai::outbox
