#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

#include "people/sign_in.hpp"
#include "served.hpp"

namespace tongdai::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

/// Somebody of the database, at the TCP door.
class Identify : public Served {
 protected:
  explicit Identify(Duration comment = 100ms) {
    listen_.patience.comment = comment;
    listen_.hosts = {"tongdai.example.vn"};
    answers(api::Method::get, "/api/v1/who", [](const api::Request& request) {
      return ok(std::string(name_of(request.caller.role)) + " " + request.caller.name);
    });
    answers(api::Method::post, "/api/v1/who", [](const api::Request&) { return ok(); });
    open();
  }

  template <class F>
  auto on_database(F work) {
    return asio::co_spawn(loop_, database_->writer().run(std::move(work)), asio::use_future).get();
  }

  /// The session's secret.
  std::string sign_in() {
    return on_database([this](storage::Tx& tx) {
      people::Person person;
      person.id = people::PersonId{1};
      person.name = "lan";
      person.role = people::Role::counsellor;
      person.password = "hash";
      EXPECT_TRUE(people::insert_person(tx, person, clock_.now()));
      return people::start_session(tx, person.id, clock_.now());
    });
  }

  static std::string cookie_of(const std::string& session) {
    return "Cookie: __Host-tongdai=" + session + "\r\n";
  }
};

/// A stream that gives no sign of life while a test lasts.
class Hearing : public Identify {
 protected:
  Hearing() : Identify(std::chrono::minutes{1}) {}
};

TEST_F(Identify, ASessionIsWhoSignedIn) {
  const std::string session = sign_in();
  EXPECT_EQ(ask_tcp("GET", "/api/v1/who", cookie_of(session)).body, "counsellor lan");
  EXPECT_EQ(ask_tcp("GET", "/api/v1/who", cookie_of(std::string(64, '0'))).status, 401);
  EXPECT_EQ(ask_tcp("GET", "/api/v1/who", cookie_of(session) + "Authorization: Bearer td_0\r\n").status, 401)
      << "a wrong token is not forgiven for a cookie";
}

TEST_F(Identify, OnAFullDiskASessionStillLooks) {
  const std::string session = sign_in();
  on_database([](storage::Tx& tx) {
    auto& db = tx.connection().raw();
    db.exec("UPDATE session SET seen_at = seen_at - 120000");
    db.exec(
        "CREATE TRIGGER much AFTER UPDATE ON session BEGIN "
        "INSERT INTO meta (key, value) VALUES ('much', hex(zeroblob(100000))); END");
    db.execAndGet("PRAGMA max_page_count = " + db.execAndGet("PRAGMA page_count").getString());
    return 0;
  });
  EXPECT_EQ(ask_tcp("GET", "/api/v1/who", cookie_of(session)).body, "counsellor lan");
  EXPECT_EQ(database_->writer().state(), storage::WriterState::full) << "that it was used is not written";
}

TEST_F(Identify, ItsPostsNeedTheFormToken) {
  const std::string session = sign_in();
  EXPECT_EQ(ask_tcp("POST", "/api/v1/who", cookie_of(session)).status, 403);
  const std::string form = "X-Form-Token: " + people::form_token(session) + "\r\n";
  EXPECT_EQ(ask_tcp("POST", "/api/v1/who", cookie_of(session) + form).status, 200);
  EXPECT_EQ(ask_tcp("POST", "/api/v1/who", form).status, 401);
}

TEST_F(Identify, ATokenIsItsProgram) {
  const auto token = on_database([this](storage::Tx& tx) {
    return people::insert_token(
        tx, {Id<people::TokenTag>{1}, "so-lieu", people::Role::author, false, clock_.now(), {}});
  });
  EXPECT_EQ(ask_tcp("GET", "/api/v1/who", "Authorization: Bearer " + *token + "\r\n").body,
            "author token so-lieu");
}

TEST_F(Identify, AStreamEndsWithItsSession) {
  const std::string session = sign_in();
  Client client(port_);
  client.send(request("GET", "/api/v1/events", cookie_of(session)));
  EXPECT_THAT(client.read_until("\r\n\r\n"), HasSubstr("text/event-stream"));
  EXPECT_EQ(client.read_until("\n\n"), "retry: 2000\n\n");
  EXPECT_EQ(client.read_until("\n\n"), ": here\n\n");
  on_database([&](storage::Tx& tx) {
    people::end_session(tx, session);
    return 0;
  });
  EXPECT_TRUE(client.closed());
}

TEST_F(Hearing, WhatTheListenerMayNotHearPutsNothingOnTheWire) {
  const auto token = on_database([this](storage::Tx& tx) {
    return people::insert_token(
        tx, {Id<people::TokenTag>{1}, "so-lieu", people::Role::author, false, clock_.now(), {}});
  });
  const auto listen = [&](const std::string& more) {
    auto client = std::make_unique<Client>(port_);
    client->send(request("GET", "/api/v1/events", "Authorization: Bearer " + *token + "\r\n" + more));
    EXPECT_THAT(client->read_until("\r\n\r\n"), HasSubstr("text/event-stream"));
    EXPECT_EQ(client->read_until("\n\n"), "retry: 2000\n\n");
    return client;
  };
  const auto client = listen("");
  on_loop([this] { events_.publish({{"case", 1}}); });
  on_loop([this] { events_.publish({{"inbound", 2}, {"campaign", 3}}); });
  std::string heard = client->read_until("\n\n");
  EXPECT_THAT(heard, StartsWith("id: own-1\nevent: campaign\n")) << "no comment before, and no gap";
  on_loop([this] { events_.publish({{"case", 4}, {"campaign", 5}}); });
  EXPECT_THAT(client->read_until("\n\n"), StartsWith("id: own-2\n"));
  for (const std::string id : {"own-1", "nonsense"}) {
    const auto back = listen("Last-Event-ID: " + id + "\r\n");
    EXPECT_THAT(back->read_until("\n\n"), StartsWith("id: own-1\nevent: reload\n")) << id;
  }
}

TEST_F(Identify, AProxysNameIsOurs) {
  const auto status = [this](const std::string& host) {
    Client client(port_);
    client.send("GET /api/v1/who HTTP/1.1\r\nHost: " + host + "\r\n" + bearer() + "\r\n");
    return client.read().status;
  };
  EXPECT_EQ(status("tongdai.example.vn"), 200);
  EXPECT_EQ(status("tongdai.example.vn:443"), 200);
  EXPECT_EQ(status("evil.example"), 403);
  EXPECT_EQ(status("tongdai.example.vn.evil.example"), 403);
}

}  // namespace
}  // namespace tongdai::test
