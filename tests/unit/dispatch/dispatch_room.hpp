#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "dispatch/dispatcher.hpp"
#include "gateway_adapters/sandbox/sandbox.hpp"
#include "outbox/queries.hpp"
#include "outbox/receipts.hpp"
#include "support/engine_room.hpp"

namespace tongdai::dispatch {

/// The sending half of the service on virtual time: gateways "a" and "b", both simulated and discreet, in
/// that order for everything.
struct DispatchRoom {
  struct Heard {
    std::string gateway;
    Phone phone;
    std::string text;
    MonoTime at;
  };

  test::EngineRoom room;
  outbox::Messages messages{room.ids};
  std::vector<Heard> heard;  ///< every text that reached a handset, in order
  std::unique_ptr<runtime::TaskGroup> tasks;
  std::unique_ptr<Dispatcher> dispatcher;
  std::unique_ptr<outbox::Door> door;
  gateway::sandbox::Sandbox* a = nullptr;
  gateway::sandbox::Sandbox* b = nullptr;
  gateway::sandbox::World world;  ///< of both, before `open`
  int rate = 1000;                ///< of both, before `open`
  BulkSource bulk;                ///< none, or before `open`

  DispatchRoom() = default;
  /// On the disk of another that was killed where it stands.
  explicit DispatchRoom(const DispatchRoom& crashed) : room(test::EngineRoom::AfterCrash{crashed.room}) {}
  ~DispatchRoom() {
    if (dispatcher) stop(1s);
    EXPECT_EQ(room.log.count("alarm"), 0U);
  }
  DispatchRoom& operator=(const DispatchRoom&) = delete;

  /// Fits the gateways and connects them.
  void open() {
    tasks = std::make_unique<runtime::TaskGroup>(room.loop.get_executor(), room.log);
    std::vector<Fitted> fitted;
    for (auto [gateway, place] : {std::pair("a", &a), std::pair("b", &b)}) {
      gateway::Settings settings{gateway, "sandbox", rate, "19001234", true};
      auto sandbox = std::make_unique<gateway::sandbox::Sandbox>(
          settings, world, "", gateway::Context{room.loop.get_executor(), room.time, room.time, room.log});
      *place = sandbox.get();
      sandbox->listen(
          [this, name = std::string(gateway)](MessageId, const Phone& phone, const gateway::Heard& h) {
            heard.push_back({name, phone, h.text, room.time.monotonic()});
          });
      fitted.push_back({settings, std::move(sandbox)});
    }
    dispatcher = std::make_unique<Dispatcher>(std::move(fitted), std::vector<Route>{{{}, {}, {"a", "b"}}},
                                              room.loop.get_executor(), room.time, room.time, room.log,
                                              room.writer(), messages);
    dispatcher->set_bulk(bulk);
    door = std::make_unique<outbox::Door>(outbox::DoorRules{}, dispatcher->routes(), room.ids);
    messages.set_door(*door);
    room.writer().watch([this](const std::vector<storage::Change>&) {
      asio::post(room.loop, [this] {
        if (dispatcher) dispatcher->wake();
      });
    });
    room.run(dispatcher->start(*tasks));
    room.time.settle();
  }

  void stop(Duration patience) {
    room.run(dispatcher->stop(patience));
    room.run(tasks->stop());
    dispatcher.reset();
    tasks.reset();
  }

  static Phone number(int n) { return Phone::stored("+8491" + std::to_string(1'000'000 + n)); }

  MessageId admit(storage::Tx& tx, outbox::Purpose purpose, const Phone& to,
                  const std::string& text = "xin chao", std::string_view gateway = "") {
    outbox::Draft draft;
    draft.purpose = purpose;
    draft.to = to;
    draft.text = text;
    draft.gateway = gateway;
    const auto id = door->admit(tx, draft, room.now());
    EXPECT_TRUE(id) << id.error().detail;
    return id.value_or(MessageId{});
  }
  MessageId send(outbox::Purpose purpose, const Phone& to, const std::string& text = "xin chao",
                 std::string_view gateway = "") {
    return room.on_database([&](storage::Tx& tx) { return admit(tx, purpose, to, text, gateway); });
  }
  /// An answer to a text of that number.
  MessageId reply(const Phone& to) {
    return room.on_database([&](storage::Tx& tx) {
      const auto wrote = room.ids.next<InboundTag>();
      tx.run(
          "INSERT INTO inbound (id, gateway, sender, line, text, state, dedupe_key, received_at) "
          "VALUES ($1, 'a', $2, '19001234', 'chao', 'received', $3, $4)",
          wrote, to, to_string(wrote), room.now());
      outbox::Draft draft;
      draft.purpose = outbox::Purpose::reporter_reply;
      draft.to = to;
      draft.text = "cam on ban";
      draft.in_reply_to = wrote;
      return door->admit(tx, draft, room.now()).value();
    });
  }
  std::vector<MessageId> flood(int n, outbox::Purpose purpose = outbox::Purpose::campaign) {
    return room.on_database([&](storage::Tx& tx) {
      std::vector<MessageId> ids;
      for (int i = 0; i < n; ++i) ids.push_back(admit(tx, purpose, number(i)));
      return ids;
    });
  }

  outbox::MessageView view(MessageId id) {
    return room.on_database([&](storage::Tx& tx) { return outbox::find_message(tx, id); }).value();
  }
  outbox::MessageState state(MessageId id) { return view(id).state; }
  std::int64_t in_state(outbox::MessageState state) {
    const auto counts = room.on_database([](storage::Tx& tx) { return outbox::count_messages(tx); });
    return counts[static_cast<std::size_t>(state)];
  }
  [[nodiscard]] LineView line(std::string_view name) const {
    for (const LineView& v : dispatcher->view()) {
      if (v.name == name) return v;
    }
    return {};
  }
  /// When this number first got a text, since `since`; nothing if it did not.
  [[nodiscard]] std::optional<Duration> heard_after(const Phone& phone, MonoTime since) const {
    for (const Heard& h : heard) {
      if (h.phone == phone && h.at >= since) return h.at - since;
    }
    return std::nullopt;
  }
};

struct DispatchTest : testing::Test, DispatchRoom {};

}  // namespace tongdai::dispatch
