#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tongdai::sealing {

/// 32 bytes of key in memory of its own: locked, between guard pages, in no core file, zeroed at the end
/// (libsodium's sodium_malloc). Any thread.
class Secret {
 public:
  static constexpr std::size_t bytes = 32;

  /// All zeros. Throws std::bad_alloc.
  Secret();
  ~Secret();
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;

  [[nodiscard]] static Secret random();
  /// A key for one use, from this one: keys of different `use` tell nothing of each other (BLAKE2b).
  [[nodiscard]] Secret derive(std::uint64_t use) const;

  [[nodiscard]] unsigned char* data() noexcept { return data_; }
  [[nodiscard]] const unsigned char* data() const noexcept { return data_; }

 private:
  unsigned char* data_ = nullptr;
};

/// XChaCha20-Poly1305 under a random nonce: nonce, ciphertext, tag. `about` is bound to it and not kept.
[[nodiscard]] std::string lock_up(const unsigned char* key, std::string_view plain, std::string_view about);
/// False if it was not locked so, or was changed. `plain` gets at most its bytes.
[[nodiscard]] bool open_up(const unsigned char* key, std::string_view locked, std::string_view about,
                           std::string& plain);
inline constexpr std::size_t lock_overhead = 24 + 16;  ///< bytes more than the plain text

/// BLAKE2b with a key, `size` bytes (16..64).
[[nodiscard]] std::string keyed_hash(const Secret& key, std::string_view value, std::size_t size);

}  // namespace tongdai::sealing
