#pragma once

#include <gtest/gtest.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "api/event_hub.hpp"
#include "api/routes.hpp"
#include "api/server.hpp"
#include "client.hpp"
#include "ops/metrics.hpp"
#include "storage/database.hpp"
#include "support/temp_dir.hpp"

namespace tongdai::test {

/// The lines a test's service logs. Any thread.
class LogLines final : public Log {
 public:
  void write(Level level, std::string_view event, std::span<const Field> fields) noexcept override;
  [[nodiscard]] std::string text() const;

 private:
  mutable std::mutex mutex_;
  std::string lines_;
};

/// A server with a table of the test's own behind real sockets. Its loop runs on a thread beside the test,
/// which plays the clients; whatever else the test does with it goes through `on_loop`.
class Served : public testing::Test {
 protected:
  using Play = std::function<asio::awaitable<api::Response>(const api::Request&)>;

  Served();
  ~Served() override;

  /// A row of the table. Before `open`.
  void route(api::Method method, std::string_view pattern, Play play, api::Body body = api::Body::none,
             bool is_open = false, api::Again again = api::Again::answer);
  /// A row that answers with what a plain function returns.
  void answers(api::Method method, std::string_view pattern,
               std::function<api::Response(const api::Request&)> play, api::Body body = api::Body::none,
               bool is_open = false, api::Again again = api::Again::answer);
  /// Opens both doors.
  void open();
  /// Ends all tasks as the daemon does; false if one does not end within five seconds.
  bool stop_tasks();
  void on_loop(const std::function<void()>& act);

  /// Through the Unix socket, on a connection of its own.
  HttpAnswer ask(std::string_view method, std::string_view target, std::string_view more = "",
                 std::string_view body = "");
  HttpAnswer ask_tcp(std::string_view method, std::string_view target, std::string_view more = "");

  TempDir dir_;
  LogLines log_;
  runtime::SystemClock clock_;
  runtime::SystemSleeper sleeper_;
  asio::io_context loop_;
  ops::Metrics metrics_;
  api::EventHub events_{loop_.get_executor()};
  runtime::TaskGroup tasks_{loop_.get_executor(), log_};
  std::unique_ptr<storage::Database> database_;
  api::Listen listen_;
  std::unique_ptr<api::Server> server_;
  std::uint16_t port_ = 0;

 private:
  std::vector<api::Route> table_;
  std::vector<Play> plays_;
  asio::executor_work_guard<asio::io_context::executor_type> work_{loop_.get_executor()};
  std::jthread thread_;
};

/// "Authorization: Bearer ..." of the fixture's token.
std::string bearer();
api::Response ok(std::string body = "{}");

}  // namespace tongdai::test
