#pragma once

#include <cassert>
#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "storage/column.hpp"
#include "storage/connection.hpp"

namespace tongdai::storage {

/// What a committed change touched, for those who watch (the API's event stream, the wake-up of loops).
struct Change {
  std::string_view topic;  ///< a constant: "message", "case", "campaign"...
  std::int64_t id = 0;
};

class Tx;

/// What a closure gathers to write once, at its end: sums rather than steps. Undone with the closure.
class Closing {
 public:
  virtual ~Closing() = default;
  virtual void close(Tx& tx) = 0;
};

/// A transaction, as stores see it: SQL that SQLite 3.40 and PostgreSQL 15 share ($1 parameters, ON CONFLICT,
/// RETURNING), values in, values out. `sql` must be a constant: each text is prepared once and kept.
/// Throws SQLite::Exception. The thread of its connection.
class Tx {
 public:
  explicit Tx(Connection& connection) : connection_(connection) {}
  Tx(const Tx&) = delete;
  Tx& operator=(const Tx&) = delete;

  /// Runs a statement that returns nothing. How many rows it changed.
  template <class... Args>
  std::int64_t run(std::string_view sql, const Args&... args) {
    const Connection::Lease lease(connection_, sql);
    bind_all(*lease, args...);
    return lease->statement.exec();
  }

  /// `read(row)` for each row. `read` may use this transaction.
  template <class Read, class... Args>
  void each(std::string_view sql, Read&& read, const Args&... args) {
    const Connection::Lease lease(connection_, sql);
    bind_all(*lease, args...);
    Row row(lease->statement);
    while (lease->statement.executeStep()) read(std::as_const(row));
  }

  /// All rows as values: `read(row) -> T`.
  template <class Read, class... Args>
  [[nodiscard]] auto all(std::string_view sql, Read&& read, const Args&... args) {
    std::vector<std::invoke_result_t<Read, const Row&>> values;
    each(sql, [&](const Row& row) { values.push_back(read(row)); }, args...);
    return values;
  }

  /// The first row as a value, if there is one. The statement runs to its end (RETURNING needs that).
  template <class Read, class... Args>
  [[nodiscard]] auto first(std::string_view sql, Read&& read, const Args&... args) {
    std::optional<std::invoke_result_t<Read, const Row&>> value;
    each(
        sql,
        [&](const Row& row) {
          if (!value) value.emplace(read(row));
        },
        args...);
    return value;
  }

  /// The first column of the first row.
  template <class T, class... Args>
  [[nodiscard]] std::optional<T> value(std::string_view sql, const Args&... args) {
    return first(sql, [](const Row& row) { return row.get<T>(0); }, args...);
  }

  /// Tells the watchers after the commit, and only then. `topic` must be a constant.
  void changed(std::string_view topic, std::int64_t id) { changes_.push_back({topic, id}); }

  /// The closure's own `T`, made at its first use; `close` runs when the closure has done its work. Only in
  /// the Writer's closures.
  template <std::derived_from<Closing> T>
  [[nodiscard]] T& closing() {
    static constexpr char key = 0;
    for (const auto& [k, c] : closings_) {
      if (k == &key) return static_cast<T&>(*c);
    }
    closings_.emplace_back(&key, std::make_unique<T>());
    return static_cast<T&>(*closings_.back().second);
  }
  void run_closings();
  void drop_closings() noexcept { closings_.clear(); }

  [[nodiscard]] std::vector<Change>& changes() noexcept { return changes_; }
  [[nodiscard]] Connection& connection() noexcept { return connection_; }

 private:
  template <class... Args>
  void bind_all(Prepared& prepared, const Args&... args) {
    assert(sizeof...(Args) == prepared.places.size());
    [[maybe_unused]] std::size_t n = 0;
    (bind(prepared.statement, prepared.places[n++], args), ...);
  }

  Connection& connection_;
  std::vector<Change> changes_;
  std::vector<std::pair<const void*, std::unique_ptr<Closing>>> closings_;
};

}  // namespace tongdai::storage
