#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>

#include "dispatch/dispatcher.hpp"
#include "gateway_adapters/sandbox/sandbox.hpp"
#include "outbox/queries.hpp"
#include "storage/database.hpp"
#include "support/capturing_log.hpp"
#include "support/temp_dir.hpp"

namespace tongdai::dispatch {
namespace {

constexpr int texts = 300;

/// The service's own threads and the machine's own clock, for the thread sanitizer's eyes.
struct DispatchThreadsTest : testing::Test {
  test::TempDir folder;
  test::CapturingLog log;
  runtime::SystemClock clock;
  runtime::SystemSleeper sleeper;
  asio::io_context loop{1};
  asio::thread_pool writing{1};
  asio::thread_pool reading{2};
  std::unique_ptr<storage::Database> database =
      storage::Database::open(folder / "tongdai.db", {writing.get_executor(), reading.get_executor(), 1}, log)
          .value();
  IdSource ids{clock};
  outbox::Messages messages{ids};
  runtime::TaskGroup tasks{loop.get_executor(), log};
  gateway::sandbox::Sandbox* flaky = nullptr;
  std::unique_ptr<Dispatcher> dispatcher;

  void SetUp() override {
    std::vector<Fitted> fitted;
    for (const char* name : {"a", "b"}) {
      gateway::sandbox::World world;
      world.latency = 1ms;
      world.receipt_delay = 1ms;
      gateway::Settings settings{name, "sandbox", 100'000, "19001234", true};
      fitted.push_back(
          {settings, std::make_unique<gateway::sandbox::Sandbox>(
                         settings, world, "", gateway::Context{loop.get_executor(), clock, sleeper, log})});
      if (flaky == nullptr) flaky = static_cast<gateway::sandbox::Sandbox*>(fitted.back().gateway.get());
    }
    dispatcher =
        std::make_unique<Dispatcher>(std::move(fitted), std::vector<Route>{{{}, {}, {"a", "b"}}},
                                     loop.get_executor(), clock, sleeper, log, database->writer(), messages);
    database->writer().watch(
        [this](const std::vector<storage::Change>&) { asio::post(loop, [this] { dispatcher->wake(); }); });
  }
  void TearDown() override {
    writing.join();
    reading.join();
  }

  asio::awaitable<void> admit_all() {
    outbox::Door door(outbox::DoorRules{}, dispatcher->routes(), ids);
    for (int n = 0; n < texts; ++n) {
      const bool admitted = co_await database->writer().run([&](storage::Tx& tx) {
        outbox::Draft draft;
        draft.purpose = outbox::Purpose::facility_alert;
        draft.to = Phone::stored("+8491" + std::to_string(1'000'000 + n));
        draft.text = "xin chao";
        return door.admit(tx, draft, clock.now()).has_value();
      });
      EXPECT_TRUE(admitted);
      if (n % 100 == 50) flaky->drop_link(5ms);
    }
  }
  asio::awaitable<std::int64_t> delivered() {
    const auto counts =
        co_await database->readers().run([](storage::Tx& tx) { return outbox::count_messages(tx); });
    co_return counts[static_cast<std::size_t>(outbox::MessageState::delivered)];
  }
  asio::awaitable<void> live() {
    constexpr Duration look{5};
    const MonoTime give_up = clock.monotonic() + 30s;
    co_await dispatcher->start(tasks);
    co_await admit_all();
    while (co_await delivered() < texts && clock.monotonic() < give_up) {
      (void)co_await sleeper.until(clock.monotonic() + look);
    }
    EXPECT_EQ(co_await delivered(), texts);
    co_await dispatcher->stop(1s);
    co_await tasks.stop();
  }
};

TEST_F(DispatchThreadsTest, EveryAlertArrivesThoughLoopWriterAndReadersRunAtOnce) {
  std::exception_ptr failure;
  asio::co_spawn(loop, live(), [&](const std::exception_ptr& error) { failure = error; });
  loop.run();
  EXPECT_FALSE(failure);
  EXPECT_EQ(log.count("alarm"), 0U);
}

}  // namespace
}  // namespace tongdai::dispatch
