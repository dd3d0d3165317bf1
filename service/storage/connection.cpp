#include "storage/connection.hpp"

namespace tongdai::storage {
namespace {

constexpr int busy_timeout_ms = 5000;       // a backup or an administrator's shell may hold a lock briefly
constexpr std::size_t idle_statements = 2;  // of one text; nested use is rare

int flags(Connection::Mode mode) {
  return mode == Connection::Mode::read_only ? SQLite::OPEN_READONLY
                                             : SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
}

}  // namespace

Prepared::Prepared(const SQLite::Database& db, std::string_view sql) : statement(db, std::string(sql)) {
  const int count = statement.getBindParameterCount();
  for (int n = 1; n <= count; ++n) places.push_back(statement.getIndex(("$" + std::to_string(n)).c_str()));
}

Connection::Connection(const std::filesystem::path& file, Mode mode)
    : db_(file.string(), flags(mode), busy_timeout_ms) {
  db_.exec("PRAGMA foreign_keys = ON");
  db_.exec("PRAGMA temp_store = MEMORY");
  if (mode == Mode::read_write) {
    db_.exec("PRAGMA journal_mode = WAL");
    db_.exec("PRAGMA synchronous = FULL");
  } else {
    db_.exec("PRAGMA query_only = ON");
  }
}

Connection::Lease::Lease(Connection& owner, std::string_view sql) {
  auto found = owner.cache_.find(sql);
  if (found == owner.cache_.end()) found = owner.cache_.try_emplace(std::string(sql)).first;
  shelf_ = &found->second;  // stable: the map never erases
  if (shelf_->empty()) {
    prepared_ = std::make_unique<Prepared>(owner.db_, sql);
  } else {
    prepared_ = std::move(shelf_->back());
    shelf_->pop_back();
  }
}

Connection::Lease::~Lease() {
  if (shelf_->size() >= idle_statements) return;
  prepared_->statement.tryReset();
  prepared_->statement.clearBindings();
  shelf_->push_back(std::move(prepared_));
}

}  // namespace tongdai::storage
