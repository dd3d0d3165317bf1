// What SQLite alone can do on this machine with the least that a durable message costs: one insert, two
// updates, one index, every batch committed with synchronous=FULL. The bound that the engine is measured
// against.
#include <sqlite3.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

constexpr std::string_view schema = R"sql(
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE TABLE message (
  id         INTEGER PRIMARY KEY,
  recipient  TEXT NOT NULL,
  body_id    INTEGER NOT NULL,
  state      INTEGER NOT NULL,
  reference  TEXT,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX message_by_recipient ON message (recipient);
)sql";
constexpr std::string_view insert =
    "INSERT INTO message (id, recipient, body_id, state, updated_at) VALUES "
    "($1, $2, 1, 0, $3)";
constexpr std::string_view mark = "UPDATE message SET state = 1, updated_at = $2 WHERE id = $1";
constexpr std::string_view record =
    "UPDATE message SET state = 2, updated_at = $2, reference = $3 WHERE id = $1";
constexpr std::int64_t stride = 7'919;  // a prime: recipients come in no order, as in life
constexpr std::int64_t numbers = 100'000'000;

struct Options {
  std::string file;
  std::int64_t rows = 1'000'000;
  std::int64_t rows_a_commit = 1'000;
};

[[noreturn]] void fail(sqlite3* db, std::string_view where) {
  std::fprintf(stderr, "bench_sqlite: %.*s: %s\n", static_cast<int>(where.size()), where.data(),
               sqlite3_errmsg(db));
  std::exit(1);
}

class Database {
 public:
  explicit Database(const std::string& file) {
    if (sqlite3_open(file.c_str(), &db_) != SQLITE_OK) fail(db_, file);
  }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database() { sqlite3_close(db_); }

  void run(std::string_view sql) {
    if (sqlite3_exec(db_, std::string(sql).c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(db_, sql);
  }
  [[nodiscard]] sqlite3* handle() const { return db_; }

 private:
  sqlite3* db_ = nullptr;
};

class Statement {
 public:
  Statement(Database& database, std::string_view sql) : db_(database.handle()) {
    if (sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                           &statement_, nullptr) != SQLITE_OK) {
      fail(db_, sql);
    }
  }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement() { sqlite3_finalize(statement_); }

  Statement& bind(int place, std::int64_t value) {
    sqlite3_bind_int64(statement_, place, value);
    return *this;
  }
  /// `value` must live until run() returns.
  Statement& bind(int place, std::string_view value) {
    sqlite3_bind_text(statement_, place, value.data(), static_cast<int>(value.size()), SQLITE_STATIC);
    return *this;
  }
  void run() {
    if (sqlite3_step(statement_) != SQLITE_DONE) fail(db_, sqlite3_sql(statement_));
    sqlite3_reset(statement_);
  }

 private:
  sqlite3* db_;
  sqlite3_stmt* statement_ = nullptr;
};

/// One after the other, a commit each: admitted, marked before it leaves, recorded after it was taken. The
/// same three commits that a message of the daemon has.
void live(Database& db, const Options& options) {
  Statement inserting(db, insert);
  Statement marking(db, mark);
  Statement recording(db, record);
  for (std::int64_t first = 0; first < options.rows; first += options.rows_a_commit) {
    const std::int64_t end = std::min(first + options.rows_a_commit, options.rows);
    db.run("BEGIN IMMEDIATE");
    for (std::int64_t n = first; n < end; ++n) {
      const std::string phone = "+849" + std::to_string(numbers + n * stride % numbers).substr(1);
      inserting.bind(1, n + 1).bind(2, phone).bind(3, n).run();
    }
    db.run("COMMIT");
    db.run("BEGIN IMMEDIATE");
    for (std::int64_t n = first; n < end; ++n) marking.bind(1, n + 1).bind(2, n).run();
    db.run("COMMIT");
    db.run("BEGIN IMMEDIATE");
    for (std::int64_t n = first; n < end; ++n) {
      const std::string reference = std::to_string(numbers + n);
      recording.bind(1, n + 1).bind(2, n).bind(3, reference).run();
    }
    db.run("COMMIT");
  }
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app{"The rate of durable life cycles of a bare SQLite: one JSON document on standard output"};
  app.add_option("--file", options.file, "the database, which must not exist")->required();
  app.add_option("--rows", options.rows, "life cycles")->check(CLI::Range(1, 100'000'000));
  app.add_option("--rows-a-commit", options.rows_a_commit)->check(CLI::Range(1, 1'000'000));
  CLI11_PARSE(app, argc, argv);

  Database db(options.file);
  db.run(schema);
  const auto began = std::chrono::steady_clock::now();
  live(db, options);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  std::printf("{\"rows\": %lld, \"seconds\": %.6f, \"per_s\": %.1f, \"sqlite\": \"%s\"}\n",
              static_cast<long long>(options.rows), took.count(),
              static_cast<double>(options.rows) / took.count(), sqlite3_libversion());
}
