#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "config/node.hpp"
#include "core/error.hpp"

namespace tongdai::config {

/// One fault of a document: "FILE:LINE: gateway[1].rate: must be between 1 and 100000, got 0".
struct Fault {
  std::string place;  ///< path of the key: "gateway[1].rate"
  int line = 0;       ///< 0 where the document has no lines
  std::string what;   ///< "must be between 1 and 100000, got 0"

  /// `file` may be empty (a request's body): then only place and fault.
  [[nodiscard]] std::string print(std::string_view file) const;
};

using Faults = std::vector<Fault>;

/// Reads one table of a document and gathers every fault rather than the first. Each getter returns
/// its fallback after noting a fault, so that reading goes on. `finish` notes the keys nobody asked for.
class Reader {
 public:
  /// `path` is "" for the document itself. A node that is no table is itself a fault.
  Reader(const Node& node, std::string path, Faults& faults);

  [[nodiscard]] bool has(std::string_view key) const { return node_.find(key) != nullptr; }

  /// Required texts: absent or empty is a fault.
  [[nodiscard]] std::string text(std::string_view key);
  [[nodiscard]] std::string text(std::string_view key, std::string_view fallback);
  [[nodiscard]] std::optional<std::string> maybe_text(std::string_view key);
  /// One of `allowed`; the fault lists them. `fallback` "" means required.
  [[nodiscard]] std::string one_of(std::string_view key, std::initializer_list<std::string_view> allowed,
                                   std::string_view fallback = "");
  /// A whole number in [least, most]. nullopt as fallback means required (and 0 after a fault).
  [[nodiscard]] std::int64_t integer(std::string_view key, std::int64_t least, std::int64_t most,
                                     std::optional<std::int64_t> fallback = std::nullopt);
  [[nodiscard]] double number(std::string_view key, double least, double most, double fallback);
  [[nodiscard]] bool boolean(std::string_view key, bool fallback);
  [[nodiscard]] std::vector<std::string> texts(std::string_view key);
  /// A TOML time or an RFC 3339 text.
  [[nodiscard]] std::optional<TimePoint> maybe_time(std::string_view key);
  /// A table of its own, read by `read`; absent is not a fault. Unknown keys inside are noted.
  void table(std::string_view key, const std::function<void(Reader&)>& read);
  /// An array of tables ([[key]]), `read` called with each and its index.
  void tables(std::string_view key, const std::function<void(Reader&, std::size_t)>& read);
  /// All members, for tables whose keys are data. Marks them known.
  [[nodiscard]] const Node::Table& members();
  /// The raw member, marked known; nullptr if absent.
  [[nodiscard]] const Node* raw(std::string_view key);

  void fault(std::string_view key, std::string what);
  /// Notes each key that was not asked for, with the known ones. Called by the destructor as well.
  void finish();
  ~Reader() { finish(); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  /// Of the table; 0 where the document has no lines.
  [[nodiscard]] int line() const noexcept { return node_.line(); }
  [[nodiscard]] Faults& faults() noexcept { return faults_; }

 private:
  const Node* take(std::string_view key);
  [[nodiscard]] std::string place(std::string_view key) const;
  void wrong_type(std::string_view key, const Node& node, std::string_view wanted);

  const Node& node_;
  std::string path_;
  Faults& faults_;
  std::set<std::string, std::less<>> known_;
  bool finished_ = false;
};

/// Every fault on a line of its own, as --check prints them.
[[nodiscard]] std::string print(const Faults& faults, std::string_view file);

}  // namespace tongdai::config
