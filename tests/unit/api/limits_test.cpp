#include <gmock/gmock.h>

#include <list>

#include "served.hpp"

namespace tongdai::test {
namespace {

using api::Method;

class Limits : public Served {
 protected:
  Limits() {
    answers(Method::get, "/things", [](const api::Request&) { return ok(); });
    answers(
        Method::post, "/things", [](const api::Request& r) { return ok(std::to_string(r.body.size())); },
        api::Body::json);
    listen_.patience.header = 400ms;
    listen_.patience.idle = 600ms;
    listen_.patience.linger = 500ms;
    open();
  }
};

TEST_F(Limits, ALargeBodyIsRefusedByItsLength) {
  Client client(listen_.socket);
  client.send(request("POST", "/things", "Content-Length: 10485760\r\n"));
  EXPECT_EQ(client.read().status, 413);
  // The rest is neither taken nor waited for.
  const std::string piece(64 * 1024, 'x');
  std::size_t sent = 0;
  while (sent < 10 * 1024 * 1024 && client.send(piece)) sent += piece.size();
  EXPECT_LT(sent, 10U * 1024 * 1024);
}

TEST_F(Limits, ABodyInChunksIsRefusedWhenItHasGrownTooLarge) {
  Client client(listen_.socket);
  client.send(request("POST", "/things", "Transfer-Encoding: chunked\r\n"));
  const std::string chunk = "10000\r\n" + std::string(0x10000, 'x') + "\r\n";
  std::size_t sent = 0;
  while (sent < 160 && client.send(chunk)) ++sent;
  EXPECT_LT(sent, 160U) << "ten megabytes were read";
}

TEST_F(Limits, TheLargestBodyIsTaken) {
  EXPECT_EQ(ask("POST", "/things", "", std::string(api::body_max, 'x')).body, std::to_string(api::body_max));
}

TEST_F(Limits, ABodyInChunksIsPutTogether) {
  EXPECT_EQ(ask("POST", "/things", "Transfer-Encoding: chunked\r\n", "").status, 408);
  Client client(listen_.socket);
  client.send(request("POST", "/things", "Transfer-Encoding: chunked\r\n") +
              "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
  EXPECT_EQ(client.read().body, "5");
}

TEST_F(Limits, LargeHeadersAreRefused) {
  const HttpAnswer answer = ask("GET", "/things", "X-Long: " + std::string(api::header_max, 'x') + "\r\n");
  EXPECT_EQ(answer.status, 431);
  EXPECT_EQ(ask("GET", "/things?" + std::string(api::header_max, 'x')).status, 431);
}

TEST_F(Limits, ABodyWhereNoneBelongsIsRefused) {
  EXPECT_EQ(ask("GET", "/things", "", "{}").status, 400);
  EXPECT_EQ(ask("GET", "/things", "Content-Length: 0\r\n").status, 200);
}

TEST_F(Limits, ACompressedBodyIsRefused) {
  EXPECT_EQ(ask("POST", "/things", "Content-Encoding: gzip\r\n", "{}").status, 415);
}

TEST_F(Limits, AnUnknownExpectationIsRefused) {
  EXPECT_EQ(ask("POST", "/things", "Expect: wonders\r\n", "{}").status, 417);
}

TEST_F(Limits, GarbageIsRefusedAndTheConnectionClosed) {
  const std::vector<std::string> garbage{
      "GARBAGE\r\n\r\n",
      "GET\r\n\r\n",
      "GET / HTTP/9.9\r\n\r\n",
      "GET / HTTP/1.1\r\nNo colon here\r\n\r\n",
      "GET /things HTTP/1.1\r\nContent-Length: minus one\r\n\r\n",
      "POST /things HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc",
      "POST /things HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nab",
      "POST /things HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\nab",
      std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11),  // TLS
      std::string(64, '\0'),
      "\r\n\r\n\r\n\xff\xfe\xfd",
  };
  for (const std::string& bytes : garbage) {
    Client client(listen_.socket);
    client.send(bytes);
    const HttpAnswer answer = client.read();
    EXPECT_TRUE(answer.status == 400 || answer.status == 408) << answer.status << " for " << bytes;
    EXPECT_TRUE(client.closed()) << bytes;
  }
}

TEST_F(Limits, BadTargetsAreRefused) {
  for (const std::string_view target :
       {"things", "/%zz", "/%", "/things?a=%f", "/%00", "/%ff", "/things?a=1&a=2"}) {
    EXPECT_EQ(ask("GET", target).status, 400) << target;
  }
}

TEST_F(Limits, SlowClientsHoldNobodyUpAndAreClosed) {
  std::list<Client> slow;
  for (int i = 0; i < 100; ++i) {
    slow.emplace_back(listen_.socket);
    ASSERT_TRUE(slow.back().send("G"));
  }
  EXPECT_EQ(ask("GET", "/things").status, 200);
  for (Client& client : slow) {
    EXPECT_EQ(client.read().status, 408);
    EXPECT_TRUE(client.closed());
  }
}

TEST_F(Limits, ABodyThatStallsIsTimedOut) {
  Client client(listen_.socket);
  client.send(request("POST", "/things", "Content-Length: 10\r\n") + "abc");
  EXPECT_EQ(client.read().status, 408);
  EXPECT_TRUE(client.closed());
}

TEST_F(Limits, AnIdleConnectionIsClosedWithoutAWord) {
  Client client(listen_.socket);
  client.send(request("GET", "/things"));
  EXPECT_EQ(client.read().status, 200);
  EXPECT_TRUE(client.closed());
}

TEST_F(Limits, AClientThatLeavesHalfwayHarmsNobody) {
  {
    Client(listen_.socket).send("GET /things HT");
  }
  {
    Client(listen_.socket).send(request("POST", "/things", "Content-Length: 10\r\n") + "abc");
  }
  {
    Client(listen_.socket).send(request("GET", "/things"));
  }
  EXPECT_EQ(ask("GET", "/things").status, 200);
}

class Crowd : public Served {};

TEST_F(Crowd, ConnectionsAboveTheLimitAreTurnedAway) {
  answers(Method::get, "/things", [](const api::Request&) { return ok(); });
  open();
  std::list<Client> crowd;
  for (std::size_t i = 0; i < api::connections_max; ++i) {
    crowd.emplace_back(listen_.socket);
    crowd.back().send(request("GET", "/things"));
    ASSERT_EQ(crowd.back().read().status, 200);
  }
  Client late(listen_.socket);
  EXPECT_TRUE(late.closed());
  EXPECT_THAT(log_.text(), testing::HasSubstr("connections are turned away"));
}

}  // namespace
}  // namespace tongdai::test
