#include "campaigns/test_send.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "campaigns/filling.hpp"
#include "campaigns/fitness.hpp"
#include "campaigns/rendering.hpp"

namespace tongdai::campaigns {
namespace {

constexpr Duration lifetime = 1h;  // whoever tests waits for it

constexpr std::string_view select_contact = "SELECT name, unit_id FROM contact WHERE phone = $1";
constexpr std::string_view select_frozen =
    "SELECT fill FROM campaign_recipient WHERE campaign_id = $1 AND recipient = $2";

/// Until when a test may leave. Error: refused.
Result<TimePoint> void_from(const Campaign& c, const Almanac& almanac, TimePoint now) {
  if (c.klass != Class::advertising) return now + lifetime;
  const text::Hours hours = almanac.hours(c.schedule);
  const TimePoint closes = hours.closes_at(now);
  if (closes > now) return std::min<TimePoint>(now + lifetime, closes);
  const TimePoint opens = hours.next_open(now);
  return fail(Code::refused,
              fmt::format("advertising leaves in the campaign's hours only, a test as well: {}",
                          opens == TimePoint::max() ? "they never open again"
                                                    : "they open " + almanac.zone.print(opens)));
}

/// The campaign, if it may be tested.
Result<Campaign> testable(storage::Tx& tx, CampaignId id) {
  auto c = find(tx, id);
  if (!c) return fail(Code::not_found, "there is no campaign " + to_string(id));
  switch (c->state) {
    case CampaignState::draft:
    case CampaignState::submitted:
    case CampaignState::approved:
      return std::move(*c);
    default:
      return fail(
          Code::not_allowed,
          fmt::format("a test goes before the blast: the campaign is {}, and must be draft, submitted "
                      "or approved",
                      name_of(c->state)));
  }
}

/// The texts that are asked for. Error: invalid.
Result<std::vector<const Rendering::Variant*>> chosen(const Rendering& rendering,
                                                      const std::optional<std::string>& language) {
  std::vector<const Rendering::Variant*> texts;
  std::string known;
  for (const Rendering::Variant& variant : rendering.variants()) {
    if (!language || variant.text.language == *language) texts.push_back(&variant);
    known.append(known.empty() ? "" : ", ").append(variant.text.language);
  }
  if (texts.empty())
    return fail(Code::invalid, fmt::format("must be a language of the campaign's texts: {}", known));
  return texts;
}

/// What stands in the placeholders for this number.
class Fills {
 public:
  Fills(storage::Tx& tx, const Campaign& c) : tx_(tx), campaign_(c), filler_(tx, c.id) {}

  [[nodiscard]] std::string of(const Phone& phone) {
    if (!filler_.is_needed()) return "";
    if (campaign_.frozen) {
      auto frozen = tx_.value<std::string>(select_frozen, campaign_.id, phone);
      if (frozen) return std::move(*frozen);
    }
    struct Known {
      std::string name;
      std::optional<UnitId> unit;
    };
    const auto known = tx_.first(
        select_contact,
        [](const storage::Row& row) {
          return Known{row.is_null(0) ? "" : row.text(0), row.get<std::optional<UnitId>>(1)};
        },
        phone);
    return known ? filler_.fill(phone, known->name, known->unit) : filler_.fill(phone, "", std::nullopt);
  }

 private:
  storage::Tx& tx_;
  const Campaign& campaign_;
  Filler filler_;
};

/// The numbers that got something, and how much was refused, for people.
std::string told(const std::vector<TestText>& all, const TestOrder& order) {
  std::string numbers;
  std::size_t last = order.to.size(), sent = 0;
  for (const TestText& t : all) {
    if (t.refused) continue;
    ++sent;
    if (t.number == last) continue;
    last = t.number;
    numbers.append(numbers.empty() ? "" : ", ").append(order.to[last].masked());
  }
  std::string line = sent == 0 ? "a test: nothing was sent"
                               : fmt::format("a test: {} text{} to {}", sent, sent == 1 ? "" : "s", numbers);
  if (const std::size_t refused = all.size() - sent; refused > 0)
    line += fmt::format("; {} refused", refused);
  return line;
}

/// What all texts of one test have in common.
struct Test {
  storage::Tx& tx;
  outbox::Door& door;
  const Campaign& campaign;
  TimePoint expires_at, now;
};

/// One text to one number.
std::expected<TestText, outbox::Refused> send(const Test& test, const Phone& to, std::string_view fill,
                                              const Rendering::Variant& variant) {
  const auto& [tx, door, c, expires_at, now] = test;
  if (const auto fit = door.check_number(to); !fit) return std::unexpected(fit.error());
  // Door::admit knows of no text whether it advertises.
  const bool advertising = c.klass == Class::advertising;
  const auto rules = door.check_campaign(tx, to, advertising, door.campaign_texts(tx, {}, now), now);
  if (!rules) return std::unexpected(rules.error());
  outbox::Draft draft;
  draft.purpose = outbox::Purpose::campaign;
  draft.to = to;
  draft.gateway = c.schedule.gateway;
  draft.expires_at = expires_at;
  const auto route = door.router().choose(draft.purpose, to, draft.gateway);
  if (!route)
    return std::unexpected(
        outbox::Refused{outbox::Refusal::no_route, "no gateway may carry this campaign to this number"});
  outbox::Body body = Rendering::body(variant, fill, route->limits->strips_accents);
  if (auto fit = outbox::check_fitness(body, *route, kind_of(c)); !fit)
    return std::unexpected(std::move(fit.error()));
  draft.text = std::move(body.text);
  const auto message = door.admit(tx, draft, now);
  if (!message) return std::unexpected(message.error());
  return TestText{
      .language = variant.text.language, .message = *message, .gateway = route->gateway, .parts = body.parts};
}

}  // namespace

Result<std::vector<TestText>> send_test(storage::Tx& tx, outbox::Door& door, const Almanac& almanac,
                                        CampaignId id, const TestOrder& order, const Actor& actor,
                                        TimePoint now) {
  const auto c = testable(tx, id);
  if (!c) return std::unexpected(c.error());
  const Rendering rendering(tx, id);
  const auto texts = chosen(rendering, order.language);
  if (!texts) return std::unexpected(texts.error());
  const auto expires_at = void_from(*c, almanac, now);
  if (!expires_at) return std::unexpected(expires_at.error());
  const Test test{tx, door, *c, *expires_at, now};
  Fills fills(tx, *c);
  std::vector<TestText> all;
  for (std::size_t n = 0; n < order.to.size(); ++n) {
    const std::string fill = fills.of(order.to[n]);
    for (const Rendering::Variant* variant : *texts) {
      auto sent = send(test, order.to[n], fill, *variant);
      all.push_back(sent ? std::move(*sent)
                         : TestText{.language = variant->text.language, .refused = std::move(sent.error())});
      all.back().number = n;
    }
  }
  note(tx, door.ids(), *c, actor.name, told(all, order), now);
  return all;
}

}  // namespace tongdai::campaigns
