#include "campaigns/breakdown.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace tongdai::campaigns {
namespace {

using outbox::MessageState;

// Of a number's beginning: country code and at most four digits tell the carrier in every plan we know.
constexpr int prefix_digits = 4;
constexpr Duration slot = 15min;  // no zone's offset is finer
constexpr std::int64_t no_slot = -1;
// What is grouped at once: the rows of a million would take 100 MB to be sorted.
constexpr std::int64_t rows_at_once = 50'000;

// Up to the cursor who has no message yet and was not refused is in a gateway's hands.
#define STATE                                                                                             \
  "COALESCE(m.state, CASE WHEN r.state = 'pending' AND r.seq <= c.cursor THEN 'submitting' ELSE r.state " \
  "END)"
#define HELD "(COALESCE(m.reason, r.reason) = 'held' AND COALESCE(m.state, r.state) = 'suppressed')"
// Columns: state, people, reached, parts, the key; then what else the dimension needs. Of the places $2 to
// $3.
#define COUNT_BY(KEY, MORE, JOIN)                                                                       \
  "SELECT " STATE                                                                                       \
  " AS standing, COUNT(*), SUM(CASE WHEN m.state = 'delivered' OR (m.state = 'accepted' AND "           \
  "m.awaits_receipt "                                                                                   \
  "= 0) "                                                                                               \
  "THEN 1 ELSE 0 END), SUM(CASE WHEN m.state IN ('accepted', 'delivered', 'undelivered', 'uncertain') " \
  "THEN m.parts ELSE 0 END), " KEY " AS share" MORE                                                     \
  " FROM campaign c JOIN campaign_recipient r ON r.campaign_id = c.id "                                 \
  "LEFT JOIN message m ON m.campaign_id = r.campaign_id AND m.campaign_seq = r.seq " JOIN               \
  "WHERE c.id = $1 AND r.seq BETWEEN $2 AND $3 GROUP BY share, standing"
constexpr std::string_view by_unit =
    COUNT_BY("CASE WHEN " HELD " THEN 0 ELSE COALESCE(r.unit_id, 0) END", "", "");
constexpr std::string_view by_language = COUNT_BY("CASE WHEN " HELD " THEN '' ELSE r.language END", "", "");
// A number of the prefix stands for all: numbers of one prefix have one length.
constexpr std::string_view by_carrier =
    COUNT_BY("CASE WHEN " HELD " THEN '' ELSE SUBSTR(r.recipient, 1, $4) || LENGTH(r.recipient) END",
             ", MIN(r.recipient)", "");
constexpr std::string_view by_hour =
    COUNT_BY("CASE WHEN m.submitted_at IS NULL OR " HELD " THEN -1 ELSE m.submitted_at / $4 END", "", "");
constexpr std::string_view by_gateway =
    COUNT_BY("CASE WHEN m.state IS NULL OR m.state = 'suppressed' THEN '' ELSE m.gateway END", "", "");
constexpr std::string_view by_reason = COUNT_BY("COALESCE(m.reason, r.reason)", "", "");
constexpr std::string_view by_group =
    COUNT_BY("CASE WHEN " HELD " THEN '' ELSE COALESCE(g.name, '') END", "",
             "LEFT JOIN contact k ON k.phone = r.recipient LEFT JOIN group_member i ON i.contact_id = k.id "
             "LEFT JOIN contact_group g ON g.id = i.group_id ");
constexpr std::string_view select_last =
    "SELECT COALESCE(MAX(seq), 0) FROM campaign_recipient WHERE campaign_id = $1";
#undef COUNT_BY
#undef HELD
#undef STATE

/// The rows of a dimension while they are gathered.
class Gathered {
 public:
  void add(const storage::Row& row, const std::string& key, const std::string& name = {}) {
    BreakdownRow& share = shares_[key];
    share.key = key;
    share.name = name;
    const std::string state = row.text(0);
    if (state == "pending") {
      share.pending += row.integer(1);
    } else {
      share.by_state[static_cast<std::size_t>(row.get<MessageState>(0))] += row.integer(1);
    }
    share.reached += row.integer(2);
    share.parts += row.integer(3);
  }
  [[nodiscard]] std::map<std::string, BreakdownRow>& shares() noexcept { return shares_; }

