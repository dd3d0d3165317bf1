#include <gmock/gmock.h>

#include <boost/asio/steady_timer.hpp>

#include "served.hpp"

namespace tongdai::test {
namespace {

using api::Method;

class IdempotencyKey : public Served {
 protected:
  IdempotencyKey() {
    const auto make = [this](const api::Request& r) {
      ++runs_;
      if (r.body == "fail") return api::problem(503, "unavailable", "Down", "down");
      if (r.body == "refuse") return api::problem({Code::refused, "no"});
      api::Response response = ok("{\"run\":" + std::to_string(runs_) + "}");
      response.status = 201;
      return response;
    };
    answers(Method::post, "/things", make, api::Body::json);
    answers(Method::post, "/others", make, api::Body::json);
    answers(Method::get, "/things", make);
    answers(Method::post, "/secrets", make, api::Body::json, false, api::Again::secret);
    answers(Method::post, "/open", make, api::Body::json, true);
    route(Method::post, "/slow", [this](const api::Request&) { return slow(); }, api::Body::json);
    open();
  }

  asio::awaitable<api::Response> slow() {
    ++runs_;
    (void)co_await go_on_.async_wait(tok);
    co_return ok();
  }

  asio::steady_timer go_on_{loop_, asio::steady_timer::time_point::max()};
  std::atomic<int> runs_{0};
};

const std::string key = "Idempotency-Key: abc\r\n";

TEST_F(IdempotencyKey, TheSameRequestIsAnsweredOnce) {
  const HttpAnswer first = ask("POST", "/things", key, "{\"a\":1}");
  EXPECT_EQ(first.status, 201);
  EXPECT_FALSE(first.headers.contains("idempotent-replayed"));
  const HttpAnswer second = ask("POST", "/things", key, "{\"a\":1}");
  EXPECT_EQ(second.status, 201);
  EXPECT_EQ(second.body, first.body);
  EXPECT_EQ(second.headers.at("content-type"), first.headers.at("content-type"));
  EXPECT_EQ(second.headers.at("idempotent-replayed"), "true");
  EXPECT_EQ(runs_, 1);
}

TEST_F(IdempotencyKey, AnotherRequestUnderTheKeyIsRefused) {
  ask("POST", "/things", key, "{\"a\":1}");
  EXPECT_EQ(ask("POST", "/things", key, "{\"a\":2}").status, 422);
  EXPECT_EQ(ask("POST", "/others", key, "{\"a\":1}").status, 422);
  EXPECT_EQ(ask("POST", "/things?x=1", key, "{\"a\":1}").status, 422);
  EXPECT_EQ(runs_, 1);
}

TEST_F(IdempotencyKey, WithoutAKeyEveryRequestRuns) {
  ask("POST", "/things", "", "{}");
  ask("POST", "/things", "", "{}");
  ask("GET", "/things", key);
  ask("GET", "/things", key);
  EXPECT_EQ(runs_, 4);
}

TEST_F(IdempotencyKey, ASecretIsShownOnceAndKeptNowhere) {
  EXPECT_EQ(ask("POST", "/secrets", key, "{}").status, 201);
  storage::Connection other(dir_ / "tongdai.db", storage::Connection::Mode::read_write);
  EXPECT_EQ(other.raw().execAndGet("SELECT COUNT(sealed_body) FROM idempotency").getInt(), 0);
  const HttpAnswer again = ask("POST", "/secrets", key, "{}");
  EXPECT_EQ(again.status, 409);
  EXPECT_THAT(again.body, testing::HasSubstr("idempotency_outcome_unknown"));
  EXPECT_EQ(ask("POST", "/secrets", "Idempotency-Key: def\r\n", "refuse").status, 422);
  EXPECT_TRUE(
      ask("POST", "/secrets", "Idempotency-Key: def\r\n", "refuse").headers.contains("idempotent-replayed"));
  EXPECT_EQ(runs_, 2);
}

TEST_F(IdempotencyKey, WhatIsOpenToAnybodyHasNone) {
  ask("POST", "/open", key, "{}");
  EXPECT_FALSE(ask("POST", "/open", key, "{}").headers.contains("idempotent-replayed"));
  EXPECT_EQ(runs_, 2);
  storage::Connection other(dir_ / "tongdai.db", storage::Connection::Mode::read_write);
  EXPECT_EQ(other.raw().execAndGet("SELECT COUNT(*) FROM idempotency").getInt(), 0);
}

TEST_F(IdempotencyKey, ARefusalIsAnAnswerAndAFaultIsNone) {
  EXPECT_EQ(ask("POST", "/things", key, "refuse").status, 422);
  const HttpAnswer again = ask("POST", "/things", key, "refuse");
  EXPECT_EQ(again.headers.at("content-type"), "application/problem+json");
  EXPECT_EQ(again.headers.at("idempotent-replayed"), "true");
  EXPECT_EQ(runs_, 1);
  EXPECT_EQ(ask("POST", "/things", "Idempotency-Key: def\r\n", "fail").status, 503);
  EXPECT_EQ(ask("POST", "/things", "Idempotency-Key: def\r\n", "fail").status, 503);
  EXPECT_EQ(runs_, 3);
}

TEST_F(IdempotencyKey, WhileTheFirstRunsTheSecondWaitsNot) {
  Client first(listen_.socket);
  first.send(request("POST", "/slow", key, "{}"));
  while (runs_ == 0) std::this_thread::yield();
  EXPECT_EQ(ask("POST", "/slow", key, "{}").status, 409);
  EXPECT_EQ(ask("POST", "/slow", key, "{ }").status, 422);
  on_loop([this] { go_on_.cancel(); });
  EXPECT_EQ(first.read().status, 200);
  EXPECT_EQ(ask("POST", "/slow", key, "{}").headers.at("idempotent-replayed"), "true");
  EXPECT_EQ(runs_, 1);
}

TEST_F(IdempotencyKey, TheKeyIsOnDiskBeforeTheRequestRuns) {
  Client first(listen_.socket);
  first.send(request("POST", "/slow", key, "{}"));
  while (runs_ == 0) std::this_thread::yield();
  storage::Connection other(dir_ / "tongdai.db", storage::Connection::Mode::read_write);
  EXPECT_EQ(other.raw().execAndGet("SELECT COUNT(*) FROM idempotency WHERE status = 0").getInt(), 1);
  on_loop([this] { go_on_.cancel(); });
  EXPECT_EQ(first.read().status, 200);
  EXPECT_EQ(other.raw().execAndGet("SELECT status FROM idempotency").getInt(), 200);
}

TEST_F(IdempotencyKey, AfterACrashARepetitionIsToldThatTheOutcomeIsNotKnown) {
  ask("POST", "/things", key, "{}");
  storage::Connection other(dir_ / "tongdai.db", storage::Connection::Mode::read_write);
  other.execute(
      "UPDATE idempotency SET status = 0, body = ''");  // as a crash between the two commits leaves it
  const HttpAnswer again = ask("POST", "/things", key, "{}");
  EXPECT_EQ(again.status, 409);
  EXPECT_THAT(again.body, testing::HasSubstr("idempotency_outcome_unknown"));
  EXPECT_EQ(ask("POST", "/things", key, "{ }").status, 422);
  EXPECT_EQ(runs_, 1);
}

TEST_F(IdempotencyKey, AKeyHasAForm) {
  EXPECT_EQ(ask("POST", "/things", "Idempotency-Key: " + std::string(256, 'k') + "\r\n", "{}").status, 400);
  EXPECT_EQ(ask("POST", "/things", "Idempotency-Key: a b\r\n", "{}").status, 400);
  EXPECT_EQ(ask("POST", "/things", "Idempotency-Key:\r\n", "{}").status, 400);
  EXPECT_EQ(runs_, 0);
}

TEST_F(IdempotencyKey, AnswersOfYesterdayAreForgottenAndSwept) {
  ask("POST", "/things", key, "{}");
  ask("POST", "/things", "Idempotency-Key: old\r\n", "{}");
  storage::Connection other(dir_ / "tongdai.db", storage::Connection::Mode::read_write);
  other.execute("UPDATE idempotency SET created_at = created_at - 86400000");
  EXPECT_FALSE(ask("POST", "/things", key, "{}").headers.contains("idempotent-replayed"));
  EXPECT_EQ(runs_, 3);
  EXPECT_EQ(other.raw().execAndGet("SELECT COUNT(*) FROM idempotency").getInt(), 1);
}

TEST_F(IdempotencyKey, NothingOfTheRequestIsKept) {
  ask("POST", "/things", key, "{\"text\":\"0912345678\"}");
  storage::Connection other(dir_ / "tongdai.db", storage::Connection::Mode::read_write);
  const std::string kept = other.raw().execAndGet("SELECT request FROM idempotency").getString();
  EXPECT_THAT(kept, testing::MatchesRegex("~[0-9a-f]{32}"));
}

}  // namespace
}  // namespace tongdai::test
