#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "campaigns/forecast.hpp"

/// Where the texts to an audience go, and what they cost: counted by what tells numbers apart, not by number.
namespace tongdai::campaigns {

/// Numbers that all routes and the numbering plan take alike.
struct Destination {
  std::size_t carrier = 0;  ///< among carriers()
  std::size_t gateway = 0;  ///< among the terms' gateways
  bool has_route = false;
  bool strips = false;
  const text::Limits* limits = nullptr;
  double price = 0;  ///< of a part
};

/// One thread at a time.
class Destinations {
 public:
  Destinations(const ForecastTerms& terms, std::string_view pinned);

  [[nodiscard]] const Destination& of(const Phone& phone);
  [[nodiscard]] const std::vector<std::string>& carriers() const noexcept { return carriers_; }

 private:
  [[nodiscard]] Destination look(const Phone& phone);

  const ForecastTerms& terms_;
  std::string pinned_;
  std::size_t prefix_bytes_;
  std::vector<std::string> able_;  // those that send: the pump prefers them as well
  std::vector<std::string> carriers_;
  std::string key_;
  std::unordered_map<std::string, Destination> known_;  // by prefix and length
};

}  // namespace tongdai::campaigns
