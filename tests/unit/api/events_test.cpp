#include <gmock/gmock.h>

#include <list>

#include "served.hpp"

namespace tongdai::test {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

class Events : public Served {
 protected:
  Events() {
    listen_.patience.comment = 100ms;
    open();
  }

  void publish(std::string_view topic, std::int64_t id) {
    on_loop([&] { events_.publish({{topic, id}}); });
  }

  /// A listener who has the head of the stream.
  std::unique_ptr<Client> listen(const std::string& more = "") {
    auto client = std::make_unique<Client>(listen_.socket);
    client->send(request("GET", "/api/v1/events", more));
    EXPECT_THAT(client->read_until("\r\n\r\n"), HasSubstr("Content-Type: text/event-stream"));
    EXPECT_EQ(client->read_until("\n\n"), "retry: 2000\n\n");
    return client;
  }

  /// The next event, comments left out.
  static std::string next(Client& client) {
    for (;;) {
      std::string text = client.read_until("\n\n");
      if (!text.starts_with(':')) return text;
    }
  }

  /// "Last-Event-ID" of an event.
  static std::string after(const std::string& event) {
    return "Last-Event-ID: " + event.substr(4, event.find('\n') - 4) + "\r\n";
  }
};

TEST_F(Events, AListenerHearsWhatChanged) {
  const auto client = listen();
  publish("case", 42);
  const std::string event = next(*client);
  EXPECT_THAT(event, StartsWith("id: "));
  EXPECT_THAT(event, EndsWith("\nevent: case\ndata: {\"topic\":\"case\",\"id\":\"42\"}\n\n"));
  publish("message", 43);
  EXPECT_THAT(next(*client), HasSubstr("event: message\n"));
}

TEST_F(Events, EveryListenerHearsIt) {
  std::list<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 10; ++i) clients.push_back(listen());
  publish("case", 1);
  for (const auto& client : clients) EXPECT_THAT(next(*client), HasSubstr("event: case\n"));
}

TEST_F(Events, OneWhoWasAwayGoesOnWhereHeWas) {
  std::string last;
  {
    const auto client = listen();
    publish("case", 1);
    last = next(*client);
  }
  publish("case", 2);
  publish("case", 3);
  const auto back = listen(after(last));
  EXPECT_THAT(next(*back), HasSubstr("\"id\":\"2\""));
  EXPECT_THAT(next(*back), HasSubstr("\"id\":\"3\""));
}

TEST_F(Events, OneWhoWasAwayTooLongIsToldToReload) {
  std::string last;
  {
    const auto client = listen();
    publish("case", 1);
    last = next(*client);
  }
  on_loop([&] {
    for (std::size_t i = 0; i <= api::EventHub::kept; ++i) events_.publish({{"message", 7}});
  });
  const auto back = listen(after(last));
  EXPECT_THAT(next(*back), HasSubstr("event: reload\n"));
  publish("case", 9);
  EXPECT_THAT(next(*back), HasSubstr("\"id\":\"9\"")) << "and goes on from there";
}

TEST_F(Events, ANumberOfAnotherRunMeansReload) {
  publish("case", 1);
  for (const std::string id : {"0123456789abcdef-1", "1", "nonsense", "-"}) {
    EXPECT_THAT(next(*listen("Last-Event-ID: " + id + "\r\n")), HasSubstr("event: reload\n")) << id;
  }
}

TEST_F(Events, AQuietStreamShowsThatItLives) {
  const auto client = listen();
  EXPECT_EQ(client->read_until("\n\n"), ": here\n\n");
  EXPECT_EQ(client->read_until("\n\n"), ": here\n\n");
}

TEST_F(Events, TooManyListenersAreRefusedUntilOneLeaves) {
  std::list<std::unique_ptr<Client>> clients;
  for (std::size_t i = 0; i < api::EventHub::listeners_max; ++i) clients.push_back(listen());
  EXPECT_EQ(ask("GET", "/api/v1/events").status, 503);
  clients.pop_front();
  for (int tries = 0; tries < 1000; ++tries) {  // until the server has seen it go
    Client client(listen_.socket);
    client.send(request("GET", "/api/v1/events"));
    if (client.read().status == 200) return;
  }
  FAIL() << "the place was not given free";
}

TEST_F(Events, TheStreamEndsWhenTheServerStops) {
  const auto client = listen();
  on_loop([this] { server_->stop(); });
  EXPECT_TRUE(client->closed());
}

TEST_F(Events, TheStreamEndsWithTheTasks) {
  const auto client = listen();
  EXPECT_TRUE(stop_tasks());
  EXPECT_TRUE(client->closed());
}

TEST_F(Events, HeadAndPostHaveTheirAnswers) {
  EXPECT_EQ(ask("HEAD", "/api/v1/events").headers.at("content-type"), "text/event-stream");
  EXPECT_EQ(ask("POST", "/api/v1/events").status, 405);
}

}  // namespace
}  // namespace tongdai::test
