#include "campaigns/freezing.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "campaigns/audience.hpp"
#include "campaigns/audience_sql.hpp"
#include "campaigns/filling.hpp"
#include "campaigns/store.hpp"
#include "core/phone.hpp"
#include "outbox/messages.hpp"
#include "outbox/tally.hpp"

namespace tongdai::campaigns {
namespace {

constexpr std::string_view insert_freeze =
    "INSERT INTO campaign_freeze (campaign_id, at, contact_max) SELECT $1, $2, COALESCE(MAX(id), 0) FROM "
    "contact";
// The uploads that are in force now are those of this audience to its end.
constexpr std::string_view pin_lists =
    "UPDATE campaign_audience SET batch_id = (SELECT l.batch_id FROM number_list l WHERE l.id = target_id) "
    "WHERE campaign_id = $1 AND role IN ('list', 'exclude_list')";
constexpr std::string_view unpin_lists =
    "UPDATE campaign_audience SET batch_id = 0 WHERE campaign_id = $1 AND batch_id <> 0";
constexpr std::string_view delete_freeze = "DELETE FROM campaign_freeze WHERE campaign_id = $1";
constexpr std::string_view update_freeze = "UPDATE campaign_freeze SET after_id = $2 WHERE campaign_id = $1";
// The one that came last is served first: a small audience does not wait for a large one.
constexpr std::string_view select_next =
    "SELECT f.campaign_id, f.contact_max, f.after_id, k.audience FROM campaign_freeze f "
    "JOIN campaign k ON k.id = f.campaign_id ORDER BY f.after_id, f.campaign_id LIMIT 1";
constexpr std::string_view select_groups =
    "SELECT target_id FROM campaign_audience WHERE campaign_id = $1 AND role = 'group'";
constexpr std::string_view select_nth_contact =
    "SELECT id FROM contact WHERE id > $1 AND id <= $2 ORDER BY id LIMIT 1 OFFSET $3";
constexpr std::string_view select_nth_member =
    "SELECT contact_id FROM group_member WHERE group_id = $1 AND contact_id > $2 AND contact_id <= $3 "
    "ORDER BY contact_id LIMIT 1 OFFSET $4";
// Contacts from $2 (without) to $3 (with).
#define CHOSEN_WITHIN(SCOPE) \
  TONGDAI_CHOSEN(SCOPE) "SELECT phone, text, reason, unit_id, language, name, again FROM chosen ORDER BY id"
constexpr std::string_view select_of_all = CHOSEN_WITHIN("c.id > $2 AND c.id <= $3");
constexpr std::string_view select_of_groups = CHOSEN_WITHIN(
    "c.id IN (SELECT i.contact_id FROM campaign_audience g JOIN group_member i ON i.group_id = g.target_id "
    "WHERE g.campaign_id = $1 AND g.role = 'group' AND i.contact_id > $2 AND i.contact_id <= $3)");
#undef CHOSEN_WITHIN
constexpr std::string_view insert_recipient =
    "INSERT INTO campaign_recipient (campaign_id, seq, recipient, text, state, reason, unit_id, language, "
    "fill) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

struct Freeze {
  CampaignId campaign;
  std::int64_t contact_max = 0;
  std::int64_t after = 0;
  std::int64_t audience = 0;  ///< so far
};

/// How far a step of so many contacts comes: of each group, or of all.
std::int64_t reach(storage::Tx& tx, const Freeze& f, const std::vector<std::int64_t>& groups,
                   std::int64_t contacts) {
  if (groups.empty()) {
    return tx.value<std::int64_t>(select_nth_contact, f.after, f.contact_max, contacts - 1)
        .value_or(f.contact_max);
  }
  const std::int64_t share = std::max<std::int64_t>(contacts / std::ssize(groups), 1);
  std::int64_t to = f.contact_max;
  for (const std::int64_t group : groups) {
    to = std::min(to, tx.value<std::int64_t>(select_nth_member, group, f.after, to, share - 1).value_or(to));
  }
  return to;
}

/// Writes down who is chosen up to contact `to`. How many of whom.
AudienceSize write_down(storage::Tx& tx, const Freeze& f, bool of_groups, std::int64_t to) {
  Filler filler(tx, f.campaign);
  AudienceSize size;
  std::int64_t suppressed = 0;
  std::string fill;
  const auto write = [&](const storage::Row& row) {
    const auto phone = row.get<Phone>(0);
    const std::string reason = row.text(2);
    const auto home = row.get<std::optional<UnitId>>(3);
    fill.clear();
    if (reason.empty() && filler.is_needed()) fill = filler.fill(phone, row.text(5), home);
    ++size.audience;
    size.duplicates += row.integer(6);
    tx.run(insert_recipient, f.campaign, f.audience + size.audience, phone, row.integer(1),
           reason.empty() ? "pending" : "suppressed", reason, home, row.text(4), fill);
    if (reason.empty()) return;
    ++suppressed;
    ++size.exclusions[reason];
  };
  tx.each(of_groups ? select_of_groups : select_of_all, write, f.campaign, f.after, to);
  outbox::tally(tx, f.campaign, std::nullopt, outbox::MessageState::suppressed, suppressed);
  add_frozen(tx, f.campaign, size);
  return size;
}

}  // namespace

void begin_freeze(storage::Tx& tx, CampaignId id, TimePoint now) {
  tx.run(insert_freeze, id, now);
  tx.run(pin_lists, id);
}

void end_freeze(storage::Tx& tx, CampaignId id) {
  tx.run(delete_freeze, id);
  tx.run(unpin_lists, id);
}

bool freeze_step(storage::Tx& tx, std::int64_t contacts) {
  const auto f = tx.first(select_next, [](const storage::Row& row) {
    return Freeze{row.get<CampaignId>(0), row.integer(1), row.integer(2), row.integer(3)};
  });
  if (!f) return false;
  const auto groups =
      tx.all(select_groups, [](const storage::Row& row) { return row.integer(0); }, f->campaign);
  const std::int64_t to = reach(tx, *f, groups, contacts);
  const AudienceSize added = write_down(tx, *f, !groups.empty(), to);
  set_audience(tx, f->campaign, f->audience + added.audience);
  if (to < f->contact_max) {
    tx.run(update_freeze, f->campaign, to);
    tx.changed(outbox::progress, f->campaign.value);
  } else {
    end_freeze(tx, f->campaign);
    set_frozen(tx, f->campaign);
    tx.changed("campaign", f->campaign.value);
  }
  return true;
}

}  // namespace tongdai::campaigns
