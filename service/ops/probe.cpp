#include "ops/probe.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <utility>

namespace tongdai::ops {
namespace {

constexpr std::string_view greeting = "Kiem tra duong truyen ";  // read by nobody but us
constexpr std::size_t nonce_letters = 16;                        // of 32: 80 bits
constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef";
constexpr Duration kept = std::chrono::days{30};

constexpr std::string_view insert_probe =
    "INSERT INTO watch_probe (id, nonce, sent_at, state) SELECT COALESCE(MAX(id), 0) + 1, $1, $2, 'waiting' "
    "FROM watch_probe";
constexpr std::string_view select_state = "SELECT state FROM watch_probe WHERE nonce = $1";
constexpr std::string_view set_came =
    "UPDATE watch_probe SET state = $2, returned_at = $3 WHERE nonce = $1 AND state = $4";
constexpr std::string_view set_missed =
    "UPDATE watch_probe SET state = 'missed' WHERE state = 'waiting' AND sent_at <= $1";
constexpr std::string_view select_sent = "SELECT MAX(sent_at) FROM watch_probe";
constexpr std::string_view select_returned =
    "SELECT returned_at, returned_at - sent_at FROM watch_probe WHERE returned_at IS NOT NULL ORDER BY "
    "id DESC LIMIT 1";
constexpr std::string_view select_last_end =
    "SELECT state = 'missed' FROM watch_probe WHERE state <> 'waiting' ORDER BY id DESC LIMIT 1";
constexpr std::string_view delete_old = "DELETE FROM watch_probe WHERE sent_at < $1";

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto from = text.find_first_not_of(blanks);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(blanks) - from + 1);
}

}  // namespace

Result<ProbeState> next(ProbeState from, ProbeEvent event) {
  const bool came = event == ProbeEvent::came;
  if (from == ProbeState::waiting) return came ? ProbeState::returned : ProbeState::missed;
  if (from == ProbeState::missed && came) return ProbeState::late;
  return fail(Code::not_allowed,
              fmt::format("a synthetic report that is {} cannot be {}", name_of(from), name_of(event)));
}

NonceSource random_nonces() {
  return [] {
    std::string nonce;
    for (std::size_t i = 0; i < nonce_letters; ++i)
      nonce += alphabet[randombytes_uniform(static_cast<std::uint32_t>(alphabet.size()))];
    return nonce;
  };
}

std::string begin_probe(storage::Tx& tx, const NonceSource& nonces, TimePoint now) {
  const std::string nonce = nonces();
  tx.run(insert_probe, nonce, now);
  return std::string(greeting) + nonce;
}

bool take_probe(storage::Tx& tx, const SyntheticSettings& settings, const Phone& sender,
                std::string_view words, TimePoint now) {
  const std::string_view text = trimmed(words);
  if (sender != settings.from || !text.starts_with(greeting)) return false;
  const std::string nonce(text.substr(greeting.size()));
  const auto state = tx.value<ProbeState>(select_state, nonce);
  if (!state) return false;
  if (const auto to = next(*state, ProbeEvent::came)) tx.run(set_came, nonce, *to, now, *state);
  return true;
}

std::size_t give_up_probes(storage::Tx& tx, Duration within, TimePoint now) {
  return static_cast<std::size_t>(tx.run(set_missed, now - within));
}

ProbeHistory probe_history(storage::Tx& tx) {
  ProbeHistory history;
  history.sent = tx.value<TimePoint>(select_sent);
  tx.each(select_returned, [&](const storage::Row& row) {
    history.returned = row.get<TimePoint>(0);
    history.round = Duration{row.integer(1)};
  });
  history.is_missed = tx.value<bool>(select_last_end).value_or(false);
  return history;
}

bool is_probe_due(const ProbeHistory& history, Duration every, TimePoint now) {
  // A clock that was set back leaves the last one in the future.
  return !history.sent || now - *history.sent >= every || *history.sent > now;
}

void drop_old_probes(storage::Tx& tx, TimePoint now) {
  tx.run(delete_old, now - kept);
}

}  // namespace tongdai::ops
