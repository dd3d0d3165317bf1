#include <sys/stat.h>

#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fstream>

#include "served.hpp"

namespace tongdai::test {
namespace {

namespace fs = std::filesystem;
using api::Method;

class Doors : public Served {
 protected:
  Doors() {
    answers(Method::get, "/things", [](const api::Request&) { return ok(); });
    route(Method::get, "/slow", [this](const api::Request&) { return slow(); });
  }

  asio::awaitable<api::Response> slow() {
    running_ = true;
    (void)co_await go_on_.async_wait(tok);
    co_return ok("slow");
  }

  Result<void> try_to_open(const api::Listen& listen) {
    api::Server other({log_, metrics_, events_, database_->writer(), clock_, sleeper_, dir_.path(), "UTC"},
                      listen, {}, {}, {});
    Result<void> started;
    if (server_) {
      on_loop([&] { started = other.start(tasks_); });
    } else {
      started = other.start(tasks_);
    }
    return started;
  }

  asio::steady_timer go_on_{loop_, asio::steady_timer::time_point::max()};
  std::atomic<bool> running_{false};
};

TEST_F(Doors, OnlyLoopbackIsListenedOn) {
  for (const char* address : {"0.0.0.0:0", "192.0.2.1:8080", "[::]:0", "example.org:80", "127.0.0.1",
                              "127.0.0.1:x", "127.0.0.1:99999", "::1:80", ":8080", "[127.0.0.1]:80"}) {
    const auto started = try_to_open({address, "", "token", {}});
    ASSERT_FALSE(started) << address;
    EXPECT_EQ(started.error().code, Code::invalid) << address;
  }
}

TEST_F(Doors, TcpIsNotOpenedWithoutAToken) {
  EXPECT_EQ(try_to_open({"127.0.0.1:0", "", "", {}}).error().code, Code::invalid);
}

TEST_F(Doors, AnAddressInUseIsAConflict) {
  open();
  const std::string taken = "127.0.0.1:" + std::to_string(port_);
  EXPECT_EQ(try_to_open({taken, "", "token", {}}).error().code, Code::conflict);
}

TEST_F(Doors, ALivingSocketIsInUse) {
  open();
  EXPECT_EQ(try_to_open({"", listen_.socket, "", {}}).error().code, Code::conflict);
  EXPECT_EQ(ask("GET", "/things").status, 200) << "and goes on living";
}

TEST_F(Doors, AStaleSocketIsReplaced) {
  {
    asio::io_context loop;
    asio::local::stream_protocol::acceptor dead(
        loop, asio::local::stream_protocol::endpoint(listen_.socket.string()));
  }
  ASSERT_TRUE(fs::exists(listen_.socket));
  open();
  EXPECT_EQ(ask("GET", "/things").status, 200);
}

TEST_F(Doors, AnotherFileIsNotTouched) {
  std::ofstream(listen_.socket) << "mine";
  EXPECT_EQ(try_to_open({"", listen_.socket, "", {}}).error().code, Code::invalid);
  EXPECT_TRUE(fs::is_regular_file(listen_.socket));
  fs::remove(listen_.socket);
}

TEST_F(Doors, ALongPathIsRefused) {
  EXPECT_EQ(try_to_open({"", dir_ / std::string(120, 'x'), "", {}}).error().code, Code::invalid);
}

TEST_F(Doors, TheSocketIsForOwnerAndGroup) {
  open();
  struct stat status{};
  ::stat(listen_.socket.c_str(), &status);
  EXPECT_EQ(status.st_mode & 0777U, 0660U);
}

TEST_F(Doors, StoppingLetsAnswersOut) {
  open();
  Client busy(listen_.socket);
  Client idle(listen_.socket);
  idle.send(request("GET", "/things"));
  EXPECT_EQ(idle.read().status, 200);
  busy.send(request("GET", "/slow"));
  while (!running_) std::this_thread::yield();
  on_loop([this] { server_->stop(); });
  EXPECT_TRUE(idle.closed());
  EXPECT_FALSE(fs::exists(listen_.socket));
  EXPECT_THROW(Client{port_}, std::runtime_error);
  on_loop([this] { go_on_.cancel(); });
  const HttpAnswer answer = busy.read();
  EXPECT_EQ(answer.body, "slow");
  EXPECT_EQ(answer.headers.at("connection"), "close");
  EXPECT_TRUE(busy.closed());
}

TEST_F(Doors, TasksEndInWhateverTheyDo) {
  open();
  Client silent(listen_.socket);
  Client halfway(listen_.socket);
  halfway.send("GET /things HTTP/1.1\r\n");
  Client body(listen_.socket);
  body.send(request("POST", "/things", "Content-Length: 10\r\n"));
  Client busy(listen_.socket);
  busy.send(request("GET", "/slow"));
  while (!running_) std::this_thread::yield();
  EXPECT_TRUE(stop_tasks());
  EXPECT_EQ(tasks_.running(), 0U);
  EXPECT_EQ(busy.read().status, 200) << "cancelled in its handler, and still answered";
}

}  // namespace
}  // namespace tongdai::test
