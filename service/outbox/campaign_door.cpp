#include "outbox/campaign_door.hpp"

#include <algorithm>

#include "outbox/new_message.hpp"

namespace tongdai::outbox {
namespace {

constexpr std::size_t fitness_kept =
    32;  // texts that many get; where everybody's is their own, none is found again

}  // namespace

CampaignDoor::CampaignDoor(const Door& door, storage::Tx& tx, const Campaign& campaign,
                           const std::vector<std::string>& able, TimePoint now)
    : door_(door), tx_(tx), campaign_(campaign), able_(able), now_(now) {
  other_texts_ = door_.campaign_texts(tx, campaign.id, now);
}

const std::shared_ptr<const Body>& CampaignDoor::body_of(BodyId id) {
  const auto known = std::ranges::find(bodies_, id, &std::pair<BodyId, std::shared_ptr<const Body>>::first);
  if (known != bodies_.end()) return known->second;
  auto stored = load_body(tx_, id);
  return bodies_.emplace_back(id, std::make_shared<const Body>(std::move(stored).value_or(Body{}))).second;
}

std::optional<Refused> CampaignDoor::fitness(const Body& body, const Router::Choice& choice) {
  for (const Fitness& f : fitness_) {
    if (f.body_id == body.id && f.gateway == choice.gateway) return f.objection;
  }
  auto verdict =
      check_fitness(body, choice, campaign_.advertising ? text::Kind::advertising : text::Kind::care);
  auto objection = verdict ? std::nullopt : std::optional(std::move(verdict.error()));
  if (fitness_.size() < fitness_kept) fitness_.emplace_back(body.id, choice.gateway, objection);
  return objection;
}

std::expected<CampaignDoor::Passage, Refused> CampaignDoor::look(const Phone& to, BodyId body_id) {
  return look(to, [&](bool) { return body_of(body_id); });
}

std::expected<CampaignDoor::Passage, Refused> CampaignDoor::look(const Phone& to, const TextFor& text) {
  if (const auto verdict = door_.check_number(to); !verdict) return std::unexpected(verdict.error());
  if (const auto verdict = door_.check_campaign(tx_, to, campaign_.advertising, other_texts_, now_); !verdict)
    return std::unexpected(verdict.error());
  const Router& router = door_.router();
  const auto choice = campaign_.gateway.empty() ? router.choose_able(Purpose::campaign, to, able_)
                                                : router.choose(Purpose::campaign, to, campaign_.gateway);
  if (!choice)
    return std::unexpected(Refused{Refusal::no_route, "no gateway may carry this purpose to this number"});
  auto body = text(choice->limits->strips_accents);
  if (auto objection = fitness(*body, *choice)) return std::unexpected(std::move(*objection));
  return Passage{choice->gateway, body->id, std::move(body)};
}

void CampaignDoor::enqueue(const Passage& passage, const Phone& to, std::int64_t seq, TimePoint not_before) {
  NewMessage m{.to = to, .body = passage.body_id, .parts = passage.body->parts, .gateway = passage.gateway};
  m.pinned = !campaign_.gateway.empty();
  m.not_before = not_before;
  m.expires_at = campaign_.expires_at;
  m.campaign = campaign_.id;
  m.campaign_seq = seq;
  (void)insert(tx_, door_.ids(), m, now_);
}

void CampaignDoor::open_range(std::string_view gateway, std::int64_t first_seq, std::int64_t last_seq) {
  range_ = {door_.ids().next_range<MessageTag>(last_seq - first_seq + 1),
            campaign_.id,
            first_seq,
            last_seq,
            gateway,
            0};
}

Claimed CampaignDoor::hand_over(const Passage& passage, const Phone& to, std::int64_t seq) {
  ++range_.messages;
  range_.last_seq = seq;  // what is not taken belongs to the next range
  Claimed c;
  c.id = MessageId{range_.first.value + seq - range_.first_seq};
  c.recipient = to;
  c.body = passage.body;
  c.attempts = 1;
  c.pinned = !campaign_.gateway.empty();
  c.expires_at = campaign_.expires_at;
  c.closes_at = campaign_.closes_at;
  c.campaign = campaign_.id;
  c.handed_over = HandedOver{range_.first, seq, now_};
  return c;
}

void CampaignDoor::close_range() {
  if (range_.messages > 0) note_handover(tx_, range_, now_);
  range_ = {};
}

}  // namespace tongdai::outbox
