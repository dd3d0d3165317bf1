#include "outbox/suppression.hpp"

#include "outbox/standing.hpp"

namespace tongdai::outbox {
namespace {

constexpr std::string_view insert_opt_out =
    "INSERT INTO opt_out (recipient, at, source) VALUES (tag($1), $2, $3) ON CONFLICT (recipient) DO NOTHING";
constexpr std::string_view delete_opt_out = "DELETE FROM opt_out WHERE recipient = tag($1)";
constexpr std::string_view select_opt_out = "SELECT 1 FROM opt_out WHERE recipient = tag($1)";
// The latest word counts, and who refused all has taken an earlier one back.
constexpr std::string_view upsert_consent =
    "INSERT INTO consent (recipient, at, source) SELECT $1, $2, $3 "
    "WHERE NOT EXISTS (SELECT 1 FROM opt_out WHERE recipient = tag($1)) "
    "ON CONFLICT (recipient) DO UPDATE SET at = excluded.at, source = excluded.source";
constexpr std::string_view delete_consent = "DELETE FROM consent WHERE recipient = $1";
constexpr std::string_view select_consent = "SELECT 1 FROM consent WHERE recipient = $1";
constexpr std::string_view select_do_not_call = "SELECT " TONGDAI_IN_REGISTER("$1");
// A holder that let go and holds again does so from its first day on.
constexpr std::string_view insert_hold =
    "INSERT INTO hold (recipient, holder, began_at) VALUES (tag($1), $2, $3) "
    "ON CONFLICT (recipient, holder) DO UPDATE SET until = NULL";
constexpr std::int64_t no_case = 0;
constexpr std::string_view insert_short_hold =
    "INSERT INTO hold (recipient, holder, began_at, until) VALUES (tag($1), $2, $3, $4) "
    "ON CONFLICT (recipient, holder) DO UPDATE SET until = MAX(until, excluded.until)";
constexpr std::string_view select_began_at =
    "SELECT began_at FROM hold WHERE recipient = tag($1) AND holder = $2 AND until IS NULL";
constexpr std::string_view set_until = "UPDATE hold SET until = $3 WHERE recipient = tag($1) AND holder = $2";
constexpr std::string_view select_hold = "SELECT " TONGDAI_HELD("$1", "$2");
constexpr std::string_view delete_past = "DELETE FROM hold WHERE until <= $1";

}  // namespace

bool opt_out(storage::Tx& tx, const Phone& phone, OptOutSource source, TimePoint now) {
  tx.run(delete_consent, phone);
  return tx.run(insert_opt_out, phone, now, source) > 0;
}

bool opt_in(storage::Tx& tx, const Phone& phone) {
  return tx.run(delete_opt_out, phone) > 0;
}

bool has_opted_out(storage::Tx& tx, const Phone& phone) {
  return tx.value<int>(select_opt_out, phone).has_value();
}

bool consent(storage::Tx& tx, const Phone& phone, TimePoint at, ConsentSource source) {
  return tx.run(upsert_consent, phone, at, source) > 0;
}

bool has_consented(storage::Tx& tx, const Phone& phone) {
  return tx.value<int>(select_consent, phone).has_value();
}

bool is_do_not_call(storage::Tx& tx, const Phone& phone) {
  return tx.value<bool>(select_do_not_call, phone).value_or(false);
}

void hold(storage::Tx& tx, const Phone& phone, std::int64_t holder, TimePoint now) {
  tx.run(insert_hold, phone, holder, now);
}

void release(storage::Tx& tx, const Phone& phone, std::int64_t holder, TimePoint now) {
  const auto began = tx.value<TimePoint>(select_began_at, phone, holder);
  if (!began) return;
  constexpr Duration week = std::chrono::weeks{1};
  const auto weeks = std::max<std::int64_t>((now - *began + week - Duration{1}) / week, 1);
  tx.run(set_until, phone, holder, *began + weeks * week);
}

void hold_until(storage::Tx& tx, const Phone& phone, TimePoint until, TimePoint now) {
  tx.run(insert_short_hold, phone, no_case, now, until);
}

bool is_held(storage::Tx& tx, const Phone& phone, TimePoint now) {
  return tx.value<bool>(select_hold, phone, now).value_or(false);
}

void drop_past_holds(storage::Tx& tx, TimePoint now) {
  tx.run(delete_past, now);
}

}  // namespace tongdai::outbox
