#include "outbox/rest.hpp"

#include <sodium.h>

#include <cmath>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>

#include "storage/seal_functions.hpp"

namespace tongdai::outbox {
namespace {

constexpr std::int64_t weeks_max = 8;  // of one rest
constexpr std::uint64_t offset_of_weeks = ~std::uint64_t{0};
constexpr double parts = 4294967296.0;  // 2^32

// The tag of this is the secret. It is longer than any sender's name, or such a sender's tag would tell it.
constexpr std::string_view secret_of =
    "which numbers campaigns leave alone for no reason: the secret of this installation";

static_assert(std::tuple_size_v<Rest::Key> == crypto_shorthash_KEYBYTES);

std::uint64_t keyed(const Rest::Key& key, const Phone& phone, std::uint64_t week) {
  const std::string& number = phone.reveal();
  std::array<unsigned char, 40> input{};
  const std::size_t digits = std::min(number.size(), input.size() - sizeof week);
  std::memcpy(input.data(), &week, sizeof week);
  std::memcpy(input.data() + sizeof week, number.data(), digits);
  std::uint64_t out = 0;
  crypto_shorthash(reinterpret_cast<unsigned char*>(&out),  // NOLINT(*-reinterpret-cast): bytes for C
                   input.data(), sizeof week + digits, key.data());
  return out;
}

/// From a half of the hash: 1, with half the chance 2, and so on.
std::int64_t weeks_of(std::uint64_t hash) {
  std::int64_t weeks = 1;
  for (std::uint64_t bits = hash >> 32U; weeks < weeks_max && (bits & 1U) != 0; bits >>= 1U) ++weeks;
  return weeks;
}

/// The share that rests if a week begins a rest with chance `q`: a rest begun k weeks ago lasts still with
/// 2^-k.
double share(double q) {
  double awake = 1;
  for (std::int64_t k = 0; k < weeks_max; ++k) awake *= 1 - q * std::pow(0.5, static_cast<double>(k));
  return 1 - awake;
}

}  // namespace

Rest::Rest(const Key& key, int percent) : key_(key) {
  double low = 0;
  double high = 1;
  for (int step = 0; step < 40; ++step) {
    const double middle = (low + high) / 2;
    (share(middle) * 100 < percent ? low : high) = middle;
  }
  if (percent > 0) begins_below_ = static_cast<std::uint32_t>(std::min(high * parts, parts - 1));
}

bool Rest::rests(const Phone& phone, TimePoint now) const {
  if (begins_below_ == 0) return false;
  constexpr std::int64_t week_ms = Duration{std::chrono::weeks{1}}.count();
  const auto offset = static_cast<std::int64_t>(keyed(key_, phone, offset_of_weeks) % std::uint64_t{week_ms});
  const std::int64_t week = (to_unix_ms(now) + offset) / week_ms;
  for (std::int64_t ago = 0; ago < weeks_max; ++ago) {
    const std::uint64_t hash = keyed(key_, phone, static_cast<std::uint64_t>(week - ago));
    if (static_cast<std::uint32_t>(hash) < begins_below_ && weeks_of(hash) > ago) return true;
  }
  return false;
}

Rest::Key rest_key(storage::Tx& tx) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be used");
  const std::string tag = storage::tag(tx, secret_of);
  Rest::Key key{};
  std::size_t size = 0;
  if (sodium_hex2bin(key.data(), key.size(), tag.data(), tag.size(), "~", &size, nullptr) != 0 ||
      size != key.size()) {
    throw std::runtime_error("a tag is not what it was: 32 hexadecimal digits");
  }
  return key;
}

}  // namespace tongdai::outbox
