#include "outbox/redirect.hpp"

#include <map>
#include <optional>
#include <vector>

#include "outbox/messages.hpp"

namespace tongdai::outbox {
namespace {

constexpr std::string_view select_waiting =
    "SELECT id, recipient, body_id, gateway FROM message WHERE campaign_id = $1 AND state = 'queued'";
constexpr std::string_view update_gateway =
    "UPDATE message SET gateway = $2, pinned = $3 WHERE id = $1 AND state = 'queued'";

struct Waiting {
  MessageId id;
  Phone to;
  BodyId body;
  std::string gateway;
};

}  // namespace

std::size_t redirect_campaign(storage::Tx& tx, const Door& door, CampaignId campaign,
                              const std::string& gateway) {
  const auto waiting = tx.all(
      select_waiting,
      [](const storage::Row& row) {
        return Waiting{row.get<MessageId>(0), row.get<Phone>(1), row.get<BodyId>(2), row.text(3)};
      },
      campaign);
  std::map<std::int64_t, std::optional<Body>> bodies;
  std::size_t moved = 0;
  for (const Waiting& w : waiting) {
    const auto choice = door.router().choose(Purpose::campaign, w.to, gateway);
    if (!choice) continue;
    const auto [known, fresh] = bodies.try_emplace(w.body.value);
    if (fresh) known->second = load_body(tx, w.body);
    if (!known->second || !check_fitness(*known->second, *choice)) continue;
    tx.run(update_gateway, w.id, choice->gateway, !gateway.empty());
    ++moved;
  }
  if (moved > 0) {
    tx.changed("message", 0);
    tx.changed(came_due, 0);
  }
  return moved;
}

}  // namespace tongdai::outbox
