#include "campaigns/editing.hpp"

#include <fmt/format.h>

#include "outbox/redirect.hpp"
#include "outbox/tally.hpp"

namespace tongdai::campaigns {
namespace {

// The new file is written down as a draft of its own; then what it says becomes the old one's. So that an
// edit knows no less of a file than `create`.
#define SPEC_COLUMNS                                                                                     \
  "title, class, start_at, end_at, windows, rate, legal_basis, author, skip_holidays, gateway, canary, " \
  "canary_failures_percent, canary_opt_outs_percent, canary_wait, paced_by_cases, one_in, audience_saved"
constexpr std::string_view take_columns_over =
    "UPDATE campaign SET (" SPEC_COLUMNS ") = (SELECT " SPEC_COLUMNS
    " FROM campaign WHERE id = $2), audience = 0, cursor = 0, "
    "frozen = 0 WHERE id = $1";
#undef SPEC_COLUMNS
constexpr std::string_view delete_texts = "DELETE FROM campaign_text WHERE campaign_id = $1";
constexpr std::string_view take_texts_over =
    "UPDATE campaign_text SET campaign_id = $1 WHERE campaign_id = $2";
constexpr std::string_view delete_query = "DELETE FROM campaign_audience WHERE campaign_id = $1";
constexpr std::string_view take_query_over =
    "UPDATE campaign_audience SET campaign_id = $1 WHERE campaign_id = $2";
// A step of a drip stays that of its day, whatever the file says.
constexpr std::string_view keep_days =
    "INSERT INTO campaign_audience (campaign_id, role, target_id, target) SELECT $2, role, target_id, target "
    "FROM campaign_audience WHERE campaign_id = $1 AND role = 'day'";
constexpr std::string_view delete_campaign = "DELETE FROM campaign WHERE id = $1";

constexpr std::string_view delete_freeze = "DELETE FROM campaign_freeze WHERE campaign_id = $1";
constexpr std::string_view delete_exclusions = "DELETE FROM campaign_exclusion WHERE campaign_id = $1";

// An approved campaign's audience may have none of the marks before its first step was written: the state
// tells.
#define IS_DROPPED "c.state IN ('draft', 'submitted', 'cancelled') AND c.frozen = 0 AND c.audience = 0"
constexpr std::string_view select_dropped =
    "SELECT c.id FROM campaign c WHERE " IS_DROPPED
    " AND EXISTS (SELECT 1 FROM campaign_recipient r WHERE r.campaign_id = c.id) ORDER BY c.id LIMIT 1";
#undef IS_DROPPED
constexpr std::string_view select_first_seq =
    "SELECT seq FROM campaign_recipient WHERE campaign_id = $1 ORDER BY seq LIMIT 1";
constexpr std::string_view delete_recipients =
    "DELETE FROM campaign_recipient WHERE campaign_id = $1 AND seq < $2";

constexpr std::string_view update_pace = "UPDATE campaign SET rate = $2, gateway = $3 WHERE id = $1";

/// What to do instead, where an edit comes too late.
Result<void> check_editable(const Campaign& c) {
  switch (c.state) {
    case CampaignState::draft:
    case CampaignState::submitted:
      return {};
    case CampaignState::approved:
      if (c.cursor == 0) return {};
      return fail(
          Code::not_allowed,
          "it has begun, and some have its text already: cancel it, and create a new campaign for the "
          "rest; its rate and gateway can be tuned");
    case CampaignState::running:
    case CampaignState::paused:
      return fail(Code::not_allowed,
                  fmt::format("it is {}: its text cannot change on the way; cancel it, and create a new "
                              "campaign; its rate and gateway can be tuned",
                              name_of(c.state)));
    case CampaignState::completed:
    case CampaignState::cancelled:
      break;
  }
  return fail(Code::not_allowed,
              fmt::format("it is {}, which is final: create a new campaign from the file", name_of(c.state)));
}

/// Takes the approval back. The recipients' rows go in steps of their own.
void drop_audience(storage::Tx& tx, CampaignId id) {
  outbox::drop_tally(tx, id);
  tx.run(delete_freeze, id);
  tx.run(delete_exclusions, id);
}

void replace(storage::Tx& tx, CampaignId id, CampaignId by) {
  tx.run(take_columns_over, id, by);
  tx.run(delete_texts, id);
  tx.run(take_texts_over, id, by);
  tx.run(keep_days, id, by);
  tx.run(delete_query, id);
  tx.run(take_query_over, id, by);
  tx.run(delete_campaign, by);
}

Error not_there(CampaignId id) {
  return {Code::not_found, "there is no campaign " + to_string(id)};
}

std::string rate_text(int rate) {
  return rate == 0 ? "none" : std::to_string(rate);
}

std::string gateway_text(const std::string& gateway) {
  return gateway.empty() ? "any" : gateway;
}

/// Every text of it, as it was rendered at its approval.
Result<void> check_gateway(storage::Tx& tx, const outbox::Door& door, CampaignId id,
                           const std::string& gateway) {
  const auto choice = door.router().choose(outbox::Purpose::campaign, Phone{}, gateway);
  if (!choice) {
    return fail(Code::refused, fmt::format("gateway \"{}\" may not carry campaigns", gateway));
  }
  for (const CampaignText& t : texts(tx, id)) {
    const auto body = outbox::load_body(tx, t.rendered);
    if (!body) continue;
    if (const auto fit = outbox::check_fitness(*body, *choice); !fit) {
      return fail(Code::refused, fmt::format("gateway \"{}\" cannot carry the text in \"{}\": {}", gateway,
                                             t.language, fit.error().detail));
    }
  }
  return {};
}

}  // namespace

Result<CampaignState> edit(storage::Tx& tx, IdSource& ids, CampaignId id, const Spec& spec,
                           const Document& document, const Actor& actor, TimePoint now,
                           config::Faults& faults) {
  const auto c = find(tx, id);
  if (!c) return std::unexpected(not_there(id));
  if (const auto editable = check_editable(*c); !editable) return std::unexpected(editable.error());
  const CampaignId by = create(tx, ids, spec, actor.name, now, faults);
  if (!faults.empty()) return fail(Code::invalid, "the file has faults");
  const int number = write_revision(tx, id, actor.name, document, now);
  const auto state =
      move(tx, ids, *c, CampaignEvent::edit, actor.name, fmt::format("revision {}", number), now);
  if (!state) return state;
  drop_audience(tx, id);
  replace(tx, id, by);
  return state;
}

bool drop_step(storage::Tx& tx, std::int64_t recipients) {
  const auto id = tx.value<CampaignId>(select_dropped);
  if (!id) return false;
  const auto first = tx.value<std::int64_t>(select_first_seq, *id).value_or(0);
  tx.run(delete_recipients, *id, first + recipients);
  return true;
}

bool is_being_dropped(storage::Tx& tx, const Campaign& c) {
  return c.audience == 0 && tx.value<std::int64_t>(select_first_seq, c.id).has_value();
}

Result<CampaignState> tune(storage::Tx& tx, IdSource& ids, const outbox::Door& door, CampaignId id,
                           const Tuning& tuning, const Actor& actor, TimePoint now) {
  const auto c = find(tx, id);
  if (!c) return std::unexpected(not_there(id));
  if (c->state == CampaignState::draft || c->state == CampaignState::submitted) {
    return fail(Code::not_allowed, fmt::format("it is {}: write rate and gateway into its file, and edit it",
                                               name_of(c->state)));
  }
  if (c->state == CampaignState::completed || c->state == CampaignState::cancelled) {
    return fail(Code::not_allowed, fmt::format("it is {}: nothing of it leaves any more", name_of(c->state)));
  }
  const int rate = tuning.rate.value_or(c->schedule.rate);
  const std::string gateway = tuning.gateway.value_or(c->schedule.gateway);
  std::string comment;
  if (rate != c->schedule.rate) {
    comment = fmt::format("rate {}, was {}", rate_text(rate), rate_text(c->schedule.rate));
  }
  if (gateway != c->schedule.gateway) {
    if (!gateway.empty()) {
      if (const auto able = check_gateway(tx, door, id, gateway); !able) return std::unexpected(able.error());
    }
    comment += fmt::format("{}gateway {}, was {}", comment.empty() ? "" : "; ", gateway_text(gateway),
                           gateway_text(c->schedule.gateway));
  }
  if (comment.empty()) return c->state;
  tx.run(update_pace, id, rate, gateway);
  if (gateway != c->schedule.gateway) outbox::redirect_campaign(tx, door, id, gateway);
  note(tx, ids, *c, actor.name, comment, now);
  return c->state;
}

}  // namespace tongdai::campaigns
