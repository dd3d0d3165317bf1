#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "served.hpp"

namespace tongdai::test {
namespace {

using api::Method;
using testing::HasSubstr;
using testing::Not;

class Calls : public Served {
 protected:
  Calls() {
    answers(Method::get, "/api/v1/things", [](const api::Request&) { return ok("[]"); });
    answers(Method::get, "/api/v1/things/{id}",
            [](const api::Request& r) { return ok(std::string(r.place("id"))); });
    answers(Method::get, "/api/v1/query",
            [](const api::Request& r) { return ok(r.query.contains("text") ? r.query.at("text") : "none"); });
    answers(
        Method::post, "/api/v1/things", [](const api::Request& r) { return ok(r.body); }, api::Body::json);
    answers(Method::get, "/healthz", [](const api::Request&) { return ok("well"); }, api::Body::none, true);
    answers(Method::get, "/throws",
            [](const api::Request&) -> api::Response { throw std::runtime_error("the text of a victim"); });
    answers(Method::get, "/down", [](const api::Request&) -> api::Response {
      throw storage::StorageDown("the database refuses writes");
    });
    open();
  }
};

TEST_F(Calls, AHandlerAnswers) {
  const HttpAnswer answer = ask("GET", "/api/v1/things/42");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "42");
  EXPECT_EQ(answer.headers.at("content-type"), "application/json");
  EXPECT_EQ(answer.headers.at("cache-control"), "no-store");
  EXPECT_THAT(answer.headers.at("date"), testing::EndsWith(" GMT"));
}

TEST_F(Calls, PlacesAndQueriesAreDecoded) {
  EXPECT_EQ(ask("GET", "/api/v1/things/a%2Fb%20c").body, "a/b c");
  EXPECT_EQ(ask("GET", "/api/v1/query?text=than+uy%C3%AAn").body, "than uyên");
  EXPECT_EQ(ask("GET", "/api/v1/query").body, "none");
}

TEST_F(Calls, AnUnknownPathIsNotFound) {
  const HttpAnswer answer = ask("GET", "/api/v1/nothing");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.headers.at("content-type"), "application/problem+json");
  const auto document = nlohmann::json::parse(answer.body);
  EXPECT_EQ(document["type"], "/problems/not_found");
  EXPECT_EQ(document["status"], 404);
}

TEST_F(Calls, AWrongMethodIsToldTheRightOnes) {
  HttpAnswer answer = ask("DELETE", "/api/v1/things");
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.headers.at("allow"), "GET, HEAD, POST");
  answer = ask("BREW", "/api/v1/things/1");
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.headers.at("allow"), "GET, HEAD");
}

TEST_F(Calls, HeadIsGetWithoutItsBody) {
  Client client(listen_.socket);
  client.send(request("HEAD", "/api/v1/things/42") + request("GET", "/api/v1/things/43"));
  const HttpAnswer head = client.read(true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.headers.at("content-length"), "2");
  EXPECT_EQ(client.read().body, "43");
}

TEST_F(Calls, OneConnectionTakesManyRequests) {
  Client client(listen_.socket);
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(client.send(request("POST", "/api/v1/things", "", "{\"n\":" + std::to_string(i) + "}")));
    EXPECT_EQ(client.read().body, "{\"n\":" + std::to_string(i) + "}");
  }
}

TEST_F(Calls, RequestsSentAheadAreAnsweredInOrder) {
  Client client(listen_.socket);
  std::string burst;
  for (int i = 0; i < 20; ++i) burst += request("GET", "/api/v1/things/" + std::to_string(i));
  client.send(burst);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(client.read().body, std::to_string(i));
}

TEST_F(Calls, TheConnectionEndsWhenTheClientWantsIt) {
  Client client(listen_.socket);
  client.send(request("GET", "/api/v1/things", "Connection: close\r\n"));
  EXPECT_EQ(client.read().headers.at("connection"), "close");
  EXPECT_TRUE(client.closed());
}

TEST_F(Calls, TcpNeedsTheToken) {
  const HttpAnswer answer = ask_tcp("GET", "/api/v1/things");
  EXPECT_EQ(answer.status, 401);
  EXPECT_THAT(answer.headers.at("www-authenticate"), HasSubstr("Bearer"));
  EXPECT_EQ(
      ask_tcp("GET", "/api/v1/things", "Authorization: Bearer 0123456789abcdef0123456789abcdee\r\n").status,
      401);
  EXPECT_EQ(ask_tcp("GET", "/api/v1/things", "Authorization: Basic dTpw\r\n").status, 401);
  EXPECT_EQ(ask_tcp("GET", "/api/v1/things", bearer()).status, 200);
  EXPECT_EQ(ask_tcp("GET", "/api/v1/events").status, 401);
}

TEST_F(Calls, AnOpenCallNeedsNone) {
  EXPECT_EQ(ask_tcp("GET", "/healthz").body, "well");
}

TEST_F(Calls, AForeignHostIsRefused) {
  EXPECT_EQ(ask_tcp("GET", "/healthz", "Host: evil.example\r\n").status, 403);
  EXPECT_EQ(ask_tcp("GET", "/api/v1/things", "Host: evil.example\r\n" + bearer()).status, 403);
  EXPECT_EQ(ask_tcp("GET", "/healthz", "Host: 127.0.0.1:8080\r\n").status, 200);
  EXPECT_EQ(ask("GET", "/healthz", "Host: whatever\r\n").status, 200) << "the socket has no names";
}

TEST_F(Calls, AnExceptionIsAnsweredWithoutItsText) {
  const HttpAnswer answer = ask("GET", "/throws");
  EXPECT_EQ(answer.status, 500);
  EXPECT_THAT(answer.body, Not(HasSubstr("victim")));
  EXPECT_THAT(log_.text(), HasSubstr("route=/throws exception=std::runtime_error"));
  EXPECT_THAT(log_.text(), Not(HasSubstr("victim")));
}

TEST_F(Calls, AStorageThatIsDownIsUnavailable) {
  const HttpAnswer answer = ask("GET", "/down");
  EXPECT_EQ(answer.status, 503);
  EXPECT_TRUE(answer.headers.contains("retry-after"));
  EXPECT_THAT(log_.text(), HasSubstr("the database refuses writes"));
}

TEST_F(Calls, RequestsAreCountedByPattern) {
  ask("GET", "/api/v1/things/1");
  ask("GET", "/api/v1/things/2");
  ask("GET", "/nowhere/0912345678");
  ask("BREW", "/api/v1/things");
  std::string printed;
  on_loop([&] { printed = metrics_.print(); });
  EXPECT_THAT(
      printed,
      HasSubstr(
          "tongdai_http_requests_total{method=\"GET\",route=\"/api/v1/things/{id}\",status=\"200\"} 2"));
  EXPECT_THAT(printed, HasSubstr("{method=\"GET\",route=\"none\",status=\"404\"} 1"));
  EXPECT_THAT(printed, HasSubstr("{method=\"other\",route=\"none\",status=\"405\"} 1"));
  EXPECT_THAT(printed, Not(HasSubstr("0912345678")));
}

}  // namespace
}  // namespace tongdai::test
