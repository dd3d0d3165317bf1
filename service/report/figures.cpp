#include "report/figures.hpp"

#include <algorithm>
#include <charconv>

namespace tongdai::report {
namespace {

constexpr std::string_view select_of_period =
    "SELECT id FROM campaign WHERE start_at >= $1 AND start_at < $2 AND state NOT IN ('draft', 'submitted') "
    "AND NOT "
    "(state = 'cancelled' AND audience = 0) ORDER BY start_at, id";
constexpr std::string_view select_of_series =
    "SELECT id FROM campaign WHERE series_id = $1 AND series_id <> 0 ORDER BY start_at, id";
// As campaigns::breakdown counts what left; the numbers' beginnings tell the carrier.
constexpr std::string_view select_carriage =
    "SELECT m.gateway, MIN(m.recipient), SUM(CASE WHEN m.state IN ('accepted', 'delivered', 'undelivered', "
    "'uncertain') "
    "THEN m.parts ELSE 0 END), SUM(CASE WHEN m.state = 'delivered' OR (m.state = 'accepted' AND "
    "m.awaits_receipt = 0) "
    "THEN 1 ELSE 0 END), SUM(CASE WHEN m.state = 'accepted' AND m.awaits_receipt = 1 THEN 1 ELSE 0 END), "
    "MIN(m.submitted_at), MAX(m.submitted_at) FROM message m WHERE m.campaign_id = $1 "
    "AND m.campaign_seq BETWEEN $3 AND $4 GROUP BY m.gateway, SUBSTR(m.recipient, 1, $2), "
    "LENGTH(m.recipient)";
constexpr std::string_view select_last = "SELECT MAX(campaign_seq) FROM message WHERE campaign_id = $1";
constexpr std::string_view select_reached =
    "SELECT recipient FROM message WHERE campaign_id = $1 AND (state = 'delivered' OR (state = 'accepted' "
    "AND "
    "awaits_receipt = 0))";
// Who had a text, or was about to.
constexpr std::string_view select_refusers =
    "SELECT r.recipient FROM campaign_recipient r WHERE r.campaign_id = $1 AND r.state = 'pending' AND "
    "EXISTS "
    "(SELECT 1 FROM opt_out o WHERE o.recipient = tag(r.recipient) AND o.at >= $2)";
constexpr int prefix_digits = 4;
constexpr std::int64_t rows_at_once = 50'000;  // grouped at once: a million would take 100 MB to be sorted

/// E.164 has 15 digits at most: a number is a number.
std::uint64_t digits_of(const std::string& phone) {
  std::uint64_t n = 0;
  const char* const from = phone.data() + (phone.starts_with('+') ? 1 : 0);
  std::from_chars(from, phone.data() + phone.size(), n);
  return n;
}

void sort_each_once(std::vector<std::uint64_t>& numbers) {
  std::ranges::sort(numbers);
  const auto repeated = std::ranges::unique(numbers);
  numbers.erase(repeated.begin(), repeated.end());
}

std::vector<campaigns::Campaign> found(storage::Tx& tx, const std::vector<CampaignId>& ids) {
  std::vector<campaigns::Campaign> all;
  for (const CampaignId id : ids)
    if (auto c = campaigns::find(tx, id)) all.push_back(std::move(*c));
  return all;
}

CampaignId id_of(const storage::Row& row) {
  return row.get<CampaignId>(0);
}

void add(campaigns::Accounts& into, const campaigns::Accounts& a) {
  into.audience += a.audience;
  into.pending += a.pending;
  for (std::size_t i = 0; i < a.by_state.size(); ++i) into.by_state[i] += a.by_state[i];
}

void earlier(std::optional<TimePoint>& at, std::optional<TimePoint> other) {
  if (other && (!at || *other < *at)) at = other;
}
void later(std::optional<TimePoint>& at, std::optional<TimePoint> other) {
  if (other && (!at || *other > *at)) at = other;
}

}  // namespace

std::vector<campaigns::Campaign> campaigns_of(storage::Tx& tx, const Terms& terms) {
  return found(tx, tx.all(select_of_period, id_of, terms.from, terms.to));
}

std::vector<campaigns::Campaign> campaigns_of_series(storage::Tx& tx, std::int64_t series) {
  return found(tx, tx.all(select_of_series, id_of, series));
}

void Gathering::add_campaign(storage::Tx& tx, const campaigns::Campaign& c) {
  CampaignFigures f;
  f.id = c.id;
  f.title = c.title;
  f.klass = c.klass;
  f.state = c.state;
  f.start = c.schedule.start;
  f.end = c.schedule.end;
  f.accounts = campaigns::account(tx, c);
  add_carriage(tx, f);
  add_people(tx, c.id);
  add_opt_outs(tx, f);
  figures_.campaigns.push_back(std::move(f));
}

void Gathering::add_carriage(storage::Tx& tx, CampaignFigures& f) const {
  const auto last =
      tx.value<std::optional<std::int64_t>>(select_last, f.id).value_or(std::nullopt).value_or(0);
  const auto prefix = 1 + std::ssize(plan_.country_code()) + prefix_digits;
  const auto add_row = [&](const storage::Row& row) {
    const std::int64_t parts = row.integer(2);
    f.parts += parts;
    f.reached += row.integer(3);
    f.awaiting += row.integer(4);
    earlier(f.first, row.get<std::optional<TimePoint>>(5));
    later(f.last, row.get<std::optional<TimePoint>>(6));
    if (!terms_.price) return;
    const std::string carrier = campaigns::carrier_of(plan_, row.get<Phone>(1));
    f.cost += static_cast<double>(parts) * terms_.price(row.text(0), carrier);
  };
  for (std::int64_t from = 1; from <= last; from += rows_at_once)
    tx.each(select_carriage, add_row, f.id, prefix, from, from + rows_at_once - 1);
}

void Gathering::add_people(storage::Tx& tx, CampaignId id) {
  tx.each(select_reached, [&](const storage::Row& row) { people_.push_back(digits_of(row.text(0))); }, id);
  sort_each_once(people_);
}

void Gathering::add_opt_outs(storage::Tx& tx, CampaignFigures& f) {
  if (!f.first) return;
  tx.each(
      select_refusers,
      [&](const storage::Row& row) {
        ++f.opt_outs;
        refusers_.push_back(digits_of(row.text(0)));
      },
      f.id, *f.first);
}

void Gathering::add_shares(storage::Tx& tx, const campaigns::Campaign& c, campaigns::Dimension by) {
  std::vector<ShareFigures>& shares = by == campaigns::Dimension::unit      ? figures_.by_unit
                                      : by == campaigns::Dimension::group   ? figures_.by_group
                                      : by == campaigns::Dimension::carrier ? figures_.by_carrier
                                                                            : figures_.by_language;
  for (const auto& row : campaigns::breakdown(tx, c.id, by, {plan_, zone_, terms_.level})) {
    auto share = std::ranges::find(shares, row.key, &ShareFigures::key);
    if (share == shares.end()) share = shares.insert(shares.end(), ShareFigures{row.key, row.name, 0, 0, 0});
    share->audience += row.people();
    share->reached += row.reached;
    share->parts += row.parts;
  }
}

void Gathering::add_cases(storage::Tx& tx) {
  figures_.cases = hotline::aggregate(tx, {terms_.from, terms_.to, terms_.interval, terms_.level}, zone_);
}

Figures Gathering::finish() {
  CampaignFigures& total = figures_.total;
  for (const CampaignFigures& f : figures_.campaigns) {
    add(total.accounts, f.accounts);
    total.reached += f.reached;
    total.awaiting += f.awaiting;
    total.parts += f.parts;
    total.cost += f.cost;
    earlier(total.first, f.first);
    later(total.last, f.last);
  }
  sort_each_once(refusers_);
  total.opt_outs = std::ssize(refusers_);
  figures_.people_reached = std::ssize(people_);
  for (auto* shares : {&figures_.by_unit, &figures_.by_group, &figures_.by_carrier, &figures_.by_language}) {
    std::ranges::sort(*shares, {},
                      [](const ShareFigures& s) { return std::pair(s.key.empty(), s.name + s.key); });
  }
  return std::move(figures_);
}

}  // namespace tongdai::report
