#include "outbox/receipts.hpp"

#include <optional>

#include "outbox/reason.hpp"

namespace tongdai::outbox {
namespace {

constexpr std::string_view select_message =
    "SELECT MAX(id) FROM message WHERE awaits_receipt = 1 AND gateway_ref = $2 AND gateway = $1";
constexpr std::string_view select_part =
    "SELECT message_id, part FROM message_part WHERE state = 'accepted' AND gateway_ref = $2 AND gateway = "
    "$1 "
    "ORDER BY message_id DESC LIMIT 1";
// A part's first final word stands: a repeated or contrary receipt changes nothing.
constexpr std::string_view update_part =
    "UPDATE message_part SET state = $3 WHERE message_id = $1 AND part = $2 AND state = 'accepted'";
constexpr std::string_view count_parts =
    "SELECT COALESCE(SUM(CASE WHEN state = 'delivered' THEN 0 ELSE 1 END), 0), "
    "COALESCE(SUM(CASE WHEN state = 'undelivered' THEN 1 ELSE 0 END), 0) FROM message_part WHERE message_id "
    "= $1";
constexpr std::string_view park =
    "INSERT INTO receipt_parked (id, gateway, gateway_ref, outcome, detail, received_at) VALUES ($1, $2, $3, "
    "$4, $5, $6)";
constexpr std::string_view select_parked =
    "SELECT outcome, detail FROM receipt_parked WHERE gateway = $1 AND gateway_ref = $2 "
    "AND received_at >= (SELECT submitted_at FROM message WHERE id = $3) ORDER BY id";
constexpr std::string_view select_any_parked = "SELECT 1 FROM receipt_parked LIMIT 1";
constexpr std::string_view delete_parked =
    "DELETE FROM receipt_parked WHERE gateway = $1 AND gateway_ref = $2";
constexpr std::string_view delete_old = "DELETE FROM receipt_parked WHERE received_at < $1";

struct Part {
  MessageId message;
  int part = 0;
};

struct Tally {
  int missing = 0;  // parts not yet delivered
  int lost = 0;
};

bool apply_receipt(storage::Tx& tx, Messages& messages, std::string_view gateway, std::string_view ref,
                   bool delivered, std::string_view reason, TimePoint now) {
  if (delivered && messages.delivered(tx, gateway, ref, now)) return true;
  if (const auto whole =
          tx.value<std::optional<MessageId>>(select_message, gateway, ref).value_or(std::nullopt)) {
    const auto event = delivered ? MessageEvent::all_delivered : MessageEvent::not_delivered;
    return messages.apply(tx, *whole, event, delivered ? "" : reason, now).has_value();
  }
  const auto part = tx.first(
      select_part, [](const storage::Row& row) { return Part{row.get<MessageId>(0), row.get<int>(1)}; },
      gateway, ref);
  if (!part) return false;
  tx.run(update_part, part->message, part->part, delivered ? "delivered" : "undelivered");
  const auto tally = tx.first(
      count_parts, [](const storage::Row& row) { return Tally{row.get<int>(0), row.get<int>(1)}; },
      part->message);
  if (!tally) return true;
  if (tally->lost > 0) {
    (void)messages.apply(tx, part->message, MessageEvent::not_delivered, reason, now);
  } else if (tally->missing == 0) {
    (void)messages.apply(tx, part->message, MessageEvent::all_delivered, "", now);
  }
  return true;
}

}  // namespace

void record_receipt(storage::Tx& tx, Messages& messages, std::string_view gateway, std::string_view ref,
                    bool delivered, std::string_view reason, TimePoint now) {
  if (ref.empty()) return;
  if (apply_receipt(tx, messages, gateway, ref, delivered, reason, now)) return;
  tx.run(park, messages.ids().next<struct ReceiptTag>(), gateway, ref,
         delivered ? "delivered" : "undelivered", without_numbers(reason), now);
}

bool any_parked(storage::Tx& tx) {
  return tx.value<int>(select_any_parked).has_value();
}

void apply_parked(storage::Tx& tx, Messages& messages, MessageId id, std::string_view gateway,
                  std::string_view ref, TimePoint now) {
  if (ref.empty()) return;
  struct Parked {
    bool delivered;
    std::string detail;
  };
  const auto parked = tx.all(
      select_parked, [](const storage::Row& row) { return Parked{row.text(0) == "delivered", row.text(1)}; },
      gateway, ref, id);
  if (parked.empty()) return;
  tx.run(delete_parked, gateway, ref);
  for (const Parked& p : parked) (void)apply_receipt(tx, messages, gateway, ref, p.delivered, p.detail, now);
}

std::size_t drop_parked(storage::Tx& tx, TimePoint before) {
  return static_cast<std::size_t>(tx.run(delete_old, before));
}

}  // namespace tongdai::outbox
