#include "api/handlers/handlers.hpp"
#include "api/views.hpp"
#include "campaigns/breakdown.hpp"
#include "campaigns/repair.hpp"

namespace tongdai::api {
namespace {

constexpr std::size_t findings_shown = 1000;

struct Wish {
  campaigns::Dimension by = campaigns::Dimension::unit;
  directory::UnitLevel level;
};

Wish read_wish(config::Reader& r) {
  Wish wish;
  const auto by = read_enum<campaigns::Dimension>(r, "by");
  if (!by && !r.has("by"))
    r.fault("by", "is required: unit, carrier, language, hour, gateway, reason or group");
  wish.by = by.value_or(wish.by);
  if (const auto level = r.maybe_text("level")) {
    const auto parsed = directory::UnitLevel::parse(*level);
    if (!parsed) r.fault("level", parsed.error().what);
    if (by && *by != campaigns::Dimension::unit) r.fault("level", "goes with by=unit only");
    wish.level = parsed.value_or(wish.level);
  }
  return wish;
}

Response not_there(CampaignId id) {
  return problem(Error{Code::not_found, "there is no campaign " + to_string(id)});
}

Json show(const campaigns::BreakdownRow& row) {
  Json counts = {{"audience", row.people()}, {"pending", row.pending}};
  add_counts(counts, row.by_state);
  return {{"key", text_or_null(row.key)},
          {"name", text_or_null(row.name)},
          {"counts", std::move(counts)},
          {"reached", row.reached},
          {"parts", row.parts}};
}

Json counts_json(const outbox::StateCounts& counts) {
  Json json = Json::object();
  add_counts(json, counts);
  return json;
}

Json show(const campaigns::Check& check) {
  Json found = Json::object();
  for (std::size_t i = 0; i < campaigns::flaws; ++i) {
    const auto flaw = static_cast<campaigns::Flaw>(i);
    found[std::string(name_of(flaw))] = check.of(flaw);
  }
  Json items = Json::array();
  for (const campaigns::Finding& f : check.findings) {
    if (items.size() == findings_shown) break;
    items.push_back({{"seq", f.seq},
                     {"flaw", name_of(f.flaw)},
                     {"phone", text_or_null(f.phone.masked())},
                     {"message", id_or_null(f.message)}});
  }
  return {
      {"sound", check.is_sound()},          {"audience", check.audience},        {"cursor", check.cursor},
      {"counted", counts_json(check.rows)}, {"tally", counts_json(check.tally)}, {"found", std::move(found)},
      {"items", std::move(items)}};
}

struct Checked {
  campaigns::Campaign campaign;
  campaigns::Check check;
};

asio::awaitable<std::optional<Checked>> look(Context& context, CampaignId id) {
  co_return co_await context.database.readers().run([id](storage::Tx& tx) -> std::optional<Checked> {
    auto campaign = campaigns::find(tx, id);
    if (!campaign) return std::nullopt;
    auto check = campaigns::check(tx, *campaign);
    return Checked{std::move(*campaign), std::move(check)};
  });
}

/// Step by step, for the writer has other work. How many could not be dealt with now.
asio::awaitable<std::int64_t> deal_with(Context& context, const Checked& first,
                                        campaigns::Repaired& repaired) {
  const CampaignId id = first.campaign.id;
  storage::Writer& writer = context.database.writer();
  std::optional<Checked> second;
  co_await writer.run(
      [&](storage::Tx& tx) { campaigns::begin_repair(tx, first.campaign, first.check, repaired); });
  if (first.check.of(campaigns::Flaw::unpassed) > 0) second = co_await look(context, id);
  const campaigns::Check& check = second ? second->check : first.check;
  for (std::size_t from = 0; from < check.findings.size(); from += campaigns::repair_step_findings) {
    const TimePoint now = context.clock.now();
    co_await writer.run(
        [&](storage::Tx& tx) {
          campaigns::repair_step(tx, context.door, context.messages, id, check, from,
                                 first.check.tally_agrees(), repaired, now);
        },
        storage::Load::bulk);
  }
  std::int64_t left = -std::ssize(check.findings);
  for (const std::int64_t n : check.found) left += n;
  co_return left;
}

}  // namespace

Answer break_campaign_down(Context& context, const Request& request) {
  const auto id = place_id<CampaignId>(request);
  if (!id) co_return problem(id.error());
  const auto wish = read_query(request, &read_wish);
  if (!wish) co_return wish.error();
  using Rows = std::vector<campaigns::BreakdownRow>;
  const auto rows = co_await context.database.readers().run([&](storage::Tx& tx) -> std::optional<Rows> {
    if (!campaigns::find(tx, *id)) return std::nullopt;
    return campaigns::breakdown(tx, *id, wish->by, {context.plan, context.zone, wish->level});
  });
  if (!rows) co_return not_there(*id);
  Json items = Json::array();
  for (const auto& row : *rows) items.push_back(show(row));
  co_return json_response(200,
                          {{"id", to_string(*id)}, {"by", name_of(wish->by)}, {"items", std::move(items)}});
}

Answer audit_campaign(Context& context, const Request& request) {
  const auto id = place_id<CampaignId>(request);
  if (!id) co_return problem(id.error());
  const auto checked = co_await look(context, *id);
  if (!checked) co_return not_there(*id);
  Json json = {{"id", to_string(*id)}};
  json.update(show(checked->check));
  co_return json_response(200, json);
}

Answer repair_campaign(Context& context, const Request& request) {
  const auto id = place_id<CampaignId>(request);
  if (!id) co_return problem(id.error());
  const auto first = co_await look(context, *id);
  if (!first) co_return not_there(*id);
  campaigns::Repaired repaired;
  std::int64_t left = 0;
  if (!first->check.is_sound()) {
    left = co_await deal_with(context, *first, repaired);
    const campaigns::Actor actor = actor_of(request);
    const TimePoint now = context.clock.now();
    co_await context.database.writer().run([&](storage::Tx& tx) {
      campaigns::end_repair(tx, context.ids, first->campaign, actor, first->check, left == 0, repaired, now);
    });
  }
  co_return json_response(200, {{"id", to_string(*id)},
                                {"queued", repaired.queued},
                                {"refused", repaired.refused},
                                {"ended", repaired.ended},
                                {"uncertain", repaired.uncertain},
                                {"relisted", repaired.relisted},
                                {"undoubled", repaired.undoubled},
                                {"lost", first->check.of(campaigns::Flaw::lost)},
                                {"left", left}});
}

}  // namespace tongdai::api
