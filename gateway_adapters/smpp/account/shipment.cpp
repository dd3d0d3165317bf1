#include "gateway_adapters/smpp/account/shipment.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tongdai::gateway::smpp {
namespace {

/// What outweighs what.
int weight(Outcome outcome) {
  constexpr std::array order{Outcome::accepted,    Outcome::unreachable, Outcome::throttled,
                             Outcome::retry_later, Outcome::rejected,    Outcome::uncertain};
  return static_cast<int>(std::ranges::find(order, outcome) - order.begin());
}

}  // namespace

Shipment::Shipment(MessageId id, std::vector<SubmitSm> parts, PartRefs taken)
    : id_(id), parts_(std::move(parts)), refs_(std::move(taken)) {
  refs_.resize(parts_.size());
  while (next_ < refs_.size() && refs_[next_]) ++next_;
}

std::optional<std::size_t> Shipment::next() const noexcept {
  if (worst_ != Outcome::accepted || next_ == parts_.size()) return std::nullopt;
  return next_;
}

void Shipment::sent(std::size_t index) {
  begun_ = true;
  ++in_flight_;
  next_ = index + 1;
  while (next_ < refs_.size() && refs_[next_]) ++next_;
}

void Shipment::accepted(std::size_t index, std::string ref) {
  --in_flight_;
  refs_[index] = std::move(ref);
}

void Shipment::refused(Outcome outcome, std::string reason) {
  --in_flight_;
  ended(outcome, std::move(reason));
}

void Shipment::in_doubt() {
  --in_flight_;
  ended(Outcome::uncertain, "no answer to submit_sm");
}

void Shipment::unsent(std::string reason) {
  --in_flight_;
  ended(Outcome::rejected, std::move(reason));
}

void Shipment::abandon(std::string reason) {
  // Of what has begun the rest follows through the same centre, rather than all of it through another.
  ended(begun_ ? Outcome::retry_later : Outcome::unreachable, std::move(reason));
}

void Shipment::ended(Outcome outcome, std::string reason) {
  if (weight(outcome) <= weight(worst_)) return;
  worst_ = outcome;
  reason_ = std::move(reason);
}

SubmitResult Shipment::result() const {
  SubmitResult result{.id = id_, .outcome = worst_, .refs = {}, .after = {}, .reason = reason_};
  if (worst_ != Outcome::accepted) return result;
  result.refs.reserve(refs_.size());
  for (const auto& ref : refs_) result.refs.push_back(ref.value_or(""));
  return result;
}

}  // namespace tongdai::gateway::smpp
