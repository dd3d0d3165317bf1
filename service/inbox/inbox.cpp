#include "inbox/inbox.hpp"

#include <fmt/format.h>
#include <boost/asio/post.hpp>

#include "inbox/keys.hpp"
#include "inbox/parts.hpp"
#include "storage/seal_functions.hpp"
#include "text/fold.hpp"

namespace tongdai::inbox {
namespace {

constexpr Duration parts_patience =
    3min;  // the rest of a long text rarely comes later; a report must not wait
constexpr Duration joining_slack = 1min;  // from the end of that patience until the text is handled
constexpr Duration same_text_window =
    60s;                                // without an id of the gateway: the same words again are a redelivery
constexpr Duration joined_window = 1h;  // a part that comes again after its text was joined
constexpr Duration same_ref_window =
    72h;  // centres keep a text this long at most; an id may be used again after
constexpr int attempts_max = 3;
constexpr std::size_t sender_chars_max = 64;
constexpr std::size_t text_bytes_max = 64 * 1024;  // 255 parts of 153 characters, and room for UTF-8
constexpr std::size_t handled_a_turn = 200;

constexpr std::string_view insert_inbound =
    "INSERT INTO inbound (id, gateway, sender, line, text, state, incomplete, dedupe_key, received_at, "
    "key_id, "
    "sealed_sender, sealed_text, text_tag) VALUES ($1, $2, tag($3), $4, '', 'received', $6, $7, $8, $9, "
    "seal($9, $3), seal($9, $5), tag('text:' || $5)) ON CONFLICT (gateway, dedupe_key) DO NOTHING";
constexpr std::string_view select_same =
    "SELECT 1 FROM inbound WHERE sender = tag($1) AND line = $2 AND text_tag = tag('text:' || $3) AND "
    "received_at > $4 LIMIT 1";
constexpr std::string_view select_same_ref =
    "SELECT 1 FROM inbound WHERE sender = tag($1) AND line = $2 AND text_tag = tag('text:' || $3) AND "
    "received_at > $4 AND gateway = $5 "
    "AND (dedupe_key = $6 OR substr(dedupe_key, 1, length($6) + 1) = $6 || ':') LIMIT 1";
constexpr std::string_view select_key = "SELECT 1 FROM inbound WHERE gateway = $1 AND dedupe_key = $2";
constexpr std::string_view select_joined =
    "SELECT unseal(key_id, sealed_text, text) FROM inbound WHERE sender = tag($1) AND received_at > $2 AND "
    "substr(dedupe_key, 1, length($3)) = $3";
#define TEXT_COLUMNS                                                                              \
  "id, gateway, unseal(key_id, sealed_sender, sender), line, unseal(key_id, sealed_text, text), " \
  "incomplete, "                                                                                  \
  "received_at"
constexpr std::string_view select_next =
    "SELECT " TEXT_COLUMNS " FROM inbound WHERE state = 'received' AND attempts < $1 ORDER BY id LIMIT 1";
constexpr std::string_view select_given_up =
    "SELECT " TEXT_COLUMNS
    " FROM inbound WHERE state = 'received' AND attempts >= $1 ORDER BY attempts, id "
    "LIMIT 1";
#undef TEXT_COLUMNS
constexpr std::string_view set_handled =
    "UPDATE inbound SET state = 'handled', kind = $2, handled_at = $3 WHERE id = $1 AND state = 'received'";
constexpr std::string_view count_attempt =
    "UPDATE inbound SET attempts = attempts + 1 WHERE id = $1 AND state = 'received'";
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

std::string joined_key(storage::Tx& tx, const PartKey& key) {
  return fmt::format("parts:{}:{}:{}:{}:", storage::tag(tx, key.sender.reveal()), key.line.reveal(),
                     key.reference, key.total);
}

/// Did this part come before, in a text that is joined already? Its place in that text tells it from a part
/// of a new text: a reference is one octet, phones use it again within the hour, and a report must not fall
/// to that.
bool is_repeated(storage::Tx& tx, const PartKey& key, int part, std::string_view words, TimePoint now) {
  if (is_under_way(tx, key)) return false;
  bool repeated = false;
  tx.each(
      select_joined,
      [&](const storage::Row& row) {
        const std::string text = row.text(0);
        repeated = repeated || (part == 1           ? text.starts_with(words)
                                : part == key.total ? text.ends_with(words)
                                                    : text.find(words) != std::string::npos);
      },
      key.sender, now - joined_window, joined_key(tx, key));
  return repeated;
}

/// Where a gateway's id puts a text: nothing for one that we have. An id that was used for other words, or
/// long ago, is no proof that the text is the same.
std::optional<std::string> key_by_ref(storage::Tx& tx, const std::string& gateway, const InboundText& text,
                                      const std::string& ref, std::string_view unique) {
  const std::string key = "ref:" + ref;
  if (tx.value<int>(select_same_ref, text.sender, text.line, text.text, text.received_at - same_ref_window,
                    gateway, key)) {
    return std::nullopt;
  }
  return tx.value<int>(select_key, gateway, key) ? fmt::format("{}:{}", key, unique) : key;
}

}  // namespace

Inbox::Inbox(storage::Writer& writer, IdSource& ids, const Clock& clock, Log& log,
             const text::NumberingPlan& plan, Words words)
    : writer_(writer), ids_(ids), clock_(clock), log_(log), plan_(plan), words_(std::move(words)) {}

void Inbox::set_handlers(Handler handler, FailureHandler failed) {
  handler_ = std::move(handler);
  failed_ = std::move(failed);
}

Phone Inbox::phone_of(const std::string& written) const {
  if (auto number = plan_.parse(written)) return number->phone;
  return Phone::stored(text::nfc(written.empty() ? "unknown" : written.substr(0, sender_chars_max)));
}

void Inbox::insert(storage::Tx& tx, const InboundText& text, std::string_view once, KeyId key) {
  tx.run(insert_inbound, text.id, text.gateway, text.sender, text.line, text.text, text.incomplete, once,
         text.received_at, key);
  tx.changed("inbound", text.id.value);
}

void Inbox::insert_joined(storage::Tx& tx, const Joined& j, TimePoint now) {
  const auto id = ids_.next<InboundTag>();
  insert(tx, {id, j.key.gateway, j.key.sender, j.key.line, j.text, j.incomplete, now, {}},
         joined_key(tx, j.key) + to_string(id), j.sealed_with);
}

bool Inbox::store(storage::Tx& tx, const std::string& gateway, const gateway::Inbound& inbound,
                  TimePoint now) {
  InboundText text{ids_.next<InboundTag>(),
                   gateway,
                   phone_of(inbound.sender),
                   phone_of(inbound.line),
                   text::nfc(inbound.text.substr(0, text_bytes_max)),
                   false,
                   now,
                   {}};
  const auto& part = inbound.part;
  if (part && part->total > 1 && part->part >= 1 && part->part <= part->total) {
    const PartKey key{gateway, text.sender, text.line, part->reference, part->total};
    if (is_repeated(tx, key, part->part, text.text, now)) return true;
    if (const auto old = add_part(tx, key, part->part, text.text, inbound.ref, now))
      insert_joined(tx, *old, now);
    if (const auto whole = take_complete(tx, key))
      insert_joined(tx, *whole, now);
    else
      under_way_(tx, text.sender, now + parts_patience + joining_slack);
    return true;
  }
  if (!inbound.ref.empty()) {
    if (const auto key = key_by_ref(tx, gateway, text, inbound.ref, to_string(text.id)))
      insert(tx, text, *key, key_for(tx, text.sender));
  } else if (!tx.value<int>(select_same, text.sender, text.line, text.text, now - same_text_window)) {
    insert(tx, text, "own:" + to_string(text.id), key_for(tx, text.sender));
  }
  return true;
}

void Inbox::receive(const asio::any_io_executor& loop, const std::string& gateway, gateway::Inbound inbound,
                    std::move_only_function<void(bool)> done) {
  writer_.post([this, gateway, inbound = std::move(inbound)](
                   storage::Tx& tx) { return store(tx, gateway, inbound, clock_.now()); },
               [this, loop, done = std::move(done)](const std::exception_ptr& error) mutable {
                 if (error)
                   log_.error("an inbound text was not stored; the gateway is asked to give it again");
                 asio::post(loop, [done = std::move(done), stored = !error]() mutable { done(stored); });
               });
  // In the same commit, if nothing goes wrong: whoever asks for help waits for one commit less. If something
  // does, the text stands as it came, and run_once tries again and counts.
  writer_.post(
      [this](storage::Tx& tx) {
        auto text = tx.first(select_next, to_text, 1);
        if (text) handle(tx, *text, clock_.now());
        return true;
      },
      [](const std::exception_ptr&) {});
}

asio::awaitable<bool> Inbox::try_next(std::string_view select, Step step, std::string_view fault) {
  InboundId tried;
  bool more = false;
  std::optional<std::string> failure;
  try {
    more = co_await writer_.run([&](storage::Tx& tx) {
      auto text = tx.first(select, to_text, attempts_max);
      if (!text) return false;
      tried = text->id;
      (this->*step)(tx, *text, clock_.now());
      return true;
    });
  } catch (const storage::StorageDown&) {
    throw;
  } catch (const std::exception& e) {
    failure = e.what();
  } catch (...) {
    failure = "unknown exception";
  }
  if (!failure) co_return more;
  // The failed transaction left no trace, so the try is counted in one of its own.
  co_await writer_.run([&](storage::Tx& tx) { tx.run(count_attempt, tried); });
  log_.alarm(fault, {{"error", *failure}});
  co_return step == &Inbox::handle;
}

void Inbox::handle(storage::Tx& tx, InboundText& text, TimePoint now) {
  text.recognised = recognise(text.text, words_);
  const Kind kind = handler_(tx, text, now);
  tx.run(set_handled, text.id, kind, now);
}

void Inbox::hand_over(storage::Tx& tx, InboundText& text, TimePoint now) {
  tx.run(set_failed, text.id, now);
  failed_(tx, text, now);
}

asio::awaitable<std::size_t> Inbox::run_once() {
  co_await writer_.run([this](storage::Tx& tx) {
    const TimePoint now = clock_.now();
    for (const Joined& j : take_overdue(tx, now - parts_patience)) insert_joined(tx, j, now);
  });
  std::size_t handled = 0;
  while (handled < handled_a_turn &&
         co_await try_next(select_next, &Inbox::handle, "a text could not be handled")) {
    ++handled;
  }
  // Behind the others, so that a desk which cannot be reached holds nobody up. Tried again each turn.
  while (handled < handled_a_turn &&
         co_await try_next(select_given_up, &Inbox::hand_over, "a text could not be handed to a human")) {
    ++handled;
  }
  co_return handled;
}

}  // namespace tongdai::inbox
