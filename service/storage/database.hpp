#pragma once

#include <filesystem>
#include <memory>

#include "core/error.hpp"
#include "sealing/vault.hpp"
#include "storage/migrate.hpp"
#include "storage/readers.hpp"
#include "storage/writer.hpp"

namespace tongdai::storage {

/// Where the closures run.
struct Threads {
  asio::any_io_executor writer;   ///< one thread
  asio::any_io_executor readers;  ///< any number
  std::size_t reader_connections = 2;
};

/// Where the keys of what is sealed stand. The file of keys is beside the database ("tongdai.keys").
struct Keys {
  std::filesystem::path master;  ///< a file; "": a credential of systemd, or "master.key" beside the database
};

/// The database of one data folder: opened, checked after an unclean stop, migrated, ready.
class Database {
 public:
  /// Opens the keys as well, and seals what an earlier version left in the clear. Errors: not_allowed (newer
  /// version), unavailable (cannot be opened, is in use by another daemon, is damaged), and what the keys
  /// say.
  [[nodiscard]] static Result<std::unique_ptr<Database>> open(const std::filesystem::path& file,
                                                              const Threads& threads, Log& log,
                                                              const Keys& keys = {});
  ~Database() = default;

  [[nodiscard]] Writer& writer() noexcept { return *writer_; }
  [[nodiscard]] Readers& readers() noexcept { return *readers_; }
  [[nodiscard]] sealing::Vault& vault() noexcept { return *vault_; }
  [[nodiscard]] const std::filesystem::path& file() const noexcept { return file_; }
  /// Was the last run ended by a crash?
  [[nodiscard]] bool recovered() const noexcept { return recovered_; }
  /// Marks the stop as clean and folds the log back into the file. After the writer's last closure.
  void close();

 private:
  Database(std::filesystem::path file, const Threads& threads, Log& log);

  [[nodiscard]] Result<void> open_keys(const Keys& keys, Log& log);

  std::filesystem::path file_;
  std::unique_ptr<sealing::Vault> vault_;  // before those who use it
  Connection connection_;
  std::unique_ptr<Writer> writer_;
  std::unique_ptr<Readers> readers_;
  bool recovered_ = false;
};

/// A consistent copy of what `tx` sees, also while writes go on. Error: conflict if `to` exists.
[[nodiscard]] Result<void> back_up(Tx& tx, const std::filesystem::path& to);

}  // namespace tongdai::storage
