#include "gateway_adapters/smpp/account/traffic.hpp"

#include <algorithm>
#include <utility>

#include "gateway_adapters/smpp/codec/status.hpp"

namespace tongdai::gateway::smpp {
namespace {

std::size_t unsent_parts(const PartRefs& taken) {
  return static_cast<std::size_t>(std::ranges::count_if(taken, [](const auto& ref) { return !ref; }));
}

}  // namespace

Traffic::Traffic(const AccountSettings& settings)
    : composer_(settings.habits),
      outcomes_(settings.outcomes),
      id_form_(settings.ids.in_answer),
      lanes_(settings.binds + settings.receivers) {}

void Traffic::turn_away(MessageId id, std::string reason) {
  results_.push_back(
      {.id = id, .outcome = Outcome::unreachable, .refs = {}, .after = {}, .reason = std::move(reason)});
}

void Traffic::add(const Submission& message, std::size_t bind) {
  auto parts = composer_.compose(message);
  if (!parts) {
    results_.push_back({.id = message.id,
                        .outcome = Outcome::rejected,
                        .refs = {},
                        .after = {},
                        .reason = "the text cannot be written for this centre"});
    return;
  }
  if (free_.empty()) {
    free_.push_back(entries_.size());
    entries_.emplace_back();
  }
  const Slot slot = free_.back();
  free_.pop_back();
  PartRefs taken = partials_.take(message.id, parts->size());
  Entry& entry = entries_[slot];
  entry.bind = bind;
  entry.shipment.emplace(message.id, *std::move(parts), std::move(taken));
  lanes_[bind].queue.push_back(slot);
  lanes_[bind].parts += unsent_parts(entry.shipment->refs());
}

Actions Traffic::pump(std::size_t bind, Session& session, Pace& pace, MonoTime now) {
  Actions out;
  Lane& lane = lanes_[bind];
  while (!lane.queue.empty() && session.window_free() > 0 && pace.take(now)) {
    const Slot slot = lane.queue.front();
    Shipment& shipment = *entries_[slot].shipment;
    const std::size_t part = *shipment.next();
    Actions did = session.submit(shipment.part(part), slot * parts_a_slot + part, now);
    shipment.sent(part);
    --lane.parts;
    if (!shipment.next()) lane.queue.pop_front();
    std::ranges::move(did, std::back_inserter(out));
  }
  return out;
}

Outcome Traffic::ended(Submitted answer) {
  Shipment& shipment = shipment_of(answer.token);
  const Outcome outcome = outcomes_.of(answer.status);
  if (outcome == Outcome::accepted) {
    shipment.accepted(answer.token % parts_a_slot, canonical_id(answer.message_id, id_form_));
  } else {
    shipment.refused(outcome, describe_status(answer.status));
  }
  settle(answer.token);
  return outcome;
}

void Traffic::ended(InDoubt doubt) {
  shipment_of(doubt.token).in_doubt();
  settle(doubt.token);
}

void Traffic::ended(Unsent back) {
  shipment_of(back.token).unsent(std::move(back.error.what));
  settle(back.token);
}

void Traffic::settle(SubmitToken token) {
  const Slot slot = token / parts_a_slot;
  const Shipment& shipment = *entries_[slot].shipment;
  if (!shipment.next()) leave_queue(slot);
  if (shipment.is_over()) finish(slot);
}

void Traffic::leave_queue(Slot slot) {
  // Only the first of a queue has parts in flight.
  Lane& lane = lanes_[entries_[slot].bind];
  if (lane.queue.empty() || lane.queue.front() != slot) return;
  lane.queue.pop_front();
  lane.parts = 0;
  for (const Slot waiting : lane.queue) lane.parts += unsent_parts(entries_[waiting].shipment->refs());
}

void Traffic::finish(Slot slot) {
  Entry& entry = entries_[slot];
  SubmitResult result = entry.shipment->result();
  if (result.outcome != Outcome::accepted) partials_.keep(result.id, entry.shipment->refs());
  results_.push_back(std::move(result));
  entry.shipment.reset();
  free_.push_back(slot);
}

void Traffic::give_up(std::size_t bind, std::optional<std::size_t> other, const std::string& reason) {
  const Lane lane = std::exchange(lanes_[bind], {});
  for (const Slot slot : lane.queue) {
    Entry& entry = entries_[slot];
    if (other && !entry.shipment->has_begun()) {
      entry.bind = *other;
      lanes_[*other].queue.push_back(slot);
      lanes_[*other].parts += unsent_parts(entry.shipment->refs());
      continue;
    }
    entry.shipment->abandon(reason);
    if (entry.shipment->is_over()) finish(slot);
  }
}

}  // namespace tongdai::gateway::smpp
