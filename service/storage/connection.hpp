#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tongdai::storage {

/// A statement prepared once: where $1..$n stand among the engine's own parameter numbers.
struct Prepared {
  Prepared(const SQLite::Database& db, std::string_view sql);
  SQLite::Statement statement;
  std::vector<int> places;
};

/// One connection with its cache of prepared statements. One thread at a time.
class Connection {
  /// The idle statements of one text.
  struct Shelf {
    std::string_view text;  ///< the map's key
    std::vector<std::unique_ptr<Prepared>> idle;
  };

 public:
  enum class Mode { read_write, read_only };

  /// Opens or (read_write) creates. WAL, synchronous=FULL, foreign keys on. Throws SQLite::Exception.
  Connection(const std::filesystem::path& file, Mode mode);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// A statement lent for one use; reset and given back at the end. Nested use of one text gets a second one.
  class Lease {
   public:
    Lease(Connection& owner, std::string_view sql);
    ~Lease();
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Prepared& operator*() const noexcept { return *prepared_; }
    Prepared* operator->() const noexcept { return prepared_.get(); }

   private:
    Shelf* shelf_;
    std::unique_ptr<Prepared> prepared_;
  };

  /// Has the write-ahead log grown so long since it was folded that it is to be folded again? Writing
  /// connections only.
  [[nodiscard]] bool log_is_long() const noexcept;
  /// Copies what the log holds into the file, as far as readers allow. A failure is left to the next commit,
  /// which meets it as well. Flushes the disk: as slow as a commit or two.
  void fold_log() noexcept;

  void execute(const std::string& sql) { db_.exec(sql); }
  [[nodiscard]] SQLite::Database& raw() noexcept { return db_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const noexcept { return std::hash<std::string_view>{}(s); }
  };
  static int on_commit(void* self, sqlite3* db, const char* name, int log_pages);

  SQLite::Database db_;
  int log_pages_ = 0;         ///< after the last commit
  int log_pages_folded_ = 0;  ///< of them those that were there at the last fold
  [[nodiscard]] Shelf& shelf_of(std::string_view sql);

  std::unordered_map<std::string, Shelf, Hash, std::equal_to<>> cache_;
  std::unordered_map<const char*, Shelf*>
      by_address_;  ///< texts are constants: most are found by where they are
};

}  // namespace tongdai::storage
