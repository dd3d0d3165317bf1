#include "storage/checkpointer.hpp"

#include <sqlite3.h>

#include <boost/asio/post.hpp>

namespace tongdai::storage {
namespace {

constexpr int frames_max = 4000;      // 16 MB: what is written often is folded once
constexpr int rest_frames_max = 200;  // what the writer folds itself: some milliseconds
constexpr int passes_max = 5;         // beside a writer that is faster than that, it folds what is left

}  // namespace

std::shared_ptr<Checkpointer> Checkpointer::open(const std::filesystem::path& file, Connection& writing,
                                                 asio::any_io_executor writer, asio::any_io_executor beside,
                                                 Log& log) {
  return std::shared_ptr<Checkpointer>(
      new Checkpointer(file, writing, std::move(writer), std::move(beside), log));
}

Checkpointer::Checkpointer(const std::filesystem::path& file, Connection& writing,
                           asio::any_io_executor writer, asio::any_io_executor beside, Log& log)
    : own_(file, Connection::Mode::read_write),
      writing_(writing),
      writer_(std::move(writer)),
      beside_(std::move(beside)),
      log_(log) {
  sqlite3_wal_hook(writing_.raw().getHandle(), &Checkpointer::on_commit, this);  // in place of SQLite's own
}

int Checkpointer::on_commit(void* self, sqlite3* /*db*/, const char* /*name*/, int frames) {
  static_cast<Checkpointer*>(self)->frames_ = frames;
  return SQLITE_OK;
}

void Checkpointer::after_commit() {
  if (is_folding_ || frames_ < frames_max) return;
  is_folding_ = true;
  passes_ = 0;
  asio::post(beside_, [self = shared_from_this()] { self->fold_beside(); });
}

void Checkpointer::fold_beside() {
  const std::scoped_lock lock(mutex_);
  if (closed_) return;
  const int rest = fold(own_);
  asio::post(writer_, [self = shared_from_this(), rest] { self->fold_rest(rest); });
}

void Checkpointer::fold_rest(int rest) {
  const std::scoped_lock lock(mutex_);
  if (closed_) return;
  if (rest > rest_frames_max && ++passes_ < passes_max) {
    asio::post(beside_, [self = shared_from_this()] { self->fold_beside(); });
    return;
  }
  (void)fold(writing_);
  is_folding_ = false;
}

int Checkpointer::fold(Connection& connection) {
  int frames = 0, folded = 0;
  const int code = sqlite3_wal_checkpoint_v2(connection.raw().getHandle(), "main", SQLITE_CHECKPOINT_PASSIVE,
                                             &frames, &folded);
  // Busy: somebody else folds, or reads what is old. The log grows for that time and the next pass goes on.
  if (code != SQLITE_OK && code != SQLITE_BUSY)
    log_.error("the database's log could not be folded back", {{"sqlite", code}});
  return code == SQLITE_OK ? frames - folded : 0;
}

void Checkpointer::close() {
  const std::scoped_lock lock(mutex_);
  if (!closed_) sqlite3_wal_hook(writing_.raw().getHandle(), nullptr, nullptr);
  closed_ = true;
}

}  // namespace tongdai::storage
