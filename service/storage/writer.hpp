#pragma once

#include <atomic>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <vector>

#include "core/enum_names.hpp"
#include "core/log.hpp"
#include "runtime/asio.hpp"
#include "storage/tx.hpp"

namespace tongdai::storage {

/// Can the database take a write?
enum class WriterState : std::uint8_t {
  up,      ///< the last commit succeeded
  full,    ///< the disk is full: nothing is taken in; every batch tries again, so freed space heals it
  broken,  ///< an I/O error or a damaged file: refuses all until an administrator restarts the service
};

/// What waits for whom: a `bulk` closure takes its turn alone, between the groups of the others, so that no
/// report waits for more than one of them. A `last` one stands in their group, behind all others: it sees
/// what they wrote.
enum class Load : std::uint8_t { normal, last, bulk };

/// Thrown to every caller whose transaction could not be committed. What they asked for has not happened.
class StorageDown : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

namespace detail {
template <class T>
struct IsResult : std::false_type {};
template <class T, class E>
struct IsResult<std::expected<T, E>> : std::true_type {};
}  // namespace detail

/// The one door for writes. Normal closures that wait are run in the order of their coming in one transaction
/// with one commit (synchronous=FULL); each stands in a savepoint, so that one that throws, or returns an
/// unexpected, is undone alone. Nobody is answered before the commit. It outlives everybody who waits for an
/// answer, and may end with the last answer.
class Writer {
 public:
  /// Returns false to undo what it did. Runs on the writer's thread.
  using Work = std::move_only_function<bool(Tx&)>;
  /// Called on the writer's thread after the commit; the pointer is empty, or says why nothing happened.
  using Done = std::move_only_function<void(std::exception_ptr)>;
  /// Called on the writer's thread after each commit that changed something.
  using Watcher = std::function<void(const std::vector<Change>&)>;

  /// `thread` runs the batches, one at a time: a pool of one, or in a simulation the loop itself.
  Writer(Connection& connection, asio::any_io_executor thread, Log& log);
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  /// Before the first `post`.
  void watch(Watcher watcher) { watcher_ = std::move(watcher); }

  /// Any thread.
  void post(Work work, Done done, Load load = Load::normal);

  /// Runs `work` and resumes after the commit with what it returned. A std::expected without value rolls back
  /// and is returned. Throws what `work` threw, or StorageDown. Not cancellable: a write that began is
  /// answered.
  template <class F>
  [[nodiscard]] asio::awaitable<std::invoke_result_t<F, Tx&>> run(F work, Load load = Load::normal) {
    using R = std::invoke_result_t<F, Tx&>;
    if constexpr (std::is_void_v<R>) {
      co_await submit(
          [&work](Tx& tx) {
            work(tx);
            return true;
          },
          load);
    } else {
      std::optional<R> result;
      co_await submit(
          [&work, &result](Tx& tx) {
            result.emplace(work(tx));
            if constexpr (detail::IsResult<R>::value) return result->has_value();
            return true;
          },
          load);
      co_return std::move(*result);
    }
  }

  [[nodiscard]] WriterState state() const noexcept { return state_.load(std::memory_order_relaxed); }
  /// Commits so far, and closures in them: their ratio is the group's size.
  [[nodiscard]] std::uint64_t commits() const noexcept { return commits_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t closures() const noexcept { return closures_.load(std::memory_order_relaxed); }

 private:
  struct Job {
    Work work;
    Done done;
    asio::any_io_executor home;  // where `done` is called; empty: on the writer's thread
    std::exception_ptr error;
  };

  [[nodiscard]] asio::awaitable<void> submit(Work work, Load load);
  void push(Job job, Load load);
  void fold_if_due();
  void drain();
  static void answer(std::vector<Job> batch);
  void run_batch(std::vector<Job>& batch);
  static bool run_work(Tx& tx, Job& job);
  static void run_one(Tx& tx, Job& job);
  static void run_alone(Tx& tx, Job& job);
  void failed(std::vector<Job>& batch, const std::exception& error, int code);
  [[nodiscard]] std::vector<Job> take();
  /// Does somebody wait for the next batch?
  [[nodiscard]] bool has_more();

  Connection& connection_;
  asio::any_io_executor thread_;
  Log& log_;
  Watcher watcher_;
  std::mutex mutex_;  // guards the five below
  std::vector<Job> waiting_;
  std::vector<Job> last_;
  std::deque<Job> bulk_;
  bool bulk_is_next_ = false;
  bool scheduled_ = false;
  std::atomic<WriterState> state_{WriterState::up};
  std::atomic<std::uint64_t> commits_{0};
  std::atomic<std::uint64_t> closures_{0};
};

}  // namespace tongdai::storage

template <>
struct tongdai::EnumNames<tongdai::storage::WriterState> {
  static constexpr std::array<std::string_view, 3> names{"up", "full", "broken"};
};
