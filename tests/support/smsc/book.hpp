#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/error.hpp"
#include "support/smsc/seen_set.hpp"
#include "support/smsc/submit_view.hpp"

namespace tongdai::smsc {

/// A whole message that the centre took.
struct Carried {
  std::string to, text;
};

/// The lines of the log: "at_us\tto\ttext\n", with a space for each tab and line's end in a text.
class LogFile {
 public:
  LogFile() = default;
  LogFile(const LogFile&) = delete;
  LogFile& operator=(const LogFile&) = delete;
  ~LogFile();

  /// Error: unavailable, if it cannot be made. What was there goes.
  [[nodiscard]] Result<void> open(const std::string& path);
  void add(std::int64_t at_us, std::string_view to, std::string_view text);
  /// Error: unavailable, if anything since the last call could not be written.
  [[nodiscard]] Result<void> flush();

 private:
  void write_out();

  int file_ = -1;
  std::string buffer_;
  int fault_ = 0;  ///< errno
};

/// Joins parts to messages and remembers what was said to whom.
class Book {
 public:
  /// `keep`: also hold every message in memory.
  explicit Book(bool keep) : keep_(keep) {}

  [[nodiscard]] LogFile& log() { return log_; }
  [[nodiscard]] const std::vector<Carried>& carried() const { return carried_; }
  [[nodiscard]] std::uint64_t messages() const { return messages_; }
  /// How many messages had come before, with the same recipient and text.
  [[nodiscard]] std::uint64_t repeats() const { return repeats_; }

  void take(const SubmitView& submit, std::int64_t now_us);

 private:
  struct Partial {
    std::vector<std::optional<Bytes>> parts;
    std::size_t missing = 0;
  };

  /// The octets of the whole text, with its last part; nothing while others are missing.
  std::optional<Bytes> join(const SubmitView& submit);
  void enter(std::string_view to, View octets, std::uint8_t data_coding, std::int64_t now_us);

  bool keep_;
  LogFile log_;
  SeenSet seen_;
  std::unordered_map<std::string, Partial> partials_;
  std::vector<Carried> carried_;
  std::string text_;  ///< of enter(): keeps its memory
  std::uint64_t messages_ = 0, repeats_ = 0;
};

}  // namespace tongdai::smsc
