#include "outbox/door.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "outbox/suppression.hpp"
#include "text/fold.hpp"

namespace tongdai::outbox {
namespace {

constexpr std::string_view insert_body =
    "INSERT INTO body (id, text, encoding, parts) VALUES ($1, $2, $3, $4)";
constexpr std::string_view select_body = "SELECT text, encoding, parts FROM body WHERE id = $1";
constexpr std::string_view insert_message =
    "INSERT INTO message (id, purpose, lane, state, recipient, body_id, parts, gateway, pinned, not_before, "
    "expires_at, "
    "campaign_id, case_id, referral_id, created_at, updated_at) "
    "VALUES ($1, $2, $3, 'queued', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)";
constexpr std::string_view insert_event =
    "INSERT INTO message_event (id, message_id, at, state, gateway) VALUES ($1, $2, $3, 'queued', $4)";
constexpr std::string_view select_same_campaign =
    "SELECT 1 FROM message WHERE campaign_id = $1 AND recipient = $2";
constexpr std::string_view count_recent_campaigns =
    "SELECT COUNT(*) FROM message WHERE recipient = $1 AND id > $2 AND purpose = 'campaign' "
    "AND state NOT IN ('cancelled', 'suppressed', 'expired')";
constexpr std::string_view select_recent_floor =
    "SELECT COALESCE(MAX(id), 0) FROM message WHERE recipient = $1 AND created_at <= $2";
constexpr std::string_view select_inbound = "SELECT text FROM inbound WHERE id = $1 AND sender = $2";
constexpr std::string_view select_facility_names = "SELECT name FROM facility";
constexpr std::string_view select_auto_reply = "SELECT at FROM auto_reply WHERE recipient = $1";
constexpr std::string_view upsert_auto_reply =
    "INSERT INTO auto_reply (recipient, at) VALUES ($1, $2) ON CONFLICT (recipient) DO UPDATE SET at = "
    "excluded.at";

struct Body {
  std::string text;
  text::Encoding encoding = text::Encoding::gsm7;
  std::size_t parts = 1;
};

std::unexpected<Refused> refuse(Refusal why, std::string detail) {
  return std::unexpected(Refused{why, std::move(detail)});
}

template <class Tag>
std::optional<std::int64_t> or_null(Id<Tag> id) {
  return id ? std::optional(id.value) : std::nullopt;
}

Body body_of(storage::Tx& tx, const Draft& draft) {
  if (draft.body) {
    const auto stored = tx.first(
        select_body,
        [](const storage::Row& row) {
          return Body{row.text(0), row.get<text::Encoding>(1), row.get<std::size_t>(2)};
        },
        draft.body);
    if (stored) return *stored;
  }
  const std::string composed = text::nfc(draft.text);
  const text::Measure m = text::measure(composed);
  return {composed, m.encoding, m.parts};
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
  const std::string composed = text::nfc(text);
  const text::Measure m = text::measure(composed);
  const auto id = ids.next<BodyTag>();
  tx.run(insert_body, id, composed, m.encoding, m.parts);
  return id;
}

bool Door::is_own(const Phone& phone) const {
  return std::ranges::find(rules_.own_numbers, phone) != rules_.own_numbers.end();
}

bool Door::is_machine(const Phone& phone) const {
  return phone.is_short_code() || phone.is_alphanumeric() || is_own(phone);
}

Door::Verdict Door::check_campaign(storage::Tx& tx, const Draft& draft, TimePoint now) const {
  if (draft.campaign && tx.value<int>(select_same_campaign, draft.campaign, draft.to)) {
    return refuse(Refusal::duplicate, "this campaign has a message to this number already");
  }
  if (has_opted_out(tx, draft.to)) return refuse(Refusal::opted_out, "the person asked not to be written to");
  if (is_held(tx, draft.to)) return refuse(Refusal::held, "this number is left alone for now");
  const auto floor = tx.value<std::int64_t>(select_recent_floor, draft.to, now - 24h).value_or(0);
  const auto recent = tx.value<int>(count_recent_campaigns, draft.to, floor).value_or(0);
  // The day's cap says "held" as well: a hold by an open case must look like every other hold.
  if (recent >= rules_.campaign_cap_per_day)
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
      return check_campaign(tx, draft, now);
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
  if (draft.to.empty() || draft.to.is_alphanumeric())
    return refuse(Refusal::invalid_number, "not a number that takes texts");
  if (is_own(draft.to)) return refuse(Refusal::machine, "this number is our own");
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
  if (body.parts > std::min(route->parts_max, text::parts_max)) {
    return refuse(Refusal::too_long, fmt::format("{} parts, {} are allowed", body.parts, route->parts_max));
  }
  if (body.encoding == text::Encoding::ucs2 && !route->unicode) {
    return refuse(Refusal::forbidden_text,
                  "the gateway takes no characters outside GSM 7-bit: strip the accents");
  }
  if (const auto character = forbidden_in(body.text, route->forbidden)) {
    return refuse(Refusal::forbidden_text,
                  fmt::format("the gateway refuses the character \"{}\"", *character));
  }
  const PurposeRules& rules = rules_of(draft.purpose);
  const TimePoint not_before = draft.not_before.value_or(now);
  const TimePoint expires_at = draft.expires_at.value_or(not_before + rules.lifetime);
  const auto id = ids_.next<MessageTag>();
  const BodyId body_id = draft.body ? draft.body : store_body(tx, ids_, body.text);
  tx.run(insert_message, id, draft.purpose, rules.lane, draft.to, body_id, body.parts, route->gateway,
         !draft.gateway.empty(), not_before, expires_at, or_null(draft.campaign), or_null(draft.case_id),
         or_null(draft.referral), now);
  tx.run(insert_event, ids_.next<struct EventTag>(), id, now, route->gateway);
  if (draft.automatic) tx.run(upsert_auto_reply, draft.to, now);
  tx.changed("message", id.value);
  return id;
}

}  // namespace tongdai::outbox
