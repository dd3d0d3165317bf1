#pragma once

#include <filesystem>
#include <memory>
#include <mutex>

#include "core/log.hpp"
#include "runtime/asio.hpp"
#include "storage/connection.hpp"

struct sqlite3;

namespace tongdai::storage {

/// Folds the write-ahead log back into the database beside the writer, on a connection of its own, so that no
/// commit waits for it. When little is left, the writer folds the rest between two commits: then the next one
/// begins the log anew, and it stays small.
class Checkpointer : public std::enable_shared_from_this<Checkpointer> {
 public:
  /// `writing` is the writer's connection, `writer` its thread; `beside` runs the long passes. Throws
  /// SQLite::Exception.
  static std::shared_ptr<Checkpointer> open(const std::filesystem::path& file, Connection& writing,
                                            asio::any_io_executor writer, asio::any_io_executor beside,
                                            Log& log);

  /// Writer's thread.
  void after_commit();
  /// Waits for the pass under way; none follows. `writing` may go then. Any thread.
  void close();

 private:
  Checkpointer(const std::filesystem::path& file, Connection& writing, asio::any_io_executor writer,
               asio::any_io_executor beside, Log& log);
  void fold_beside();
  void fold_rest(int rest);
  static int on_commit(void* self, sqlite3* db, const char* name, int frames);
  /// Frames of the log that are left after a pass.
  [[nodiscard]] int fold(Connection& connection);

  Connection own_;
  Connection& writing_;
  asio::any_io_executor writer_, beside_;
  Log& log_;
  std::mutex mutex_;  // a pass against close()
  bool closed_ = false;
  // Writer's thread:
  int frames_ = 0;  // of the log, after the last commit
  bool is_folding_ = false;
  int passes_ = 0;
};

}  // namespace tongdai::storage
