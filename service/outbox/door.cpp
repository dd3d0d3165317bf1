#include "outbox/door.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "outbox/new_message.hpp"
#include "outbox/suppression.hpp"
#include "text/fold.hpp"

namespace tongdai::outbox {
namespace {

constexpr Duration cap_window = 24h;

constexpr std::string_view insert_body =
    "INSERT INTO body (id, text, encoding, parts) VALUES ($1, $2, $3, $4)";
constexpr std::string_view select_body = "SELECT text, encoding, parts FROM body WHERE id = $1";
// One look for what campaigns must respect: refused? held? how many texts without a campaign's list lately?
constexpr std::string_view select_standing =
    "SELECT EXISTS (SELECT 1 FROM opt_out WHERE recipient = $1), EXISTS (SELECT 1 FROM hold WHERE recipient "
    "= $1), "
    "(SELECT COUNT(*) FROM message WHERE recipient = $1 AND campaign_id IS NULL AND purpose = 'campaign' "
    "AND created_at > $2 AND state NOT IN ('cancelled', 'suppressed', 'expired'))";
constexpr std::string_view select_inbound = "SELECT text FROM inbound WHERE id = $1 AND sender = $2";
constexpr std::string_view select_facility_names = "SELECT name FROM facility";
constexpr std::string_view select_auto_reply = "SELECT at FROM auto_reply WHERE recipient = $1";
constexpr std::string_view upsert_auto_reply =
    "INSERT INTO auto_reply (recipient, at) VALUES ($1, $2) ON CONFLICT (recipient) DO UPDATE SET at = "
    "excluded.at";

std::unexpected<Refused> refuse(Refusal why, std::string detail) {
  return std::unexpected(Refused{why, std::move(detail)});
}

Body measured(std::string_view text) {
  Body body{text::nfc(text)};
  const text::Measure m = text::measure(body.text);
  body.encoding = m.encoding;
  body.parts = m.parts;
  return body;
}

BodyId insert(storage::Tx& tx, IdSource& ids, const Body& body) {
  const auto id = ids.next<BodyTag>();
  tx.run(insert_body, id, body.text, body.encoding, body.parts);
  return id;
}

Body body_of(storage::Tx& tx, const Draft& draft) {
  if (draft.body) {
    if (auto stored = load_body(tx, draft.body)) return std::move(*stored);
  }
  return measured(draft.text);
}

/// The first of the UTF-8 characters in `forbidden` that stands in `text`.
std::optional<std::string> forbidden_in(std::string_view text, std::string_view forbidden) {
  const auto continues = [&](std::size_t at) {
    return at < forbidden.size() && (static_cast<unsigned char>(forbidden[at]) & 0xC0U) == 0x80U;
  };
  for (std::size_t from = 0; from < forbidden.size();) {
    std::size_t to = from + 1;
    while (continues(to)) ++to;
    const std::string_view character = forbidden.substr(from, to - from);
    if (text.find(character) != std::string_view::npos) return std::string(character);
    from = to;
  }
  return std::nullopt;
}

}  // namespace

BodyId store_body(storage::Tx& tx, IdSource& ids, std::string_view text) {
  return insert(tx, ids, measured(text));
}

bool Door::is_own(const Phone& phone) const {
  return std::ranges::find(rules_.own_numbers, phone) != rules_.own_numbers.end();
}

bool Door::is_machine(const Phone& phone) const {
  return phone.is_short_code() || phone.is_alphanumeric() || is_own(phone);
}

std::optional<Body> load_body(storage::Tx& tx, BodyId id) {
  return tx.first(
      select_body,
      [id](const storage::Row& row) {
        return Body{row.text(0), row.get<text::Encoding>(1), row.get<std::size_t>(2), id};
      },
      id);
}

std::expected<void, Refused> check_fitness(const Body& body, const Router::Choice& choice) {
  const std::size_t parts_max = std::min(choice.parts_max, text::parts_max);
  if (body.parts > parts_max)
    return refuse(Refusal::too_long, fmt::format("{} parts, {} are allowed", body.parts, parts_max));
  if (body.encoding == text::Encoding::ucs2 && !choice.unicode) {
    return refuse(Refusal::forbidden_text,
                  "the gateway takes no characters outside GSM 7-bit: strip the accents");
  }
  if (const auto character = forbidden_in(body.text, choice.forbidden)) {
    return refuse(Refusal::forbidden_text,
                  fmt::format("the gateway refuses the character \"{}\"", *character));
  }
  return {};
}

Door::Verdict Door::check_number(const Phone& to) const {
  if (to.empty() || to.is_alphanumeric())
    return refuse(Refusal::invalid_number, "not a number that takes texts");
  if (is_own(to)) return refuse(Refusal::machine, "this number is our own");
  return {};
}

std::function<int(const Phone&)> Door::campaign_texts(storage::Tx& tx, CampaignId except,
                                                      TimePoint now) const {
  if (!campaign_texts_) return {};
  return campaign_texts_(tx, except, now - cap_window);
}

Door::Verdict Door::check_campaign(storage::Tx& tx, const Phone& to,
                                   const std::function<int(const Phone&)>& other_texts, TimePoint now) const {
  struct Standing {
    bool refused, held;
    int recent;
  };
  const auto standing = tx.first(
      select_standing,
      [](const storage::Row& row) { return Standing{row.get<bool>(0), row.get<bool>(1), row.get<int>(2)}; },
      to, now - cap_window);
  if (!standing || standing->refused)
    return refuse(Refusal::opted_out, "the person asked not to be written to");
  const auto recent = [&] { return standing->recent + (other_texts ? other_texts(to) : 0); };
  // The day's cap says "held" as well: a hold by an open case must look like every other hold.
  if (standing->held || recent() >= rules_.campaign_cap_per_day)
    return refuse(Refusal::held, "this number is left alone for now");
  return {};
}

Door::Verdict Door::check_reporter(storage::Tx& tx, const Draft& draft, const std::string& text) const {
  if (is_machine(draft.to)) return refuse(Refusal::machine, "this number is answered by no person");
  if (draft.purpose == Purpose::relay_to_reporter) {
    return refuse(Refusal::not_safe, "no safe contact with this person is recorded");
  }
  const auto inbound = tx.value<std::string>(select_inbound, draft.in_reply_to, draft.to);
  if (!inbound) return refuse(Refusal::not_safe, "a reply needs a text of this person that is on disk");
  const auto names = tx.all(select_facility_names, [](const storage::Row& row) { return row.text(0); });
  if (const auto objection = rules_.discretion.objection(text, names, *inbound)) {
    return refuse(Refusal::forbidden_text, *objection);
  }
  return {};
}

Door::Verdict Door::check_facility(storage::Tx& tx, const Draft& draft) const {
  if (draft.purpose != Purpose::relay_to_facility) return {};
  if (holds_case_ && draft.case_id && holds_case_(tx, draft.case_id, draft.to)) return {};
  return refuse(Refusal::not_theirs, "only who accepted the case gets its details");
}

Door::Verdict Door::check_purpose(storage::Tx& tx, const Draft& draft, const std::string& text,
                                  TimePoint now) const {
  switch (draft.purpose) {
    case Purpose::campaign:
      return check_campaign(tx, draft.to, campaign_texts(tx, {}, now), now);
    case Purpose::reporter_reply:
    case Purpose::relay_to_reporter:
      return check_reporter(tx, draft, text);
    case Purpose::facility_alert:
    case Purpose::relay_to_facility:
    case Purpose::operator_code:
      return check_facility(tx, draft);
  }
  return {};
}

std::expected<MessageId, Refused> Door::admit(storage::Tx& tx, const Draft& draft, TimePoint now) {
  if (const auto verdict = check_number(draft.to); !verdict) return std::unexpected(verdict.error());
  const Body body = body_of(tx, draft);
  if (const auto verdict = check_purpose(tx, draft, body.text, now); !verdict)
    return std::unexpected(verdict.error());
  if (draft.automatic) {
    const auto last = tx.value<TimePoint>(select_auto_reply, draft.to);
    if (last && now - *last < rules_.auto_reply_window) {
      return refuse(Refusal::replied_already, "this number had an automatic reply within the window");
    }
  }
  const auto route = router_.choose(draft.purpose, draft.to, draft.gateway);
  if (!route) return refuse(Refusal::no_route, "no gateway may carry this purpose to this number");
  if (auto verdict = check_fitness(body, *route); !verdict)
    return std::unexpected(std::move(verdict.error()));
  const PurposeRules& rules = rules_of(draft.purpose);
  const TimePoint not_before = draft.not_before.value_or(now);
  const TimePoint expires_at = draft.expires_at.value_or(not_before + rules.lifetime);
  NewMessage m{.purpose = draft.purpose, .to = draft.to, .body = draft.body, .gateway = route->gateway};
  if (!m.body) m.body = insert(tx, ids_, body);
  m.parts = body.parts;
  m.pinned = !draft.gateway.empty();
  m.not_before = not_before;
  m.expires_at = expires_at;
  m.case_id = draft.case_id;
  m.referral = draft.referral;
  const MessageId id = insert(tx, ids_, m, now);
  if (draft.automatic) tx.run(upsert_auto_reply, draft.to, now);
  return id;
}

}  // namespace tongdai::outbox
