#pragma once

#include <bit>
#include <cstdint>
#include <utility>
#include <vector>

namespace tongdai::smsc {

/// Which 64-bit hashes have come. Flat, 8 octets a place; kept in the order of the hashes, so that growing
/// is one walk through memory, also with tens of millions.
class SeenSet {
 public:
  SeenSet() : places_(places_first, 0) {}

  /// Had it come before? It has now.
  bool add(std::uint64_t hash) {
    if (hash == 0) hash = 1;  // 0 is a free place
    if ((count_ + 1) * 5 > places_.size() * 3) grow();
    return !put(hash);
  }

  [[nodiscard]] std::size_t size() const { return count_; }

 private:
  static constexpr std::size_t places_first = 1024;

  bool put(std::uint64_t hash) {
    const std::size_t mask = places_.size() - 1;
    auto at = static_cast<std::size_t>(hash >> (64 - std::countr_zero(places_.size())));
    for (; places_[at] != 0; at = (at + 1) & mask) {
      if (places_[at] == hash) return false;
    }
    places_[at] = hash;
    ++count_;
    return true;
  }

  void grow() {
    const auto old = std::exchange(places_, std::vector<std::uint64_t>(places_.size() * 2, 0));
    count_ = 0;
    for (const std::uint64_t hash : old) {
      if (hash != 0) put(hash);
    }
  }

  std::vector<std::uint64_t> places_;
  std::size_t count_ = 0;
};

}  // namespace tongdai::smsc
