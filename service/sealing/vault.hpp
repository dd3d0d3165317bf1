#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/error.hpp"
#include "core/key_id.hpp"
#include "core/log.hpp"
#include "sealing/secret.hpp"
#include "sealing/slots.hpp"

namespace tongdai::sealing {

/// Where the journal stood when it was looked at last, told outside the database.
struct Head {
  std::int64_t count = 0;
  std::string hash;  ///< of the last row, 32 bytes
};

/// The keys of cases and what is done with them. Case keys stand in a file of their own, each wrapped by the
/// master key; they are read when they are used and kept nowhere. Keys are made ahead, so that a report never
/// waits for this file: a key that a committed row names is on the disk. Keys of earlier runs that no row
/// took are never given out, so that a database from a backup finds no key in another's use. Any thread,
/// unless it says otherwise.
class Vault {
 public:
  static constexpr std::int64_t made_at_once = 256;  ///< keys, 20 KB of file
  static constexpr std::int64_t low_water = 128;     ///< fewer are left: time to make more
  /// From this number on a key stands in no file and comes from the master key: what is given while the file
  /// cannot be written, for a report is never refused. Such a key cannot be destroyed, so what it seals is to
  /// be sealed anew (storage/reseal).
  static constexpr std::int64_t unwritten_from = std::int64_t{1} << 62;

  /// Opens the file of keys, or makes one where there is none (`may_make`) or one of no bytes. Errors:
  /// not_found, invalid (another master key, no such file), unavailable.
  [[nodiscard]] static Result<std::unique_ptr<Vault>> open(const std::filesystem::path& file,
                                                           const Secret& master, bool may_make, Log& log);
  ~Vault() = default;
  Vault(const Vault&) = delete;
  Vault& operator=(const Vault&) = delete;

  /// The file's own name, in hexadecimal: which database it belongs to.
  [[nodiscard]] std::string name() const;
  [[nodiscard]] bool is_new() const noexcept { return is_new_; }

  /// A key that nobody has. Makes more at once if none is left ahead; if that fails, one of no file.
  [[nodiscard]] KeyId new_key();
  [[nodiscard]] bool is_low() const noexcept;
  /// Makes keys ahead, if few are left. Waits for the disk. False, after an alarm, if the file cannot be
  /// written.
  bool refill();
  /// Is it there, neither destroyed nor of another file? Throws std::system_error.
  [[nodiscard]] bool has(KeyId key) const;
  /// Gives no number up to `last`, which rows name: the file may be a new one in place of a lost one, or
  /// older than the database. Before anything else uses it.
  void begin_behind(KeyId last);

  /// Throws std::runtime_error if the key is destroyed or was never made.
  [[nodiscard]] std::string seal(KeyId key, std::string_view plain) const;
  /// Nothing if the key is destroyed, or the value was changed; the latter is an alarm.
  [[nodiscard]] std::optional<std::string> unseal(KeyId key, std::string_view sealed) const;
  /// What belongs to no case, under a key of the house.
  [[nodiscard]] std::string seal_for_house(std::string_view plain) const;
  [[nodiscard]] std::optional<std::string> unseal_for_house(std::string_view sealed) const;

  /// What stands for a number or a text where it is looked for: "~" and 32 hexadecimal digits, the same for
  /// the same value, and told by nobody who has not the master key. "" for "".
  [[nodiscard]] std::string tag(std::string_view value) const;

  /// Overwrites keys; what they sealed is gone, in every copy of the database. On the disk when it returns.
  void destroy(std::span<const KeyId> keys);

  /// The journal's chain: the hash of a row behind `previous`, 32 bytes, keyed.
  [[nodiscard]] std::string chain(std::string_view previous, std::string_view row) const;
  [[nodiscard]] std::optional<Head> head() const;
  void set_head(const Head& head);

  /// A copy of the file of keys. Errors: conflict (it exists), unavailable.
  [[nodiscard]] Result<void> copy_to(const std::filesystem::path& file) const;

 private:
  Vault(Slots slots, const Secret& master, Log& log, bool is_new);
  [[nodiscard]] std::string about(KeyId key) const;
  /// The key itself, in `bytes`.
  [[nodiscard]] bool unwrap(KeyId key, std::string& bytes) const;
  void make_more();
  /// False, after an alarm, if the file cannot be written. Under mutex_.
  bool try_to_make_more();
  [[nodiscard]] std::optional<std::pair<std::uint64_t, Head>> read_head(int which) const;

  Slots slots_;
  Secret wrapping_, tags_, house_, journal_, unwritten_;
  Log& log_;
  bool is_new_;
  mutable std::mutex mutex_;        // guards writes to the file
  std::atomic<std::int64_t> next_;  // the next key to give
  std::atomic<std::int64_t> end_;   // behind the last that is on the disk; grows under mutex_
  bool is_stuck_ = false;           // the last try to make more failed; under mutex_
  mutable std::atomic<bool> alarmed_{false};
};

}  // namespace tongdai::sealing
