#include "inbox/inbox.hpp"

#include <boost/asio/post.hpp>
#include <fmt/format.h>

#include "inbox/parts.hpp"
#include "text/fold.hpp"

namespace tongdai::inbox {
namespace {

constexpr Duration parts_patience = 3min;       // the rest of a long text rarely comes later; a report must not wait
constexpr Duration same_text_window = 60s;      // without an id of the gateway: the same words again are a redelivery
constexpr Duration joined_window = 1h;          // a part that comes again after its text was joined
constexpr int attempts_max = 3;
constexpr std::size_t sender_chars_max = 64;
constexpr std::size_t text_bytes_max = 64 * 1024;  // 255 parts of 153 characters, and room for UTF-8
constexpr std::size_t handled_a_turn = 200;

constexpr std::string_view insert_inbound =
    "INSERT INTO inbound (id, gateway, sender, line, text, state, incomplete, dedupe_key, received_at) "
    "VALUES ($1, $2, $3, $4, $5, 'received', $6, $7, $8) ON CONFLICT (gateway, dedupe_key) DO NOTHING";
constexpr std::string_view select_same =
    "SELECT 1 FROM inbound WHERE sender = $1 AND line = $2 AND text = $3 AND received_at > $4 LIMIT 1";
constexpr std::string_view select_joined =
    "SELECT 1 FROM inbound WHERE sender = $1 AND received_at > $2 AND dedupe_key LIKE $3 || '%' LIMIT 1";
constexpr std::string_view select_next =
    "SELECT id, gateway, sender, line, text, incomplete, received_at FROM inbound WHERE state = 'received' "
    "ORDER BY id LIMIT 1";
constexpr std::string_view set_handled =
    "UPDATE inbound SET state = 'handled', kind = $2, handled_at = $3 WHERE id = $1 AND state = 'received'";
constexpr std::string_view count_attempt =
    "UPDATE inbound SET attempts = attempts + 1 WHERE state = 'received' "
    "AND id = (SELECT MIN(id) FROM inbound WHERE state = 'received') RETURNING attempts";
constexpr std::string_view set_failed = "UPDATE inbound SET state = 'failed', handled_at = $2 WHERE id = $1";

InboundText to_text(const storage::Row& row) {
  InboundText t;
  t.id = row.get<InboundId>(0);
  t.gateway = row.text(1);
  t.sender = row.get<Phone>(2);
  t.line = row.get<Phone>(3);
  t.text = row.text(4);
  t.incomplete = row.get<bool>(5);
  t.received_at = row.get<TimePoint>(6);
  return t;
}

std::string joined_key(const PartKey& key) {
  return fmt::format("parts:{}:{}:{}:{}:", key.sender.reveal(), key.line.reveal(), key.reference, key.total);
}

}  // namespace

Inbox::Inbox(storage::Writer& writer, IdSource& ids, const Clock& clock, Log& log, const text::NumberingPlan& plan,
             Words words)
    : writer_(writer), ids_(ids), clock_(clock), log_(log), plan_(plan), words_(std::move(words)) {}

void Inbox::set_handlers(Handler handler, FailureHandler failed) {
  handler_ = std::move(handler);
  failed_ = std::move(failed);
}

Phone Inbox::phone_of(const std::string& written) const {
  if (auto number = plan_.parse(written)) return number->phone;
  return Phone::stored(text::nfc(written.empty() ? "unknown" : written.substr(0, sender_chars_max)));
}

bool Inbox::store(storage::Tx& tx, const std::string& gateway, gateway::Inbound inbound, TimePoint now) {
  const Phone sender = phone_of(inbound.sender);
  const Phone line = phone_of(inbound.line);
  const std::string words = text::nfc(inbound.text.substr(0, text_bytes_max));
  const auto insert = [&](std::string_view text, bool incomplete, std::string_view key) {
    const auto id = ids_.next<InboundTag>();
    tx.run(insert_inbound, id, gateway, sender, line, text, incomplete, key, now);
    tx.changed("inbound", id.value);
  };
  const auto insert_joined = [&](const Joined& j) {
    insert(j.text, j.incomplete, joined_key(j.key) + std::to_string(ids_.next<InboundTag>().value));
  };
  if (inbound.part && inbound.part->total > 1 && inbound.part->part >= 1 && inbound.part->part <= inbound.part->total) {
    const PartKey key{gateway, sender, line, inbound.part->reference, inbound.part->total};
    if (tx.value<int>(select_joined, sender, now - joined_window, joined_key(key))) return true;
    if (const auto old = add_part(tx, key, inbound.part->part, words, inbound.ref, now)) insert_joined(*old);
    if (const auto whole = take_complete(tx, key)) insert_joined(*whole);
    return true;
  }
  if (!inbound.ref.empty()) {
    insert(words, false, "ref:" + inbound.ref);
  } else if (!tx.value<int>(select_same, sender, line, words, now - same_text_window)) {
    insert(words, false, "own:" + std::to_string(ids_.next<InboundTag>().value));
  }
  return true;
}

void Inbox::receive(const asio::any_io_executor& loop, const std::string& gateway, gateway::Inbound inbound,
                    std::move_only_function<void(bool)> done) {
  writer_.post(
      [this, gateway, inbound = std::move(inbound)](storage::Tx& tx) mutable {
        return store(tx, gateway, std::move(inbound), clock_.now());
      },
      [this, loop, done = std::move(done)](const std::exception_ptr& error) mutable {
        if (error) log_.error("an inbound text was not stored; the gateway is asked to give it again");
        asio::post(loop, [done = std::move(done), stored = !error]() mutable { done(stored); });
      });
}

asio::awaitable<bool> Inbox::handle_next() {
  std::string failure;
  bool more = false;
  try {
    more = co_await writer_.run([this](storage::Tx& tx) {
      auto text = tx.first(select_next, to_text);
      if (!text) return false;
      text->recognised = recognise(text->text, words_);
      const TimePoint now = clock_.now();
      const Kind kind = handler_(tx, *text, now);
      tx.run(set_handled, text->id, kind, now);
      return true;
    });
  } catch (const storage::StorageDown&) {
    throw;
  } catch (const std::exception& e) {
    failure = e.what();
  }
  if (failure.empty()) co_return more;
  // The failed transaction left no trace. Count the try; after the last one a human gets it.
  co_await writer_.run([this](storage::Tx& tx) {
    const int attempts = tx.value<int>(count_attempt).value_or(0);
    const auto text = tx.first(select_next, to_text);
    if (!text || attempts < attempts_max) return;
    tx.run(set_failed, text->id, clock_.now());
    failed_(tx, *text, clock_.now());
  });
  log_.alarm("a text could not be handled", {{"error", failure}});
  co_return true;
}

asio::awaitable<std::size_t> Inbox::run_once() {
  co_await writer_.run([this](storage::Tx& tx) {
    for (const Joined& j : take_overdue(tx, clock_.now() - parts_patience)) {
      const auto id = ids_.next<InboundTag>();
      tx.run(insert_inbound, id, j.key.gateway, j.key.sender, j.key.line, j.text, j.incomplete,
             joined_key(j.key) + std::to_string(id.value), clock_.now());
    }
  });
  std::size_t handled = 0;
  while (handled < handled_a_turn && co_await handle_next()) ++handled;
  co_return handled;
}

}  // namespace tongdai::inbox
