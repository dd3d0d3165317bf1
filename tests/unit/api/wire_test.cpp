#include <boost/asio/io_context.hpp>
#include <boost/asio/local/connect_pair.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/write.hpp>
#include <filesystem>
#include <fstream>

#include "api/server/watchdog.hpp"
#include "served.hpp"

namespace tongdai::test {
namespace {

using api::Method;
using api::Watchdog;

class Wires : public Served {
 protected:
  Wires() {
    answers(Method::get, "/large", [this](const api::Request&) { return ok(large_); });
    answers(Method::post, "/echo", [](const api::Request& r) { return ok(r.body); }, api::Body::json);
    answers(Method::get, "/file", [this](const api::Request&) { return with_file(file_size_); });
    answers(Method::get, "/shrunk", [this](const api::Request&) { return with_file(file_size_ + 1); });
    open();
  }
  /// The body stands in a file, which goes with the answer.
  api::Response with_file(std::uint64_t said) {
    const auto path = dir_.path() / "body.part";
    std::ofstream(path) << std::string(file_size_, 'y');
    api::Response response = ok("not this");
    response.file = api::BodyFile{
        path, said, std::shared_ptr<void>(nullptr, [path](void*) { std::filesystem::remove(path); })};
    return response;
  }
  [[nodiscard]] bool is_gone() const { return !std::filesystem::exists(dir_.path() / "body.part"); }
  static constexpr std::uint64_t file_size_ = 3 * 1024 * 1024 + 7;
  const std::string large_ = std::string(4 * 1024 * 1024, 'x');  // more than a socket takes at once
};

TEST_F(Wires, AnAnswerThatTheSocketDoesNotTakeAtOnceIsWrittenWhole) {
  Client client(listen_.socket);
  client.send(request("GET", "/large"));
  EXPECT_EQ(client.read().body.size(), large_.size());
}

TEST_F(Wires, ABodyMayStandInAFileThatGoesWithTheAnswer) {
  Client client(listen_.socket);
  client.send(request("GET", "/file") + request("HEAD", "/file") + request("GET", "/large"));
  const HttpAnswer answer = client.read();
  EXPECT_EQ(answer.headers.at("content-length"), std::to_string(file_size_));
  EXPECT_EQ(answer.body, std::string(file_size_, 'y'));
  const HttpAnswer head = client.read(true);
  EXPECT_EQ(head.headers.at("content-length"), std::to_string(file_size_));
  EXPECT_EQ(client.read().body.size(), large_.size());
  EXPECT_TRUE(is_gone());
}

TEST_F(Wires, AFileThatIsShorterThanSaidEndsTheConnection) {
  Client client(listen_.socket);
  client.send(request("GET", "/shrunk"));
  (void)client.read();
  EXPECT_TRUE(client.closed());
}

TEST_F(Wires, ARequestMayComeByteByByte) {
  Client client(listen_.socket);
  for (const char byte : request("POST", "/echo", "", "word")) ASSERT_TRUE(client.send({&byte, 1}));
  EXPECT_EQ(client.read().body, "word");
}

TEST_F(Wires, AnAnswersHeadIsComplete) {
  const HttpAnswer answer = ask("POST", "/echo", "", "word");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.at("content-length"), "4");
  EXPECT_EQ(answer.headers.at("content-type"), "application/json");
  EXPECT_EQ(answer.headers.at("cache-control"), "no-store");
  EXPECT_EQ(answer.headers.at("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
  EXPECT_EQ(answer.headers.at("x-content-type-options"), "nosniff");
  EXPECT_EQ(answer.headers.at("x-frame-options"), "DENY");
  EXPECT_EQ(answer.headers.at("referrer-policy"), "no-referrer");
  EXPECT_EQ(answer.headers.at("cross-origin-resource-policy"), "same-origin");
  EXPECT_TRUE(answer.headers.at("date").ends_with(" GMT"));
}

struct WatchdogTest : testing::Test {
  asio::io_context loop{1};
  asio::local::stream_protocol::socket near{loop}, far{loop};
  std::string byte = "?";

  WatchdogTest() { asio::local::connect_pair(near, far); }

  /// Whether a read was cut off.
  bool read_cut(api::Socket& socket, Watchdog& dog, Duration patience) {
    const Watchdog::Shift watch(dog, patience);
    std::optional<boost::system::error_code> ended;
    socket.async_read_some(asio::buffer(byte),
                           [&](const boost::system::error_code& error, std::size_t) { ended = error; });
    loop.restart();
    while (!ended) loop.run_one();
    EXPECT_EQ(watch.fired(), *ended == asio::error::operation_aborted);
    return watch.fired();
  }
};

TEST_F(WatchdogTest, AShorterPatienceIsKeptThoughTheTimerSleepsLonger) {
  api::Socket socket(std::move(near));
  Watchdog dog(socket);
  asio::write(far, asio::buffer("a", 1));
  EXPECT_FALSE(read_cut(socket, dog, 1h));
  EXPECT_TRUE(read_cut(socket, dog, 10ms));
}

TEST_F(WatchdogTest, AnOperationIsNotCutOffByThePatienceOfTheOneBefore) {
  api::Socket socket(std::move(near));
  Watchdog dog(socket);
  asio::write(far, asio::buffer("a", 1));
  EXPECT_FALSE(read_cut(socket, dog, 20ms));
  asio::steady_timer later(loop, 60ms);
  later.async_wait([&](const boost::system::error_code&) { asio::write(far, asio::buffer("b", 1)); });
  EXPECT_FALSE(read_cut(socket, dog, 1h));
}

TEST_F(WatchdogTest, AfterACutTheSocketServesOn) {
  api::Socket socket(std::move(near));
  Watchdog dog(socket);
  EXPECT_TRUE(read_cut(socket, dog, 10ms));
  asio::write(far, asio::buffer("a", 1));
  EXPECT_FALSE(read_cut(socket, dog, 1h));
}

}  // namespace
}  // namespace tongdai::test
