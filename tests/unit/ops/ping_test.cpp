#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <optional>

#include "ops/http_ping.hpp"

namespace tongdai::ops {
namespace {

using asio::ip::tcp;

TEST(PingUrl, SaysWhatToAskFor) {
  const auto plain = parse_ping_url("http://watch.example/ping/1?rid=2").value();
  EXPECT_FALSE(plain.is_tls);
  EXPECT_EQ(plain.host, "watch.example");
  EXPECT_EQ(plain.port, "80");
  EXPECT_EQ(plain.path, "/ping/1?rid=2");
  const auto secure = parse_ping_url("https://watch.example:8443").value();
  EXPECT_TRUE(secure.is_tls);
  EXPECT_EQ(secure.port, "8443");
  EXPECT_EQ(secure.authority, "watch.example:8443");
  EXPECT_EQ(secure.path, "/");
  EXPECT_EQ(parse_ping_url("http://[::1]:9/").value().host, "::1");
}

TEST(PingUrl, AFaultNeverRepeatsTheUrl) {
  for (const char* url : {"", "watch.example", "ftp://watch.example/secret", "http://u:secret@watch.example/",
                          "http:///secret", "http://a b/secret"}) {
    const auto parsed = parse_ping_url(url);
    ASSERT_FALSE(parsed) << url;
    EXPECT_EQ(parsed.error().what.find("secret"), std::string::npos) << parsed.error().what;
  }
}

/// A watcher that answers once with `answer`; what it was asked.
struct Watcher : testing::Test {
  asio::io_context loop;
  tcp::acceptor acceptor{loop, {asio::ip::address_v4::loopback(), 0}};
  std::string asked;

  static asio::awaitable<void> answer_once(Watcher& self, std::string answer) {
    auto [refused, socket] = co_await self.acceptor.async_accept(tok);
    if (refused) co_return;
    (void)co_await asio::async_read_until(socket, asio::dynamic_buffer(self.asked), "\r\n\r\n", tok);
    if (!answer.empty()) (void)co_await asio::async_write(socket, asio::buffer(answer), tok);
    if (answer.empty()) (void)co_await socket.async_wait(tcp::socket::wait_error, tok);
  }
  Result<void> ping_with(std::string answer, bool posts, Duration patience = 5s) {
    asio::co_spawn(loop, answer_once(*this, std::move(answer)), [](const std::exception_ptr&) {});
    const auto url = "http://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port()) + "/p?q=1";
    std::optional<Result<void>> done;
    asio::co_spawn(loop, ping(parse_ping_url(url).value(), posts, patience),
                   [&](const std::exception_ptr&, Result<void> result) { done = std::move(result); });
    while (!done && loop.run_one() > 0) {
    }
    return done.value();
  }
};

TEST_F(Watcher, IsAskedOnceAndMayBeSatisfied) {
  EXPECT_TRUE(ping_with("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK", false));
  EXPECT_TRUE(asked.starts_with("GET /p?q=1 HTTP/1.1\r\n")) << asked;
}

TEST_F(Watcher, MayWantAPost) {
  EXPECT_TRUE(ping_with("HTTP/1.1 204 No Content\r\n\r\n", true));
  EXPECT_TRUE(asked.starts_with("POST /p?q=1 HTTP/1.1\r\n")) << asked;
}

TEST_F(Watcher, WhatIsNoYesIsAFault) {
  const auto done = ping_with("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n", false);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().what, "the answer was 500");
}

TEST_F(Watcher, WhoIsSilentIsWaitedForNoLongerThanThat) {
  EXPECT_FALSE(ping_with("", false, 100ms));
}

TEST_F(Watcher, WhoIsAwayIsAFault) {
  acceptor.close();
  std::optional<Result<void>> done;
  asio::co_spawn(loop, ping({false, "127.0.0.1", "127.0.0.1:1", "1", "/"}, false, 1s),
                 [&](const std::exception_ptr&, Result<void> result) { done = std::move(result); });
  loop.run();
  EXPECT_FALSE(done.value());
}

}  // namespace
}  // namespace tongdai::ops
