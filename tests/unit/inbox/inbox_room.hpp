#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "config/toml_file.hpp"
#include "inbox/inbox.hpp"
#include "support/engine_room.hpp"
#include "support/source_dir.hpp"

namespace tongdai::inbox {

/// The receiving half of the service: texts come in by `give`, and what is handled is kept in `handled`.
struct InboxRoom : testing::Test {
  test::EngineRoom room;
  text::NumberingPlan plan = read_plan();
  Inbox inbox{room.writer(), room.ids, room.time, room.log, plan, words()};
  std::vector<InboundText> handled;
  std::vector<InboundText> handed_over;  ///< to a human
  std::function<Kind(const InboundText&)> handle = [](const InboundText&) { return Kind::report; };

  void SetUp() override {
    inbox.set_handlers(
        [this](storage::Tx&, const InboundText& text, TimePoint) {
          const Kind kind = handle(text);
          handled.push_back(text);
          return kind;
        },
        [this](storage::Tx&, const InboundText& text, TimePoint) { handed_over.push_back(text); });
  }

  static text::NumberingPlan read_plan() {
    config::Faults faults;
    auto plan = text::NumberingPlan::read(
        config::read_toml_file(in_checkout("/config/numbering/vn.toml")).value(), faults);
    EXPECT_TRUE(faults.empty()) << config::print(faults, "vn.toml");
    return plan;
  }
  static Words words() { return {{"nhan"}, {"tu choi"}, {"xong"}, {"stop"}, {"start"}}; }

  static gateway::Inbound from_citizen(std::string text, std::string ref = "") {
    return {std::move(ref), "0912345678", "19001234", std::move(text), std::nullopt};
  }
  static gateway::Inbound part_of(std::uint16_t reference, int part, int total, std::string text) {
    gateway::Inbound in = from_citizen(std::move(text));
    in.part = gateway::PartInfo{reference, static_cast<std::uint8_t>(total), static_cast<std::uint8_t>(part)};
    return in;
  }

  /// What the gateway is told: true, false, or nothing yet.
  std::optional<bool> give(gateway::Inbound in, const std::string& gateway = "a") {
    std::optional<bool> answer;
    inbox.receive(room.loop.get_executor(), gateway, std::move(in), [&](bool stored) { answer = stored; });
    room.time.settle();
    return answer;
  }
  /// Texts that a crash, or a fault of their handling, left as they came.
  void left_unhandled(int count) {
    room.on_database([&](storage::Tx& tx) {
      for (int n = 0; n < count; ++n) {
        tx.run(
            "INSERT INTO inbound (id, gateway, sender, line, text, state, dedupe_key, received_at) "
            "VALUES ($1, 'a', '+84912345678', '19001234', 'chao', 'received', $2, $3)",
            room.ids.next<InboundTag>(), std::to_string(n), room.now());
      }
    });
  }
  std::size_t run_once() {
    std::size_t n = 0;
    room.run(
        [](Inbox& in, std::size_t& out) -> asio::awaitable<void> { out = co_await in.run_once(); }(inbox, n));
    return n;
  }
  /// The texts on disk, oldest first, each with its mark: "text", "text (incomplete)".
  std::vector<std::string> texts() {
    return room.on_database([](storage::Tx& tx) {
      return tx.all(
          "SELECT unseal(key_id, sealed_text, text), incomplete FROM inbound ORDER BY id",
          [](const storage::Row& row) { return row.text(0) + (row.get<bool>(1) ? " (incomplete)" : ""); });
    });
  }
  std::vector<std::string> states() {
    return room.on_database([](storage::Tx& tx) {
      return tx.all("SELECT state FROM inbound ORDER BY id",
                    [](const storage::Row& row) { return row.text(0); });
    });
  }
  std::int64_t parts_waiting() { return room.count("SELECT COUNT(*) FROM inbound_part"); }
};

}  // namespace tongdai::inbox
