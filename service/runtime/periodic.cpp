#include "runtime/periodic.hpp"

#include <optional>

namespace tongdai::runtime {

asio::awaitable<void> every(Duration interval, RunOnce once, const Clock& clock, Sleeper& sleeper, Log& log,
                            std::string name) {
  co_await asio::this_coro::throw_if_cancelled(false);
  for (;;) {
    const MonoTime next = clock.monotonic() + interval;
    std::optional<std::string> failed;
    try {
      co_await once();
    } catch (const std::exception& e) {
      failed = e.what();
    } catch (...) {
      failed = "unknown exception";
    }
    if (failed) log.error("a turn of a loop failed", {{"loop", name}, {"error", *failed}});
    if (co_await told_to_end() || !co_await sleeper.until(next)) co_return;
    if (co_await told_to_end()) co_return;
  }
}

}  // namespace tongdai::runtime
