#include "dispatch/routes.hpp"

#include <algorithm>

namespace tongdai::dispatch {
namespace {

bool matches(const Route& route, outbox::Purpose purpose, std::string_view digits) {
  const bool by_purpose =
      route.purposes.empty() || std::ranges::find(route.purposes, purpose) != route.purposes.end();
  const bool by_prefix =
      route.prefixes.empty() ||
      std::ranges::any_of(route.prefixes, [&](const std::string& p) { return digits.starts_with(p); });
  return by_purpose && by_prefix;
}

}  // namespace

Routes::Routes(std::vector<Route> routes, std::map<std::string, gateway::Capabilities, std::less<>> gateways)
    : routes_(std::move(routes)), gateways_(std::move(gateways)) {}

bool Routes::may_carry(std::string_view gateway, outbox::Purpose purpose) const {
  const auto found = gateways_.find(gateway);
  if (found == gateways_.end() || !found->second.sends) return false;
  return !outbox::rules_of(purpose).needs_discreet || found->second.sender_is_discreet;
}

std::vector<std::string> Routes::candidates(outbox::Purpose purpose, const Phone& to) const {
  std::string_view digits = to.reveal();
  if (digits.starts_with('+')) digits.remove_prefix(1);
  for (const Route& route : routes_) {
    if (!matches(route, purpose, digits)) continue;
    std::vector<std::string> able;
    for (const std::string& gateway : route.gateways) {
      if (may_carry(gateway, purpose)) able.push_back(gateway);
    }
    return able;
  }
  return {};
}

std::optional<outbox::Router::Choice> Routes::choose(outbox::Purpose purpose, const Phone& to,
                                                     std::string_view pinned) const {
  std::string gateway(pinned);
  if (pinned.empty()) {
    const auto able = candidates(purpose, to);
    if (able.empty()) return std::nullopt;
    gateway = able.front();
  } else if (!may_carry(pinned, purpose)) {
    return std::nullopt;
  }
  return choice(gateway);
}

outbox::Router::Choice Routes::choice(const std::string& gateway) const {
  return {gateway, &gateways_.find(gateway)->second.limits};
}

std::vector<outbox::Router::Choice> Routes::carriers(outbox::Purpose purpose, std::string_view pinned) const {
  std::vector<Choice> all;
  const auto add = [&](const std::string& gateway) {
    if (may_carry(gateway, purpose) && std::ranges::find(all, gateway, &Choice::gateway) == all.end())
      all.push_back(choice(gateway));
  };
  if (!pinned.empty()) {
    add(std::string(pinned));
    return all;
  }
  for (const Route& route : routes_) {
    const bool is_for_it =
        route.purposes.empty() || std::ranges::find(route.purposes, purpose) != route.purposes.end();
    if (is_for_it) std::ranges::for_each(route.gateways, add);
    if (is_for_it && route.prefixes.empty()) break;  // no number comes further
  }
  return all;
}

std::size_t Routes::prefix_digits_max() const {
  std::size_t most = 0;
  for (const Route& route : routes_) {
    for (const std::string& prefix : route.prefixes) most = std::max(most, prefix.size());
  }
  return most;
}

bool Routes::strips_accents(std::string_view gateway) const {
  const auto found = gateways_.find(gateway);
  return found != gateways_.end() && found->second.limits.strips_accents;
}

std::optional<outbox::Router::Choice> Routes::choose_able(outbox::Purpose purpose, const Phone& to,
                                                          const std::vector<std::string>& able) const {
  const auto may = candidates(purpose, to);
  if (may.empty()) return std::nullopt;
  const auto best = std::ranges::find_if(
      may, [&](const std::string& name) { return std::ranges::find(able, name) != able.end(); });
  return choice(best == may.end() ? may.front() : *best);
}

bool Routes::deduplicates(std::string_view gateway) const {
  const auto found = gateways_.find(gateway);
  return found != gateways_.end() && found->second.deduplicates;
}

}  // namespace tongdai::dispatch
