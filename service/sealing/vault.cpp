#include "sealing/vault.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace tongdai::sealing {
namespace {

namespace fs = std::filesystem;

/// What a key derived from the master key is for. Never changed: old files would not open.
enum class Use : std::uint64_t { wrapping = 1, tags = 2, house = 3, journal = 4, unwritten = 5 };

constexpr std::string_view check_text = "tongdai opens this file.";  // 24 bytes: with its lock 64
static_assert(check_text.size() + lock_overhead == Slots::check_bytes);
static_assert(Secret::bytes + lock_overhead == Slots::wrapped_bytes);

constexpr std::size_t tag_bytes = 16;
constexpr std::size_t hash_bytes = 32;
constexpr std::size_t head_told_bytes = 8 + 8 + hash_bytes;  // which write it was, the count, the hash
static_assert(head_told_bytes + 16 == Slots::head_bytes);

Secret derived(const Secret& master, Use use) {
  return master.derive(static_cast<std::uint64_t>(use));
}

std::string hex(std::string_view bytes) {
  std::string out(2 * bytes.size() + 1, '\0');
  // NOLINTNEXTLINE(*-reinterpret-cast): the same bytes
  sodium_bin2hex(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  out.pop_back();
  return out;
}

void append_number(std::string& to, std::uint64_t number) {
  for (unsigned shift = 0; shift < 64; shift += 8) to += static_cast<char>(number >> shift & 0xffU);
}

std::uint64_t number_at(std::string_view from, std::size_t at) {
  std::uint64_t number = 0;
  for (unsigned i = 0; i < 8; ++i)
    number |= std::uint64_t{static_cast<unsigned char>(from[at + i])} << (8 * i);
  return number;
}

/// A key's bytes, zeroed when they go.
struct Bare {
  std::string bytes;
  Bare() = default;
  Bare(const Bare&) = delete;
  Bare& operator=(const Bare&) = delete;
  ~Bare() { sodium_memzero(bytes.data(), bytes.size()); }
  [[nodiscard]] const unsigned char* data() const {
    return reinterpret_cast<const unsigned char*>(
        bytes.data());  // NOLINT(*-reinterpret-cast): the same bytes
  }
};

}  // namespace

Vault::Vault(Slots slots, const Secret& master, Log& log, bool is_new)
    : slots_(std::move(slots)),
      wrapping_(derived(master, Use::wrapping)),
      tags_(derived(master, Use::tags)),
      house_(derived(master, Use::house)),
      journal_(derived(master, Use::journal)),
      unwritten_(derived(master, Use::unwritten)),
      log_(log),
      is_new_(is_new),
      next_(slots_.count() + 1),
      end_(next_.load()) {}

Result<std::unique_ptr<Vault>> Vault::open(const fs::path& file, const Secret& master, bool may_make,
                                           Log& log) {
  std::error_code failed;
  const bool exists = fs::exists(file, failed);
  const bool is_empty = exists && fs::file_size(file, failed) == 0;
  if (!exists && !may_make) {
    return fail(Code::not_found,
                fmt::format("{}: the keys of the cases are missing, and without them no case can be read: "
                            "put the file back; or, if it is lost for good, make an empty one",
                            file.string()));
  }
  try {
    const bool is_new = !exists || is_empty;
    std::string name(Slots::name_bytes, '\0');
    randombytes_buf(name.data(), name.size());
    const Secret wrapping = derived(master, Use::wrapping);
    auto slots =
        is_new ? Slots::make(file, name, lock_up(wrapping.data(), check_text, name)) : Slots::open(file);
    if (!slots) return std::unexpected(slots.error());
    std::string opened;
    if (!open_up(wrapping.data(), slots->check(), slots->name(), opened) || opened != check_text) {
      return fail(Code::invalid, fmt::format("{}: the master key does not open these keys: it is another's, "
                                             "or the file is damaged",
                                             file.string()));
    }
    return std::unique_ptr<Vault>(new Vault(std::move(*slots), master, log, is_new));
  } catch (const std::exception& e) {
    return fail(Code::unavailable, fmt::format("{}: {}", file.string(), e.what()));
  }
}

std::string Vault::name() const {
  return hex(slots_.name());
}

std::string Vault::about(KeyId key) const {
  std::string what = slots_.name();
  append_number(what, static_cast<std::uint64_t>(key.value));
  return what;
}

bool Vault::unwrap(KeyId key, std::string& bytes) const {
  if (key.value >= unwritten_from) {
    bytes = keyed_hash(unwritten_, about(key), Secret::bytes);
    return true;
  }
  const auto wrapped = slots_.read(key.value);
  return wrapped && open_up(wrapping_.data(), *wrapped, about(key), bytes);
}

bool Vault::has(KeyId key) const {
  return key.value >= unwritten_from || slots_.read(key.value).has_value();
}

void Vault::begin_behind(KeyId last) {
  const std::scoped_lock lock_now(mutex_);
  if (last.value < next_) return;
  end_ = last.value + 1;
  next_ = end_.load();
}

void Vault::make_more() {
  const std::int64_t first = end_;
  std::string wrapped;
  for (std::int64_t i = 0; i < made_at_once; ++i) {
    Bare key;
    key.bytes.resize(Secret::bytes);
    randombytes_buf(key.bytes.data(), key.bytes.size());
    wrapped += lock_up(wrapping_.data(), key.bytes, about(KeyId{first + i}));
  }
  slots_.append(first, wrapped);
  end_ = first + made_at_once;
}

bool Vault::try_to_make_more() {
  try {
    make_more();
    is_stuck_ = false;
  } catch (const std::system_error& e) {
    if (!std::exchange(is_stuck_, true))
      log_.alarm("no more keys can be written: cases get keys that cannot be destroyed, until they can",
                 {{"error", e.code().message()}});
  }
  return !is_stuck_;
}

KeyId Vault::new_key() {
  for (;;) {
    std::int64_t key = next_;
    while (key < end_) {
      if (next_.compare_exchange_weak(key, key + 1)) return KeyId{key};
    }
    const std::scoped_lock lock_now(mutex_);
    if (next_ >= end_ && !try_to_make_more()) {
      std::int64_t any = 0;
      randombytes_buf(&any, sizeof any);
      return KeyId{unwritten_from | (any & (unwritten_from - 1))};
    }
  }
}

bool Vault::is_low() const noexcept {
  return end_ - next_ < low_water;
}

bool Vault::refill() {
  if (!is_low()) return true;
  const std::scoped_lock lock_now(mutex_);
  return try_to_make_more();
}

std::string Vault::seal(KeyId key, std::string_view plain) const {
  Bare bare;
  if (!unwrap(key, bare.bytes)) throw std::runtime_error("there is no such key to seal with");
  return lock_up(bare.data(), plain, about(key));
}

std::optional<std::string> Vault::unseal(KeyId key, std::string_view sealed) const {
  Bare bare;
  std::string plain;
  if (unwrap(key, bare.bytes) && open_up(bare.data(), sealed, about(key), plain)) return plain;
  if (!has(key)) return std::nullopt;
  if (!alarmed_.exchange(true)) {
    log_.alarm("a sealed value does not open: the database or the file of keys was changed",
               {{"key", key.value}});
  }
  return std::nullopt;
}

std::string Vault::seal_for_house(std::string_view plain) const {
  return lock_up(house_.data(), plain, {});
}

std::optional<std::string> Vault::unseal_for_house(std::string_view sealed) const {
  std::string plain;
  if (!open_up(house_.data(), sealed, {}, plain)) return std::nullopt;
  return plain;
}

std::string Vault::tag(std::string_view value) const {
  if (value.empty()) return {};
  return "~" + hex(keyed_hash(tags_, value, tag_bytes));
}

void Vault::destroy(std::span<const KeyId> keys) {
  const std::scoped_lock lock_now(mutex_);
  for (const KeyId key : keys) slots_.clear(key.value);
  slots_.flush();
}

std::string Vault::chain(std::string_view previous, std::string_view row) const {
  return keyed_hash(journal_, std::string(previous).append(row), hash_bytes);
}

std::optional<std::pair<std::uint64_t, Head>> Vault::read_head(int which) const {
  const std::string bytes = slots_.read_head(which);
  const std::string told = bytes.substr(0, head_told_bytes);
  if (keyed_hash(journal_, told, Slots::head_bytes - head_told_bytes) != bytes.substr(head_told_bytes))
    return std::nullopt;
  return std::pair(number_at(told, 0),
                   Head{static_cast<std::int64_t>(number_at(told, 8)), told.substr(16, hash_bytes)});
}

std::optional<Head> Vault::head() const {
  const std::scoped_lock lock_now(mutex_);
  const auto first = read_head(0), second = read_head(1);
  if (first && (!second || first->first > second->first)) return first->second;
  if (second) return second->second;
  return std::nullopt;
}

void Vault::set_head(const Head& head) {
  const std::scoped_lock lock_now(mutex_);
  const auto first = read_head(0), second = read_head(1);
  const std::uint64_t last = std::max(first ? first->first : 0, second ? second->first : 0);
  std::string told;
  append_number(told, last + 1);
  append_number(told, static_cast<std::uint64_t>(head.count));
  told += head.hash;
  told.resize(head_told_bytes, '\0');  // of an empty journal there is no hash
  told += keyed_hash(journal_, told, Slots::head_bytes - head_told_bytes);
  // Over the older of the two: whatever is torn, one of them stands.
  slots_.write_head(first && (!second || first->first > second->first) ? 1 : 0, told);
}

Result<void> Vault::copy_to(const fs::path& file) const {
  const std::scoped_lock lock_now(mutex_);
  return slots_.copy_to(file);
}

}  // namespace tongdai::sealing