 private:
  std::map<std::string, BreakdownRow> shares_;
};

constexpr auto suppressed = static_cast<std::size_t>(MessageState::suppressed);

/// Few who are held share a row with who was left out for the reasons that are rarest.
void merge_few_held(std::map<std::string, BreakdownRow>& shares) {
  const auto held = shares.find("held");
  if (held == shares.end() || held->second.by_state[suppressed] >= held_least) return;
  BreakdownRow other = std::move(held->second);
  other.key = other_reasons;
  shares.erase(held);
  std::vector<BreakdownRow*> rest;
  for (auto& [key, share] : shares)
    if (share.by_state[suppressed] > 0) rest.push_back(&share);
  std::ranges::sort(rest, {}, [](const BreakdownRow* share) { return share->by_state[suppressed]; });
  for (BreakdownRow* share : rest) {
    other.by_state[suppressed] += std::exchange(share->by_state[suppressed], 0);
    if (other.by_state[suppressed] >= held_least) break;
  }
  std::erase_if(shares, [](const auto& share) { return share.second.people() == 0; });
  shares.emplace(other_reasons, std::move(other));
}

/// A range of an audience.
struct Range {
  CampaignId campaign;
  std::int64_t from = 0, to = 0;
};

void gather(storage::Tx& tx, Gathered& into, const Range& of, Dimension by, const BreakdownTerms& terms,
            const directory::UnitLevels& units) {
  const auto by_text = [&](std::string_view sql) {
    tx.each(sql, [&](const storage::Row& row) { into.add(row, row.text(4)); }, of.campaign, of.from, of.to);
  };
  switch (by) {
    case Dimension::unit:
      return tx.each(
          by_unit,
          [&](const storage::Row& row) {
            const auto unit = units.named(units.at(row.get<UnitId>(4), terms.level));
            into.add(row, unit.code, unit.name);
          },
          of.campaign, of.from, of.to);
    case Dimension::carrier:
      return tx.each(
          by_carrier,
          [&](const storage::Row& row) {
            into.add(row, row.text(4).empty() ? "" : carrier_of(terms.plan, row.get<Phone>(5)));
          },
          of.campaign, of.from, of.to, 1 + std::ssize(terms.plan.country_code()) + prefix_digits);
    case Dimension::hour:
      return tx.each(
          by_hour,
          [&](const storage::Row& row) {
            std::string shown;
            if (row.integer(4) != no_slot) shown = terms.zone.print(TimePoint{slot * row.integer(4)});
            if (!shown.empty()) shown.replace(shown.size() - 2, 2, "00");
            into.add(row, shown);
          },
          of.campaign, of.from, of.to, slot);
    case Dimension::language:
      return by_text(by_language);
    case Dimension::gateway:
      return by_text(by_gateway);
    case Dimension::reason:
      return by_text(by_reason);
    case Dimension::group:
      return by_text(by_group);
  }
}

}  // namespace

std::int64_t BreakdownRow::people() const {
  return std::accumulate(by_state.begin(), by_state.end(), pending);
}

std::string carrier_of(const text::NumberingPlan& plan, const Phone& phone) {
  const auto parsed = plan.parse(phone.reveal());
  return parsed ? parsed->carrier : "";
}

std::vector<BreakdownRow> breakdown(storage::Tx& tx, CampaignId id, Dimension by,
                                    const BreakdownTerms& terms) {
  Gathered gathered;
  const directory::UnitLevels units(tx);
  const auto last = tx.value<std::int64_t>(select_last, id).value_or(0);
  for (std::int64_t from = 1; from <= last; from += rows_at_once)
    gather(tx, gathered, {id, from, from + rows_at_once - 1}, by, terms, units);
  if (by == Dimension::reason) merge_few_held(gathered.shares());
  std::vector<BreakdownRow> rows;
  for (auto& [key, share] : gathered.shares()) rows.push_back(std::move(share));
  if (by != Dimension::hour)
    std::ranges::sort(rows, {}, [](const BreakdownRow& row) { return std::pair(-row.people(), row.key); });
  return rows;
}

}  // namespace tongdai::campaigns
