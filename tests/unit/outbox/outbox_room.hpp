#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "outbox/campaign_door.hpp"
#include "outbox/claiming.hpp"
#include "outbox/door.hpp"
#include "outbox/messages.hpp"
#include "outbox/queries.hpp"
#include "outbox/receipts.hpp"
#include "outbox/suppression.hpp"
#include "support/engine_room.hpp"

namespace tongdai::outbox {

/// Two gateways, "plain" and "discreet". Everything may go through "plain" but what must be discreet.
class TwoGateways final : public Router {
 public:
  [[nodiscard]] std::optional<Choice> choose(Purpose purpose, const Phone&,
                                             std::string_view pinned) const override {
    const bool needs_discreet = rules_of(purpose).needs_discreet;
    std::string name(pinned.empty() ? (needs_discreet ? "discreet" : "plain") : pinned);
    if (name != "plain" && name != "discreet") return std::nullopt;
    if (needs_discreet && name != "discreet") return std::nullopt;
    limits_ = limits;
    limits_.parts_max = parts_max;
    limits_.unicode = unicode;
    limits_.forbidden = forbidden;
    return Choice{name, &limits_};
  }
  [[nodiscard]] std::vector<Choice> carriers(Purpose purpose, std::string_view pinned) const override {
    const auto one = choose(purpose, {}, pinned);
    return one ? std::vector{*one} : std::vector<Choice>{};
  }
  [[nodiscard]] std::optional<Choice> choose_able(Purpose purpose, const Phone& to,
                                                  const std::vector<std::string>& able) const override {
    return choose(purpose, to, std::ranges::find(able, "discreet") != able.end() ? "discreet" : "");
  }

  std::size_t parts_max = 10;
  bool unicode = true;
  std::string forbidden;
  text::Limits limits;  ///< the rest of them

 private:
  mutable text::Limits limits_;
};

/// A database with a door to it.
struct OutboxRoom : testing::Test {
  test::EngineRoom room;
  TwoGateways router;
  Messages messages{room.ids};
  Phone citizen = Phone::stored("+84912345678");
  Phone officer = Phone::stored("+84912000101");

  static DoorRules rules() {
    DoorRules r;
    r.own_numbers = {Phone::stored("19001234"), Phone::stored("+842133876543")};
    r.discretion = Discretion({"bạo lực", "danh"});
    return r;
  }
  Door door{rules(), router, room.ids};
  OutboxRoom() { messages.set_door(door); }

  static Draft campaign_to(const Phone& to) {
    Draft d;
    d.purpose = Purpose::campaign;
    d.to = to;
    d.text = "Huong ung thang hanh dong";
    return d;
  }
  static Draft alert_to(const Phone& to, std::string text = "Vu viec moi can giup do") {
    Draft d;
    d.purpose = Purpose::facility_alert;
    d.to = to;
    d.text = std::move(text);
    return d;
  }
  /// The citizen wrote, and we answer.
  Draft reply_to(InboundId inbound, std::string text = "Cam on ban") {
    Draft d;
    d.purpose = Purpose::reporter_reply;
    d.to = citizen;
    d.text = std::move(text);
    d.in_reply_to = inbound;
    return d;
  }

  InboundId citizen_wrote(std::string_view text) {
    const auto id = room.ids.next<InboundTag>();
    room.on_database([&](storage::Tx& tx) {
      tx.run(
          "INSERT INTO inbound (id, gateway, sender, line, text, state, dedupe_key, received_at) "
          "VALUES ($1, 'plain', $2, '19001234', $3, 'received', $4, $5)",
          id, citizen, text, to_string(id), room.now());
    });
    return id;
  }

  std::expected<MessageId, Refused> admit(const Draft& draft) {
    return room.on_database([&](storage::Tx& tx) { return door.admit(tx, draft, room.now()); });
  }
  /// The refusal's name, or "admitted".
  std::string verdict(const Draft& draft) {
    const auto admitted = admit(draft);
    return admitted ? "admitted" : std::string(name_of(admitted.error().why));
  }
  MessageId admitted(const Draft& draft) {
    const auto id = admit(draft);
    EXPECT_TRUE(id) << id.error().detail;
    return id.value_or(MessageId{});
  }

  Result<MessageState> apply(MessageId id, MessageEvent event, std::string_view reason = "") {
    return room.on_database(
        [&](storage::Tx& tx) { return messages.apply(tx, id, event, reason, room.now()); });
  }
  std::vector<Claimed> claim_all(Lane lane, std::string_view gateway = "plain") {
    return room.on_database(
        [&](storage::Tx& tx) { return claim(tx, messages, gateway, lane, 1000, 100'000, room.now()); });
  }
  void accept(MessageId id, const std::vector<std::string>& refs, std::string_view gateway = "plain") {
    room.on_database(
        [&](storage::Tx& tx) { record_accepted(tx, messages, {id, {}, gateway, refs}, room.now()); });
  }
  void receipt(std::string_view ref, bool delivered, std::string_view reason = "",
               std::string_view gateway = "plain") {
    room.on_database(
        [&](storage::Tx& tx) { record_receipt(tx, messages, gateway, ref, delivered, reason, room.now()); });
  }
  /// A campaign's own text, in the queue.
  MessageId of_campaign(const Phone& to, CampaignId campaign, std::int64_t seq = 1) {
    const std::vector<std::string> able;
    room.on_database([&](storage::Tx& tx) {
      const BodyId body = store_body(tx, room.ids, "Huong ung thang hanh dong");
      CampaignDoor batch(door, tx, {campaign, room.now() + 24h}, able, room.now());
      batch.enqueue(batch.look(to, body).value(), to, seq, room.now());
    });
    return MessageId{room.count("SELECT MAX(id) FROM message")};
  }
  /// Admitted, claimed and taken by the gateway.
  MessageId sent(const Draft& draft, const std::vector<std::string>& refs) {
    const MessageId id = admitted(draft);
    (void)apply(id, MessageEvent::claimed);
    accept(id, refs, view(id).gateway);
    return id;
  }

  MessageView view(MessageId id) {
    return room.on_database([&](storage::Tx& tx) { return find_message(tx, id); }).value();
  }
  MessageState state(MessageId id) { return view(id).state; }
};

}  // namespace tongdai::outbox
