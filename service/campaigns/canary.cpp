#include "campaigns/canary.hpp"

#include <fmt/format.h>

#include <limits>
#include <numeric>

namespace tongdai::campaigns {
namespace {

using P = CanaryPhase;
using E = CanaryEvent;
using outbox::MessageState;

constexpr std::string_view select_canary =
    "SELECT phase, began_at, until FROM campaign_canary WHERE campaign_id = $1";
constexpr std::string_view insert_canary =
    "INSERT INTO campaign_canary (campaign_id, phase, began_at) VALUES ($1, 'first_share', $2)";
constexpr std::string_view update_canary =
    "UPDATE campaign_canary SET phase = $2, until = $3 WHERE campaign_id = $1 AND phase = $4";
// Those who were let go and had not refused before. A register that was imported meanwhile is no answer of
// theirs.
constexpr std::string_view count_opt_outs =
    "SELECT COUNT(*) FROM campaign_recipient r JOIN opt_out o ON o.recipient = tag(r.recipient) "
    "WHERE r.campaign_id = $1 AND r.seq <= $2 AND r.state = 'pending' AND o.at >= $3 AND o.source <> "
    "'import'";

struct Row {
  P phase = P::first_share;
  TimePoint began_at{};
  std::optional<TimePoint> until;
};

std::optional<Row> load(storage::Tx& tx, CampaignId id) {
  return tx.first(
      select_canary,
      [](const storage::Row& row) {
        return Row{row.get<P>(0), row.get<TimePoint>(1), row.get<std::optional<TimePoint>>(2)};
      },
      id);
}

std::int64_t released(const outbox::StateCounts& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0}) -
         counts[static_cast<std::size_t>(MessageState::suppressed)];
}

CanaryCounts count(storage::Tx& tx, const Campaign& c, TimePoint began_at) {
  const auto counts = outbox::count_messages(tx, c.id);
  const auto of = [&](MessageState s) { return counts[static_cast<std::size_t>(s)]; };
  return {released(counts), of(MessageState::queued) + of(MessageState::submitting),
          of(MessageState::undelivered) + of(MessageState::failed) + of(MessageState::uncertain),
          tx.value<std::int64_t>(count_opt_outs, c.id, c.cursor, began_at).value_or(0)};
}

void step(storage::Tx& tx, CampaignId id, const Row& from, E event, std::optional<TimePoint> until) {
  const auto to = next(from.phase, event);
  if (to) tx.run(update_canary, id, *to, until, from.phase);
}

}  // namespace

Result<CanaryPhase> next(CanaryPhase from, CanaryEvent event) {
  const bool open = from == P::first_share || from == P::waiting;
  if (event == E::all_left && from == P::first_share) return P::waiting;
  if (event == E::sound && from == P::waiting) return P::passed;
  if (event == E::limit && open) return P::halted;
  if (event == E::overruled && from == P::halted) return P::passed;
  return fail(Code::not_allowed,
              fmt::format("\"{}\" is not possible while the canary is {}", name_of(event), name_of(from)));
}

std::optional<std::string> objection(const Canary& canary, const CanaryCounts& counts, std::int64_t whole) {
  const auto too_many = [&](std::int64_t n, int percent_max) { return n * 100 > whole * percent_max; };
  const auto why = [&](std::int64_t n, std::string_view what, int percent_max) {
    return fmt::format("of the first {}, {} {} (more than {} %): look into it before you resume",
                       counts.released, n, what, percent_max);
  };
  if (too_many(counts.failures, canary.failures_max_percent))
    return why(counts.failures, "failed", canary.failures_max_percent);
  if (too_many(counts.opt_outs, canary.opt_outs_max_percent))
    return why(counts.opt_outs, "refused further texts", canary.opt_outs_max_percent);
  return std::nullopt;
}

std::int64_t canary_room(storage::Tx& tx, const Campaign& c) {
  constexpr auto all = std::numeric_limits<std::int64_t>::max();
  if (c.canary.size == 0) return all;
  const auto row = load(tx, c.id);
  if (!row) return 0;  // the pump has not begun it yet
  if (row->phase == P::passed) return all;
  if (row->phase != P::first_share) return 0;
  return std::max<std::int64_t>(0, c.canary.size - released(outbox::count_messages(tx, c.id)));
}

std::optional<std::string> run_canary(storage::Tx& tx, IdSource& ids, const Campaign& c, TimePoint now) {
  if (c.canary.size == 0) return std::nullopt;
  const auto row = load(tx, c.id);
  if (!row) {
    tx.run(insert_canary, c.id, now);
    return std::nullopt;
  }
  if (row->phase == P::passed) return std::nullopt;
  if (row->phase == P::halted) {  // it runs all the same: somebody resumed it
    step(tx, c.id, *row, E::overruled, std::nullopt);
    return std::nullopt;
  }
  const CanaryCounts counts = count(tx, c, row->began_at);
  const bool is_judged = row->phase == P::waiting && now >= row->until.value_or(now);
  if (auto why = objection(c.canary, counts, is_judged ? counts.released : c.canary.size)) {
    step(tx, c.id, *row, E::limit, std::nullopt);
    return why;
  }
  if (is_judged) {
    step(tx, c.id, *row, E::sound, std::nullopt);
    note(tx, ids, c, "canary",
         fmt::format("the first {} are out, and no limit was passed: the rest follows", counts.released),
         now);
  } else if (row->phase == P::first_share && counts.released >= c.canary.size && counts.in_hand == 0) {
    step(tx, c.id, *row, E::all_left, now + c.canary.wait);
  }
  return std::nullopt;
}

std::optional<CanaryView> show_canary(storage::Tx& tx, const Campaign& c) {
  if (c.canary.size == 0) return std::nullopt;
  const auto row = load(tx, c.id);
  return row ? CanaryView{row->phase, row->until} : CanaryView{};
}

}  // namespace tongdai::campaigns
