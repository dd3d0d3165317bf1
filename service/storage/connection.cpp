#include "storage/connection.hpp"

#include <sqlite3.h>

#include <mutex>

namespace tongdai::storage {
namespace {

constexpr int busy_timeout_ms = 5000;  // a backup or an administrator's shell may hold a lock briefly
// Short folds: whoever waits for a commit meanwhile waits for the flush of so many pages as well.
constexpr int fold_pages = 1000;
constexpr int writer_cache_kb = 32 * 1024;
constexpr std::size_t idle_statements = 2;  // of one text; nested use is rare

int flags(Connection::Mode mode) {
  const int access = mode == Connection::Mode::read_only ? SQLite::OPEN_READONLY
                                                         : SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
  return access | SQLite::OPEN_NOMUTEX;  // one thread at a time: see the class
}

/// SQLite counts its memory under a lock that all threads share; nobody asks for the count.
void forgo_memory_statistics() {
  static std::once_flag once;
  std::call_once(once, [] {
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);  // NOLINT(*-vararg): there is no other form
  });
}

}  // namespace

Prepared::Prepared(const SQLite::Database& db, std::string_view sql) : statement(db, std::string(sql)) {
  const int count = statement.getBindParameterCount();
  for (int n = 1; n <= count; ++n) places.push_back(statement.getIndex(("$" + std::to_string(n)).c_str()));
}

Connection::Connection(const std::filesystem::path& file, Mode mode)
    : db_((forgo_memory_statistics(), file.string()), flags(mode), busy_timeout_ms) {
  db_.exec("PRAGMA foreign_keys = ON");
  db_.exec("PRAGMA temp_store = MEMORY");
  if (mode == Mode::read_write) {
    db_.exec("PRAGMA journal_mode = WAL");
    db_.exec("PRAGMA synchronous = FULL");
    sqlite3_wal_hook(db_.getHandle(), on_commit, this);  // in place of folding within a commit
    db_.exec("PRAGMA cache_size = -" + std::to_string(writer_cache_kb));
  } else {
    db_.exec("PRAGMA query_only = ON");
  }
}

int Connection::on_commit(void* self, sqlite3* /*db*/, const char* /*name*/, int log_pages) {
  auto& connection = *static_cast<Connection*>(self);
  if (log_pages < connection.log_pages_) connection.log_pages_folded_ = 0;  // the log began anew
  connection.log_pages_ = log_pages;
  return SQLITE_OK;
}

bool Connection::log_is_long() const noexcept {
  return log_pages_ - log_pages_folded_ >= fold_pages;
}

void Connection::fold_log() noexcept {
  (void)sqlite3_wal_checkpoint_v2(db_.getHandle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  log_pages_folded_ = log_pages_;
}

Connection::Shelf& Connection::shelf_of(std::string_view sql) {
  Shelf*& known = by_address_[sql.data()];
  if (known && known->text == sql) return *known;
  auto found = cache_.find(sql);
  if (found == cache_.end()) {
    found = cache_.try_emplace(std::string(sql)).first;
    found->second.text = found->first;
  }
  known = &found->second;  // stable: the map never erases
  return *known;
}

Connection::Lease::Lease(Connection& owner, std::string_view sql) : shelf_(&owner.shelf_of(sql)) {
  if (shelf_->idle.empty()) {
    prepared_ = std::make_unique<Prepared>(owner.db_, sql);
  } else {
    prepared_ = std::move(shelf_->idle.back());
    shelf_->idle.pop_back();
  }
}

Connection::Lease::~Lease() {
  prepared_->statement.tryReset();  // what is bound stays: the next use binds all of it anew
  if (shelf_->idle.size() < idle_statements) shelf_->idle.push_back(std::move(prepared_));
}

}  // namespace tongdai::storage
