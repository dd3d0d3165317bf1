#include "support/engine_room.hpp"

#include <boost/asio/co_spawn.hpp>
#include <stdexcept>

namespace tongdai::test {

EngineRoom::EngineRoom(TimePoint start) : time(loop, start), ids(time) {
  reopen();
}

EngineRoom::EngineRoom(const AfterCrash& crashed) : time(loop, crashed.room.now() + 1s), ids(time) {
  for (const auto& entry : std::filesystem::directory_iterator(crashed.room.folder.path())) {
    if (entry.path().extension() == ".db-shm") continue;  // shared memory does not outlive a machine
    std::filesystem::copy_file(entry.path(), folder / entry.path().filename().string());
  }
  reopen();
}

void EngineRoom::reopen() {
  close();
  auto opened = storage::Database::open(file(), threads(), log);
  if (!opened) throw std::runtime_error(opened.error().what);
  database_ = std::move(*opened);
}

void EngineRoom::run(asio::awaitable<void> task) {
  constexpr int turns_max = 10'000;
  constexpr Duration step{10};
  struct End {
    bool reached = false;
    std::exception_ptr failure;
  };
  const auto end = std::make_shared<End>();  // outlives this call if the task never ends
  asio::co_spawn(loop, std::move(task), [end](const std::exception_ptr& error) { *end = {true, error}; });
  time.settle();
  for (int turn = 0; !end->reached && turn < turns_max; ++turn) time.advance(step);
  if (!end->reached) throw std::runtime_error("a task never ended");
  if (end->failure) std::rethrow_exception(end->failure);
}

std::int64_t EngineRoom::count(std::string_view sql) {
  return on_database([&](storage::Tx& tx) { return tx.value<std::int64_t>(sql).value_or(0); });
}

}  // namespace tongdai::test
