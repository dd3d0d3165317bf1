#include "storage/database.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sealing/master_key.hpp"
#include "storage/doomed_keys.hpp"
#include "storage/reseal.hpp"
#include "storage/seal_existing.hpp"
#include "storage/seal_functions.hpp"

namespace tongdai::storage {
namespace {

// Above this the whole check would hold the start up for minutes; the quick one still reads every page.
constexpr std::uintmax_t full_check_max_bytes = 256ULL * 1024 * 1024;

constexpr std::string_view is_dirty = "SELECT value FROM meta WHERE key = 'running'";
constexpr std::string_view set_running = "UPDATE meta SET value = $1 WHERE key = 'running'";

// Which file of keys belongs to this database.
constexpr std::string_view select_keys = "SELECT value FROM meta WHERE key = 'keys'";
constexpr std::string_view upsert_keys =
    "INSERT INTO meta (key, value) VALUES ('keys', $1) ON CONFLICT (key) DO UPDATE SET value = "
    "excluded.value";
constexpr std::string_view keys_name = "tongdai.keys";

Result<void> check(Connection& connection, const std::filesystem::path& file) {
  const bool whole = std::filesystem::file_size(file) <= full_check_max_bytes;
  const std::string verdict =
      connection.raw().execAndGet(whole ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)").getString();
  if (verdict == "ok") return {};
  return fail(Code::unavailable,
              fmt::format("{} is damaged ({}): restore the last backup", file.string(), verdict));
}

/// Numbers of people stand in it: nobody but the service's user may read it. SQLite gives its log the same
/// mode.
void make_private(const std::filesystem::path& file) {
  const int fd = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (fd >= 0) close(fd);
}

}  // namespace

Database::Database(std::filesystem::path file, const Threads& threads, Log& log)
    : file_(std::move(file)), connection_((make_private(file_), file_), Connection::Mode::read_write) {
  writer_ = std::make_unique<Writer>(connection_, threads.writer, log);
}

Result<void> Database::open_keys(const Keys& keys, Log& log) {
  const std::filesystem::path folder = file_.parent_path();
  const std::filesystem::path file = folder / keys_name;
  Tx tx(connection_);
  const auto known = tx.value<std::string>(select_keys);
  std::error_code ignored;
  // Where keys of before are missed, no master key is made either: the one that fits them may still come
  // back.
  const bool begins =
      std::filesystem::exists(file, ignored) ? std::filesystem::file_size(file, ignored) == 0 : !known;
  const auto master = sealing::load_master_key(keys.master, folder / sealing::master_key_name, begins);
  if (!master) return std::unexpected(master.error());
  auto vault = sealing::Vault::open(file, *master, !known, log);
  if (!vault) return std::unexpected(vault.error());
  const std::string name = (*vault)->name();
  if (known && *known != name) {
    if (!(*vault)->is_new()) {
      return fail(Code::invalid, fmt::format("{}: these keys are of another database", file.string()));
    }
    log.alarm("a new file of keys: what was sealed before cannot be read");
  }
  if (!known || *known != name) tx.run(upsert_keys, name);
  if ((*vault)->is_new()) (*vault)->set_head({});
  vault_ = std::move(*vault);
  add_seal_functions(connection_, *vault_);
  vault_->begin_behind(last_key(tx));
  (void)vault_->refill();  // without it a start still serves
  try {
    destroy_doomed(tx, *vault_);
  } catch (const std::system_error& e) {  // it is tried again, each second
    log.alarm("keys of erased cases cannot be destroyed", {{"why", e.what()}});
  }
  replace_lost_keys(tx, log);
  return seal_existing(connection_, file_, log);
}

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& file, const Threads& threads,
                                                 Log& log, const Keys& keys) {
  try {
    std::unique_ptr<Database> db(new Database(file, threads, log));
    if (auto done = migrate(db->connection_, file, log); !done) return std::unexpected(done.error());
    Tx tx(db->connection_);
    db->recovered_ = tx.value<std::string>(is_dirty).value_or("no") == "yes";
    if (db->recovered_) {
      log.warning("the last run did not end cleanly: checking the database");
      if (auto sound = check(db->connection_, file); !sound) return std::unexpected(sound.error());
    }
    if (auto opened = db->open_keys(keys, log); !opened) return std::unexpected(opened.error());
    tx.run(set_running, "yes");
    db->readers_ = std::make_unique<Readers>(file, threads.reader_connections, threads.readers, *db->vault_);
    return db;
  } catch (const SQLite::Exception& e) {
    return fail(Code::unavailable, fmt::format("{}: {}", file.string(), e.what()));
  }
}

void Database::close() {
  Tx tx(connection_);
  tx.run(set_running, "no");
  readers_.reset();
  connection_.execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

Result<void> back_up(Tx& tx, const std::filesystem::path& to) {
  if (std::filesystem::exists(to)) return fail(Code::conflict, "the file exists already: " + to.string());
  sqlite3* from = tx.connection().raw().getHandle();
  sqlite3* target = nullptr;
  make_private(to);
  int code = sqlite3_open(to.c_str(), &target);
  if (code == SQLITE_OK) {
    sqlite3_backup* copy = sqlite3_backup_init(target, "main", from, "main");
    if (copy != nullptr) {
      (void)sqlite3_backup_step(copy, -1);
      (void)sqlite3_backup_finish(copy);
    }
    code = sqlite3_errcode(target);
  }
  const std::string why = target != nullptr ? sqlite3_errmsg(target) : "out of memory";
  (void)sqlite3_close(target);
  if (code == SQLITE_OK) return {};
  std::filesystem::remove(to);
  return fail(Code::unavailable, fmt::format("cannot write {}: {}", to.string(), why));
}

}  // namespace tongdai::storage
