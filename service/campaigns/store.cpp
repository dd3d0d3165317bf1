#include "campaigns/store.hpp"

#include "campaigns/filling.hpp"
#include "campaigns/resolved_audience.hpp"

namespace tongdai::campaigns {
namespace {

constexpr std::string_view insert_campaign =
    "INSERT INTO campaign (id, title, class, state, start_at, end_at, windows, rate, created_at, updated_at, "
    "series_id, legal_basis, author, skip_holidays, gateway, canary, canary_failures_percent, "
    "canary_opt_outs_percent, canary_wait, paced_by_cases, one_in, audience_saved) VALUES ($1, $2, $3, "
    "'draft', $4, $5, $6, $7, $8, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";
constexpr std::string_view insert_text =
    "INSERT INTO campaign_text (campaign_id, ordinal, language, accents, body, fallback) VALUES ($1, $2, $3, "
    "$4, $5, $6)";
constexpr std::string_view insert_audience =
    "INSERT INTO campaign_audience (campaign_id, role, target_id, target) VALUES ($1, $2, $3, $4) "
    "ON CONFLICT DO NOTHING";
#define CAMPAIGN_COLUMNS                                                                                    \
  "id, title, class, state, start_at, end_at, windows, rate, audience, cursor, created_at, series_id, "     \
  "legal_basis, author, skip_holidays, gateway, canary, canary_failures_percent, canary_opt_outs_percent, " \
  "canary_wait, paced_by_cases, frozen, audience_saved"
constexpr std::string_view select_one = "SELECT " CAMPAIGN_COLUMNS " FROM campaign WHERE id = $1";
constexpr std::string_view select_list =
    "SELECT " CAMPAIGN_COLUMNS " FROM campaign ORDER BY id DESC LIMIT $1";
constexpr std::string_view select_live =
    "SELECT " CAMPAIGN_COLUMNS " FROM campaign WHERE state IN ('approved', 'running', 'paused') ORDER BY id";
constexpr std::string_view select_of_series =
    "SELECT " CAMPAIGN_COLUMNS " FROM campaign WHERE series_id = $1 AND series_id <> 0 ORDER BY start_at, id";
constexpr std::string_view select_between = "SELECT " CAMPAIGN_COLUMNS
                                            " FROM campaign WHERE start_at < $2 AND end_at > $1 AND state <> "
                                            "'cancelled' ORDER BY start_at, id LIMIT $3";
#undef CAMPAIGN_COLUMNS
constexpr std::string_view select_texts =
    "SELECT t.ordinal, t.language, t.accents, t.body, COALESCE(t.body_id, 0), COALESCE(b.parts, 1), "
    "t.fallback, COALESCE(t.stripped_body_id, t.body_id, 0) "
    "FROM campaign_text t LEFT JOIN body b ON b.id = t.body_id WHERE t.campaign_id = $1 ORDER BY t.ordinal";
constexpr std::string_view update_state =
    "UPDATE campaign SET state = $2, updated_at = $3 WHERE id = $1 AND state = $4";
constexpr std::string_view insert_event =
    "INSERT INTO campaign_event (id, campaign_id, at, state, who, comment) VALUES ($1, $2, $3, $4, $5, $6)";
constexpr std::string_view update_audience = "UPDATE campaign SET audience = $2 WHERE id = $1";
constexpr std::string_view update_frozen = "UPDATE campaign SET frozen = 1 WHERE id = $1";
constexpr std::string_view update_cursor = "UPDATE campaign SET cursor = $2 WHERE id = $1";
constexpr std::string_view update_rendered =
    "UPDATE campaign_text SET body_id = $3, stripped_body_id = $4 WHERE campaign_id = $1 AND ordinal = $2";

std::string join(const std::vector<std::string>& windows) {
  std::string out;
  for (const std::string& w : windows) out += (out.empty() ? "" : ";") + w;
  return out;
}

std::vector<std::string> cut(std::string_view joined) {
  std::vector<std::string> out;
  while (!joined.empty()) {
    const std::size_t to = std::min(joined.find(';'), joined.size());
    out.emplace_back(joined.substr(0, to));
    joined.remove_prefix(std::min(to + 1, joined.size()));
  }
  return out;
}

constexpr char fallback_separator = '\x1F';  // stands in no value (text::clean_value)

std::string join(const std::map<std::string, std::string>& fallback) {
  std::string out;
  for (const auto& [name, value] : fallback)
    out.append(out.empty() ? "" : std::string(1, fallback_separator)).append(name).append("=").append(value);
  return out;
}

std::map<std::string, std::string> cut_fallback(std::string_view joined) {
  std::map<std::string, std::string> fallback;
  while (!joined.empty()) {
    const std::size_t to = std::min(joined.find(fallback_separator), joined.size());
    const std::string_view pair = joined.substr(0, to);
    const std::size_t equals = std::min(pair.find('='), pair.size());
    fallback.emplace(pair.substr(0, equals), pair.substr(std::min(equals + 1, pair.size())));
    joined.remove_prefix(std::min(to + 1, joined.size()));
  }
  return fallback;
}

Campaign to_campaign(const storage::Row& row) {
  Campaign c;
  c.id = row.get<CampaignId>(0);
  c.title = row.text(1);
  c.klass = row.get<Class>(2);
  c.state = row.get<CampaignState>(3);
  c.schedule.start = row.get<TimePoint>(4);
  c.schedule.end = row.get<TimePoint>(5);
  if (auto windows = text::DayWindows::parse(cut(row.text(6)))) c.schedule.windows = std::move(*windows);
  c.schedule.rate = row.get<int>(7);
  c.audience = row.integer(8);
  c.cursor = row.integer(9);
  c.created_at = row.get<TimePoint>(10);
  c.series = row.integer(11);
  c.legal_basis = row.text(12);
  c.author = row.text(13);
  c.schedule.skip_holidays = row.get<bool>(14);
  c.schedule.gateway = row.text(15);
  c.canary = {row.get<int>(16), row.get<int>(17), row.get<int>(18), Duration{row.integer(19)}};
  c.paced_by_cases = row.get<bool>(20);
  c.frozen = row.get<bool>(21);
  c.audience_saved = row.text(22);
  return c;
}

}  // namespace

CampaignId create(storage::Tx& tx, IdSource& ids, const Spec& spec, std::string_view author, TimePoint now,
                  config::Faults& faults) {
  const ResolvedAudience audience = resolve(tx, spec.audience, "audience.", faults);
  if (faults.empty()) check_placeholders(tx, spec.texts, audience, faults);
  if (!faults.empty()) return {};
  const auto id = ids.next<CampaignTag>();
  const Schedule& when = spec.schedule;
  const Canary& canary = spec.canary;
  tx.run(insert_campaign, id, spec.title, spec.klass, when.start, when.end, join(when.windows.written()),
         when.rate, now, std::int64_t{0}, spec.legal_basis, author, when.skip_holidays, when.gateway,
         canary.size, canary.failures_max_percent, canary.opt_outs_max_percent, canary.wait.count(),
         spec.paced_by_cases, audience.one_in, spec.audience.saved);
  int ordinal = 0;
  for (const SpecText& t : spec.texts)
    tx.run(insert_text, id, ordinal++, t.language, t.accents, t.body, join(t.fallback));
  for (const AudiencePart& p : audience.parts) tx.run(insert_audience, id, p.role, p.target_id, p.target);
  tx.changed("campaign", id.value);
  return id;
}

std::optional<Campaign> find(storage::Tx& tx, CampaignId id) {
  return tx.first(select_one, to_campaign, id);
}

std::vector<Campaign> list(storage::Tx& tx, int limit) {
  return tx.all(select_list, to_campaign, limit);
}

std::vector<Campaign> of_series(storage::Tx& tx, std::int64_t series) {
  return tx.all(select_of_series, to_campaign, series);
}

std::vector<Campaign> between(storage::Tx& tx, TimePoint from, TimePoint to, int limit) {
  return tx.all(select_between, to_campaign, from, to, limit);
}

std::vector<Campaign> live(storage::Tx& tx) {
  return tx.all(select_live, to_campaign);
}

std::vector<CampaignText> texts(storage::Tx& tx, CampaignId id) {
  return tx.all(
      select_texts,
      [](const storage::Row& row) {
        return CampaignText{
            row.get<int>(0),    row.text(1),     row.get<Accents>(2),       row.text(3),
            row.get<BodyId>(4), row.get<int>(5), cut_fallback(row.text(6)), row.get<BodyId>(7)};
      },
      id);
}

Result<CampaignState> move(storage::Tx& tx, IdSource& ids, const Campaign& c, CampaignEvent event,
                           std::string_view who, std::string_view comment, TimePoint now) {
  const auto to = next(c.state, event);
  if (!to) return to;
  if (tx.run(update_state, c.id, *to, now, c.state) != 1) {
    return fail(Code::conflict, "the campaign was changed at the same moment; look at it again");
  }
  tx.run(insert_event, ids.next<struct CampaignEventTag>(), c.id, now, *to, who, comment);
  tx.changed("campaign", c.id.value);
  return to;
}

void note(storage::Tx& tx, IdSource& ids, const Campaign& c, std::string_view who, std::string_view comment,
          TimePoint now) {
  tx.run(insert_event, ids.next<struct CampaignEventTag>(), c.id, now, c.state, who, comment);
  tx.changed("campaign", c.id.value);
}

void set_audience(storage::Tx& tx, CampaignId id, std::int64_t audience) {
  tx.run(update_audience, id, audience);
}

void set_frozen(storage::Tx& tx, CampaignId id) {
  tx.run(update_frozen, id);
}

void set_cursor(storage::Tx& tx, CampaignId id, std::int64_t cursor) {
  tx.run(update_cursor, id, cursor);
}

void set_rendered(storage::Tx& tx, CampaignId id, int ordinal, BodyId body, BodyId stripped) {
  tx.run(update_rendered, id, ordinal, body, stripped);
}

}  // namespace tongdai::campaigns
