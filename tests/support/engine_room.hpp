#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>
#include <optional>
#include <type_traits>

#include "core/ids.hpp"
#include "storage/database.hpp"
#include "support/capturing_log.hpp"
#include "support/temp_dir.hpp"
#include "support/virtual_time.hpp"

namespace tongdai::test {

/// A migrated database in a folder of its own, and all that the rooms around it ask for. Writer, readers and
/// logic share one loop in the test's thread; time stands until it is told to go.
class EngineRoom {
 public:
  explicit EngineRoom(TimePoint start = parse_rfc3339("2026-11-25T09:00:00+07:00").value());
  /// The disk as `room` leaves it when it is killed now: a copy of its files, opened by a new process a
  /// second later.
  struct AfterCrash {
    const EngineRoom& room;
  };
  explicit EngineRoom(const AfterCrash& crashed);
  ~EngineRoom() { close(); }
  EngineRoom(const EngineRoom&) = delete;
  EngineRoom& operator=(const EngineRoom&) = delete;

  /// Runs a task to its end; time goes on while it waits. Throws what it threw.
  void run(asio::awaitable<void> task);

  /// One transaction; what `work` returned, after the commit.
  template <class F>
  auto on_database(F work) {
    using R = std::invoke_result_t<F, storage::Tx&>;
    if constexpr (std::is_void_v<R>) {
      run(write_void(writer(), work));
    } else {
      std::optional<R> result;
      run(write(writer(), work, result));
      return std::move(*result);
    }
  }
  /// The first column of the first row; 0 if there is none.
  [[nodiscard]] std::int64_t count(std::string_view sql);

  /// As a crash and a new start do it: the database is left where it stands and opened again.
  void reopen();
  void close() { database_.reset(); }

  [[nodiscard]] storage::Threads threads() { return {loop.get_executor(), loop.get_executor(), 1}; }
  [[nodiscard]] std::filesystem::path file() const { return folder / "tongdai.db"; }
  [[nodiscard]] storage::Database& database() { return *database_; }
  [[nodiscard]] storage::Writer& writer() { return database_->writer(); }
  [[nodiscard]] TimePoint now() const { return time.now(); }

  TempDir folder;
  asio::io_context loop{1};
  VirtualTime time;
  CapturingLog log;
  IdSource ids;

 private:
  template <class F, class R>
  static asio::awaitable<void> write(storage::Writer& writer, F& work, std::optional<R>& result) {
    result.emplace(co_await writer.run(std::ref(work)));
  }
  template <class F>
  static asio::awaitable<void> write_void(storage::Writer& writer, F& work) {
    co_await writer.run(std::ref(work));
  }

  std::unique_ptr<storage::Database> database_;
};

}  // namespace tongdai::test
