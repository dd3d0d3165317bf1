#include "storage/writer.hpp"

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

#include <algorithm>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/prefer.hpp>

namespace tongdai::storage {
namespace {

constexpr std::size_t batch_closures_max = 1024;  // bounds how long the first caller waits for the last

/// Does the error concern the whole database rather than one statement?
bool is_fatal(int code) {
  switch (code & 0xff) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_NOMEM:
    case SQLITE_BUSY:
      return true;
    default:
      return false;
  }
}

WriterState state_after(int code) {
  switch (code & 0xff) {
    case SQLITE_FULL:
    case SQLITE_NOMEM:
    case SQLITE_BUSY:
      return WriterState::full;
    default:
      return WriterState::broken;
  }
}

/// Ends a batch that never came to its commit.
class FatalError : public std::runtime_error {
 public:
  FatalError(const std::string& what, int code) : std::runtime_error(what), code_(code) {}
  [[nodiscard]] int code() const noexcept { return code_; }

 private:
  int code_;
};

}  // namespace

Writer::Writer(Connection& connection, asio::any_io_executor thread, Log& log)
    : connection_(connection), thread_(std::move(thread)), log_(log) {}

asio::awaitable<void> Writer::submit(Work work, Load load) {
  auto initiate = [this, &work, load](auto handler) {
    // Tracked: the loop does not end while somebody waits for a commit.
    auto home =
        asio::prefer(asio::get_associated_executor(handler), asio::execution::outstanding_work.tracked);
    auto done = [handler = std::move(handler)](std::exception_ptr error) mutable {
      std::move(handler)(std::move(error));
    };
    push({std::move(work), std::move(done), std::move(home), nullptr}, load);
  };
  co_await asio::async_initiate<decltype(asio::use_awaitable), void(std::exception_ptr)>(initiate,
                                                                                         asio::use_awaitable);
}

void Writer::post(Work work, Done done, Load load) {
  push({std::move(work), std::move(done), {}, nullptr}, load);
}

void Writer::push(Job job, Load load) {
  bool schedule = false;
  {
    const std::scoped_lock lock(mutex_);
    if (load == Load::bulk) {
      bulk_.push_back(std::move(job));
    } else {
      (load == Load::last ? last_ : waiting_).push_back(std::move(job));
    }
    schedule = !std::exchange(scheduled_, true);
  }
  if (schedule) asio::post(thread_, [this] { drain(); });
}

std::vector<Writer::Job> Writer::take() {
  const std::scoped_lock lock(mutex_);
  std::vector<Job> batch;
  const bool nobody_waits = waiting_.empty() && last_.empty();
  if (!bulk_.empty() && (bulk_is_next_ || nobody_waits)) {
    batch.push_back(std::move(bulk_.front()));
    bulk_.pop_front();
    bulk_is_next_ = false;
    return batch;
  }
  bulk_is_next_ = true;
  if (waiting_.size() <= batch_closures_max) {
    batch.swap(waiting_);
  } else {
    const auto middle = waiting_.begin() + static_cast<std::ptrdiff_t>(batch_closures_max);
    std::move(waiting_.begin(), middle, std::back_inserter(batch));
    waiting_.erase(waiting_.begin(), middle);
  }
  std::ranges::move(std::exchange(last_, {}), std::back_inserter(batch));
  return batch;
}

bool Writer::has_more() {
  const std::scoped_lock lock(mutex_);
  scheduled_ = !waiting_.empty() || !last_.empty() || !bulk_.empty();
  return scheduled_;
}

/// A fold takes a turn of its own in place of a bulk closure: whoever waits meanwhile waits for one of the
/// two, and whoever was committed does not wait for it at all.
void Writer::fold_if_due() {
  if (!connection_.log_is_long()) return;
  connection_.fold_log();
  const std::scoped_lock lock(mutex_);
  bulk_is_next_ = false;
}

void Writer::drain() {
  fold_if_due();
  std::vector<Job> batch = take();
  run_batch(batch);
  const bool more = has_more();
  const asio::any_io_executor thread = thread_;
  answer(std::move(batch));
  // Whoever was answered last may have ended the writer: only those who still wait keep it.
  if (more) asio::post(thread, [this] { drain(); });
}

/// One post wakes all who wait on one loop: one each would make it fight with this thread for its queue.
void Writer::answer(std::vector<Job> batch) {
  std::vector<Job> together;
  const auto send = [&together] {
    if (together.empty()) return;
    const asio::any_io_executor home = together.front().home;
    asio::post(home, [jobs = std::exchange(together, {})]() mutable {
      for (Job& job : jobs) job.done(job.error);
    });
  };
  for (Job& job : batch) {
    if (!job.home) {
      job.done(job.error);
      continue;
    }
    if (!together.empty() && together.front().home != job.home) send();
    together.push_back(std::move(job));
  }
  send();
}

/// The closure's own work. False: nothing of it is to be kept.
bool Writer::run_work(Tx& tx, Job& job) {
  try {
    if (!job.work(tx)) return false;
    tx.run_closings();
    return true;
  } catch (const SQLite::Exception& e) {
    if (is_fatal(e.getErrorCode())) throw FatalError(e.what(), e.getErrorCode());
    job.error = std::current_exception();
  } catch (...) {
    job.error = std::current_exception();
  }
  return false;
}

void Writer::run_one(Tx& tx, Job& job) {
  const std::size_t changes = tx.changes().size();
  tx.run("SAVEPOINT closure");
  if (!run_work(tx, job)) {
    tx.drop_closings();
    tx.run("ROLLBACK TO closure");
    tx.changes().resize(changes);
  }
  tx.run("RELEASE closure");
}

void Writer::run_alone(Tx& tx, Job& job) {
  tx.run("BEGIN IMMEDIATE");
  if (run_work(tx, job)) {
    tx.run("COMMIT");
    return;
  }
  tx.drop_closings();
  tx.changes().clear();
  tx.run("ROLLBACK");
}

void Writer::run_batch(std::vector<Job>& batch) {
  if (state() == WriterState::broken) {
    const auto refused = std::make_exception_ptr(StorageDown("the database is out of service"));
    for (Job& job : batch) job.error = refused;
    return;
  }
  Tx tx(connection_);
  try {
    if (batch.size() == 1) {
      run_alone(tx, batch.front());
    } else {
      tx.run("BEGIN IMMEDIATE");
      for (Job& job : batch) run_one(tx, job);
      tx.run("COMMIT");
    }
  } catch (const FatalError& e) {
    return failed(batch, e, e.code());
  } catch (const SQLite::Exception& e) {
    return failed(batch, e, e.getErrorCode());
  }
  if (state_.exchange(WriterState::up) != WriterState::up) log_.warning("the database takes writes again");
  commits_.fetch_add(1, std::memory_order_relaxed);
  closures_.fetch_add(batch.size(), std::memory_order_relaxed);
  if (watcher_ && !tx.changes().empty()) watcher_(tx.changes());
}

void Writer::failed(std::vector<Job>& batch, const std::exception& error, int code) {
  sqlite3* raw = connection_.raw().getHandle();
  if (sqlite3_get_autocommit(raw) == 0) sqlite3_exec(raw, "ROLLBACK", nullptr, nullptr, nullptr);
  const WriterState state = state_after(code);
  if (state_.exchange(state) != state) {
    log_.alarm("the database refuses writes: intake has stopped",
               {{"state", name_of(state)}, {"sqlite", code}, {"error", error.what()}});
  }
  const auto down = std::make_exception_ptr(StorageDown("the database refuses writes"));
  for (Job& job : batch) job.error = down;
}

}  // namespace tongdai::storage
