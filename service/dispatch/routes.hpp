#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gateway_adapters/gateway.hpp"
#include "outbox/door.hpp"

namespace tongdai::dispatch {

/// One [[route]]: first match wins; its gateways are tried in order.
struct Route {
  std::vector<outbox::Purpose> purposes;  ///< empty: any
  std::vector<std::string> prefixes;      ///< of E.164 without "+"; empty: any
  std::vector<std::string> gateways;
};

/// Which gateway may carry what. Immutable after construction; any thread.
class Routes final : public outbox::Router {
 public:
  Routes(std::vector<Route> routes, std::map<std::string, gateway::Capabilities, std::less<>> gateways);

  [[nodiscard]] std::optional<Choice> choose(outbox::Purpose purpose, const Phone& to,
                                             std::string_view pinned) const override;
  [[nodiscard]] std::optional<Choice> choose_able(outbox::Purpose purpose, const Phone& to,
                                                  const std::vector<std::string>& able) const override;
  [[nodiscard]] std::vector<Choice> carriers(outbox::Purpose purpose, std::string_view pinned) const override;

  /// The gateways that may carry this, in order.
  [[nodiscard]] std::vector<std::string> candidates(outbox::Purpose purpose, const Phone& to) const;
  [[nodiscard]] bool deduplicates(std::string_view gateway) const;
  /// What leaves through it is stripped of its accents.
  [[nodiscard]] bool strips_accents(std::string_view gateway) const;
  /// Digits (E.164 without "+") after which no route tells two numbers apart.
  [[nodiscard]] std::size_t prefix_digits_max() const;

 private:
  [[nodiscard]] Choice choice(const std::string& gateway) const;
  [[nodiscard]] bool may_carry(std::string_view gateway, outbox::Purpose purpose) const;

  std::vector<Route> routes_;
  std::map<std::string, gateway::Capabilities, std::less<>> gateways_;
};

}  // namespace tongdai::dispatch
