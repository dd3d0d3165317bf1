#include "core/ids.hpp"

#include <algorithm>
#include <charconv>

namespace tongdai {
namespace {

constexpr int sequence_bits = 21;
constexpr TimePoint epoch = std::chrono::sys_days{std::chrono::year{2020} / 1 / 1};

}  // namespace

Result<std::int64_t> parse_id(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value <= 0) {
    return fail(Code::invalid, "must be an identifier: decimal digits, greater than 0");
  }
  return value;
}

std::int64_t IdSource::next_value(std::int64_t count) noexcept {
  const std::int64_t since = std::max<std::int64_t>(0, (clock_.now() - epoch).count());
  const std::int64_t by_time = since << sequence_bits;
  std::int64_t seen = last_.load(std::memory_order_relaxed);
  std::int64_t mine = 0;
  do {
    mine = std::max(seen + 1, by_time);
  } while (!last_.compare_exchange_weak(seen, mine + count - 1, std::memory_order_relaxed));
  return mine;
}

void IdSource::raise(std::int64_t floor) noexcept {
  std::int64_t seen = last_.load(std::memory_order_relaxed);
  while (seen < floor && !last_.compare_exchange_weak(seen, floor, std::memory_order_relaxed)) {
  }
}

}  // namespace tongdai
