#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.hpp"

namespace tongdai::sealing {

/// The file of the wrapped keys, by place. Written in place and with no log beside it, so that what is
/// overwritten is gone from the file. Each write is on the disk when its call returns.
///
///   0     "tongdai-keys-1" and zeros, 16 bytes; 16 bytes of the file's own name; the check, 64 bytes
///   512   first head, 512 bytes of room; 1024 second head
///   4096  slots of 80 bytes from number 1 on: a wrapped key of 72 bytes and 8 zeros; all zeros: destroyed
///
/// What the bytes mean is the Vault's. Any thread may read; writers take turns outside.
class Slots {
 public:
  static constexpr std::size_t name_bytes = 16, check_bytes = 64, head_bytes = 64;
  static constexpr std::size_t slot_bytes = 80, wrapped_bytes = 72;
  static constexpr int heads = 2;

  /// Opens a file that is there. Error: invalid (it is no such file), unavailable.
  [[nodiscard]] static Result<Slots> open(const std::filesystem::path& file);
  /// Makes one, or takes one of no bytes. Error: unavailable.
  [[nodiscard]] static Result<Slots> make(const std::filesystem::path& file, std::string_view name,
                                          std::string_view check);
  Slots(Slots&& other) noexcept;
  Slots& operator=(Slots&&) = delete;
  Slots(const Slots&) = delete;
  Slots& operator=(const Slots&) = delete;
  ~Slots();

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] const std::string& check() const noexcept { return check_; }

  /// How many slots stand in the file, a torn one at the end counted. Throws std::system_error.
  [[nodiscard]] std::int64_t count() const;
  /// Puts wrapped keys at number `first` and behind. Nothing of them is left if it throws std::system_error.
  void append(std::int64_t first, const std::string& wrapped);
  /// A key, or nothing: destroyed, torn or not there. Throws std::system_error on an I/O error.
  [[nodiscard]] std::optional<std::string> read(std::int64_t number) const;
  /// Overwrites it with zeros; `flush` makes sure of all that were cleared.
  void clear(std::int64_t number);
  void flush();

  [[nodiscard]] std::string read_head(int which) const;
  void write_head(int which, std::string_view head);

  /// A copy, for who keeps the keys elsewhere: mode 0600. Errors: conflict (it exists), unavailable.
  [[nodiscard]] Result<void> copy_to(const std::filesystem::path& file) const;

 private:
  explicit Slots(int fd) : fd_(fd) {}
  [[nodiscard]] std::size_t read_at(std::int64_t at, char* to, std::size_t size) const;
  void write_at(std::int64_t at, std::string_view bytes);

  int fd_ = -1;
  std::string name_;
  std::string check_;
};

}  // namespace tongdai::sealing
