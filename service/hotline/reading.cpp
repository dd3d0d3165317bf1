#include "hotline/reading.hpp"

namespace tongdai::hotline {
namespace {

constexpr std::string_view select_texts =
    "SELECT i.id, i.received_at, unseal(i.key_id, i.sealed_text, i.text), i.incomplete FROM case_text t JOIN "
    "inbound i ON i.id = t.inbound_id WHERE t.case_id = $1 ORDER BY i.id";
// Replies are found by their key: they answer a text, before it has a case.
constexpr std::string_view select_sent =
    "SELECT m.id, m.created_at, m.purpose, unseal(b.key_id, b.sealed_text, b.text), m.state, "
    "COALESCE(f.name, '') FROM message m JOIN body b ON b.id = m.body_id LEFT JOIN referral r ON r.id = "
    "m.referral_id LEFT JOIN facility f ON f.id = r.facility_id WHERE m.case_id = $1 OR (m.key_id > 0 AND "
    "m.key_id IN (SELECT i.key_id FROM case_text t JOIN "
    "inbound i "
    "ON i.id = t.inbound_id WHERE t.case_id = $1)) ORDER BY m.id";

}  // namespace

std::optional<CaseRead> read_case(storage::Tx& tx, std::string_view code) {
  auto found = find_case(tx, code);
  if (!found) return std::nullopt;
  CaseRead read;
  read.c = std::move(*found);
  read.erased = is_erased(tx, read.c.id);
  read.texts = tx.all(
      select_texts,
      [](const storage::Row& row) {
        return TextRead{row.get<InboundId>(0), row.get<TimePoint>(1), row.text(2), row.get<bool>(3)};
      },
      read.c.id);
  read.sent = tx.all(
      select_sent,
      [](const storage::Row& row) {
        return SentRead{row.get<MessageId>(0),
                        row.get<TimePoint>(1),
                        row.get<outbox::Purpose>(2),
                        row.text(3),
                        row.get<outbox::MessageState>(4),
                        row.text(5)};
      },
      read.c.id);
  return read;
}

}  // namespace tongdai::hotline
