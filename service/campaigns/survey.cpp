#include "campaigns/survey.hpp"

#include "campaigns/audience_sql.hpp"
#include "campaigns/filling.hpp"

namespace tongdai::campaigns {
namespace {

constexpr std::string_view select_chosen = TONGDAI_CHOSEN("(NOT " TONGDAI_NAMED("group") "OR " TONGDAI_MEMBER(
    "group") ")") "SELECT phone, unit_id, text, reason, again, name FROM chosen";
constexpr std::string_view select_frozen =
    "SELECT r.recipient, r.unit_id, r.text, CASE WHEN r.state = 'pending' THEN '' ELSE r.reason END, r.fill, "
    "r.seq, CASE WHEN r.state = 'pending' AND r.seq > c.cursor THEN 0 ELSE 1 END FROM campaign_recipient r "
    "JOIN campaign c ON c.id = r.campaign_id WHERE r.campaign_id = $1";

void read_person(const storage::Row& row, Surveyed& person) {
  person.phone = row.get<Phone>(0);
  person.unit = row.get<std::optional<UnitId>>(1);
  person.text = row.get<int>(2);
  person.reason = row.text(3);
}

}  // namespace

void survey(storage::Tx& tx, const Campaign& c, const std::function<void(const Surveyed&)>& read) {
  Surveyed person;
  if (c.frozen) {
    const auto frozen = [&](const storage::Row& row) {
      read_person(row, person);
      person.fill = row.text(4);
      person.seq = row.integer(5);
      person.is_over = row.get<bool>(6);
      read(person);
    };
    return tx.each(select_frozen, frozen, c.id);
  }
  Filler filler(tx, c.id);
  const auto chosen = [&](const storage::Row& row) {
    read_person(row, person);
    person.again = row.get<int>(4);
    if (filler.is_needed()) person.fill = filler.fill(person.phone, row.text(5), person.unit);
    read(person);
  };
  tx.each(select_chosen, chosen, c.id);
}

}  // namespace tongdai::campaigns
