#include "campaigns/tariff.hpp"

#include <algorithm>

namespace tongdai::campaigns {

Destinations::Destinations(const ForecastTerms& terms, std::string_view pinned)
    : terms_(terms),
      pinned_(pinned),
      prefix_bytes_(1 + std::max(terms.prefix_digits, terms.plan.prefix_digits_max())) {  // with the "+"
  for (const GatewayTerms& g : terms.gateways)
    if (g.rate_parts_per_s > 0) able_.push_back(g.name);
}

const Destination& Destinations::of(const Phone& phone) {
  const std::string_view digits = phone.reveal();
  key_.assign(digits.substr(0, prefix_bytes_));
  key_ += static_cast<char>('a' + digits.size() % 26);
  if (const auto known = known_.find(key_); known != known_.end()) return known->second;
  return known_.emplace(key_, look(phone)).first->second;
}

Destination Destinations::look(const Phone& phone) {
  Destination d;
  const auto number = terms_.plan.parse(phone.reveal());
  const std::string carrier = number ? number->carrier : "";
  auto found = std::ranges::find(carriers_, carrier);
  if (found == carriers_.end()) found = carriers_.insert(carriers_.end(), carrier);
  d.carrier = static_cast<std::size_t>(found - carriers_.begin());
  const auto choice = pinned_.empty() ? terms_.router.choose_able(outbox::Purpose::campaign, phone, able_)
                                      : terms_.router.choose(outbox::Purpose::campaign, phone, pinned_);
  if (!choice) return d;
  const auto gateway = std::ranges::find(terms_.gateways, choice->gateway, &GatewayTerms::name);
  if (gateway == terms_.gateways.end()) return d;
  d.gateway = static_cast<std::size_t>(gateway - terms_.gateways.begin());
  d.has_route = true;
  d.strips = choice->limits->strips_accents;
  d.limits = choice->limits;
  if (terms_.price) d.price = terms_.price(choice->gateway, carrier);
  return d;
}

}  // namespace tongdai::campaigns
