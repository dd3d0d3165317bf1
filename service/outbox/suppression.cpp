#include "outbox/suppression.hpp"

namespace tongdai::outbox {
namespace {

constexpr std::string_view insert_opt_out =
    "INSERT INTO opt_out (recipient, at, source) VALUES ($1, $2, $3) ON CONFLICT (recipient) DO NOTHING";
constexpr std::string_view delete_opt_out = "DELETE FROM opt_out WHERE recipient = $1";
constexpr std::string_view select_opt_out = "SELECT 1 FROM opt_out WHERE recipient = $1";
constexpr std::string_view insert_hold =
    "INSERT INTO hold (recipient, holder) VALUES ($1, $2) ON CONFLICT (recipient, holder) DO NOTHING";
constexpr std::string_view delete_hold = "DELETE FROM hold WHERE recipient = $1 AND holder = $2";
constexpr std::string_view select_hold = "SELECT 1 FROM hold WHERE recipient = $1 LIMIT 1";

}  // namespace

bool opt_out(storage::Tx& tx, const Phone& phone, OptOutSource source, TimePoint now) {
  return tx.run(insert_opt_out, phone, now, source) > 0;
}

bool opt_in(storage::Tx& tx, const Phone& phone) {
  return tx.run(delete_opt_out, phone) > 0;
}

bool has_opted_out(storage::Tx& tx, const Phone& phone) {
  return tx.value<int>(select_opt_out, phone).has_value();
}

void hold(storage::Tx& tx, const Phone& phone, std::int64_t holder) {
  tx.run(insert_hold, phone, holder);
}

void release(storage::Tx& tx, const Phone& phone, std::int64_t holder) {
  tx.run(delete_hold, phone, holder);
}

bool is_held(storage::Tx& tx, const Phone& phone) {
  return tx.value<int>(select_hold, phone).has_value();
}

}  // namespace tongdai::outbox
