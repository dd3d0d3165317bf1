#include "outbox/door.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "outbox/new_message.hpp"
#include "outbox/sealed.hpp"
#include "outbox/suppression.hpp"
#include "text/digit_runs.hpp"
#include "text/fold.hpp"

namespace tongdai::outbox {
namespace {

constexpr std::size_t phone_digits_min = 7;  // in a row, of what may be somebody's number

constexpr std::string_view insert_one_body =
    "INSERT INTO body (id, text, encoding, parts) VALUES ($1, $2, $3, $4)";
constexpr std::string_view select_body =
    "SELECT unseal(key_id, sealed_text, text), encoding, parts FROM body WHERE id = $1";
// One look for what campaigns must respect.
constexpr std::string_view select_standing = "SELECT " TONGDAI_STANDING("$1", "$2", "$3", "$4");
constexpr std::string_view select_inbound =
    "SELECT unseal(key_id, sealed_text, text) FROM inbound WHERE id = $1 AND sender IN ($2, tag($2))";
constexpr std::string_view select_case_of = "SELECT COALESCE(case_id, 0) FROM message WHERE id = $1";
constexpr std::string_view select_facility_names = "SELECT name FROM facility";
constexpr std::string_view select_auto_reply = "SELECT at FROM auto_reply WHERE recipient = tag($1)";
constexpr std::string_view upsert_auto_reply =
    "INSERT INTO auto_reply (recipient, at) VALUES (tag($1), $2) ON CONFLICT (recipient) DO UPDATE SET at = "
    "excluded.at";

Standing standing_of(storage::Tx& tx, const Phone& phone, bool advertising, TimePoint now) {
  return tx
      .first(
          select_standing, [](const storage::Row& row) { return Standing::read(row, 0); }, phone,
          advertising ? 1 : 0, now, now - Door::cap_window)
      .value();
}

std::unexpected<Refused> refuse(Refusal why, std::string detail) {
  return std::unexpected(Refused{why, std::move(detail)});
}

Body body_of(storage::Tx& tx, const Draft& draft) {
  if (draft.body) {
    if (auto stored = load_body(tx, draft.body)) return std::move(*stored);
  }
  return measured_body(draft.text);
}

}  // namespace

Body measured_body(std::string_view text, bool strip) {
  Body body{strip ? text::strip_accents(text) : text::nfc(text)};
  const text::Measure m = text::measure(body.text);
  body.encoding = m.encoding;
  body.parts = m.parts;
  return body;
}

std::shared_ptr<const Body> without_accents(std::shared_ptr<const Body> body) {
  if (text::is_ascii(body->text)) return body;
  Body bare = measured_body(body->text, true);
  bare.id = body->id;
  return std::make_shared<const Body>(std::move(bare));
}

void insert_body(storage::Tx& tx, const Body& body) {
  tx.run(insert_one_body, body.id, body.text, body.encoding, body.parts);
}

BodyId store_body(storage::Tx& tx, IdSource& ids, const Body& body) {
  Body own = body;
  own.id = ids.next<BodyTag>();
  insert_body(tx, own);
  return own.id;
}

BodyId store_body(storage::Tx& tx, IdSource& ids, std::string_view text) {
  return store_body(tx, ids, measured_body(text));
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

std::expected<void, Refused> check_fitness(const Body& body, const Router::Choice& choice, text::Kind kind) {
  const text::Limits& limits = *choice.limits;
  text::Measure measure{body.encoding, 0, body.parts};
  if (!limits.chars.empty() || !limits.advertising_chars.empty()) measure = text::measure(body.text);
  auto misfit = text::misfit(body.text, measure, limits, kind);
  if (!misfit) return {};
  return refuse(misfit->is_too_long ? Refusal::too_long : Refusal::forbidden_text, std::move(misfit->what));
}

Door::Verdict Door::check_number(const Phone& to) const {
  if (to.empty() || to.is_alphanumeric())
    return refuse(Refusal::invalid_number, "not a number that takes texts");
  if (is_own(to)) return refuse(Refusal::machine, "this number is our own");
  return {};
}

Door::Verdict Door::check_recipient(const Draft& draft) const {
  if (!draft.to_ourselves) return check_number(draft.to);
  if (draft.purpose == Purpose::operator_code && is_own(draft.to)) return {};
  return refuse(Refusal::invalid_number, "a synthetic report goes to a line of ours only");
}

OtherTexts Door::campaign_texts(storage::Tx& tx, CampaignId except, TimePoint now) const {
  if (!campaign_texts_) return {};
  return campaign_texts_(tx, except, now - cap_window);
}

std::optional<Refusal> Door::objection(const Phone& to, const Standing& standing, bool advertising,
                                       const OtherTexts& other_texts, TimePoint now) const {
  if (standing.opted_out) return Refusal::opted_out;
  if (advertising && standing.do_not_call) return Refusal::do_not_call;
  if (advertising && !standing.consented) return Refusal::no_consent;
  // One name for the hold of an open case, a rest and the day's cap: none may be told from another.
  if (standing.held || rest_.rests(to, now)) return Refusal::held;
  const int cap = rules_.campaign_cap_per_day;
  if (standing.texts + other_texts.most < cap) return std::nullopt;
  const int texts = standing.texts + (other_texts.count ? other_texts.count(to) : 0);
  return texts >= cap ? std::optional(Refusal::held) : std::nullopt;
}

std::optional<Refusal> Door::objection_since(storage::Tx& tx, const Phone& to, bool advertising,
                                             TimePoint now) const {
  if (campaigns_are_barred_) return Refusal::refusals_unknown;
  Standing standing = standing_of(tx, to, advertising, now);
  standing.texts = 0;
  return objection(to, standing, advertising, {}, now);
}

Door::Verdict Door::check_campaign(storage::Tx& tx, const Phone& to, bool advertising,
                                   const OtherTexts& other_texts, TimePoint now) const {
  const auto why = objection(to, standing_of(tx, to, advertising, now), advertising, other_texts, now);
  if (!why) return {};
  switch (*why) {
    case Refusal::opted_out:
      return refuse(*why, "the person asked not to be written to");
    case Refusal::do_not_call:
      return refuse(*why, "the number is in the Do-Not-Call register");
    case Refusal::no_consent:
      return refuse(*why, "the person did not agree to advertising");
    default:
      return refuse(*why, "this number is left alone for now");
  }
}

std::expected<ReporterTerms, Refused> Door::terms_of(storage::Tx& tx, const Draft& draft,
                                                     TimePoint now) const {
  ReporterTerms terms;
  if (draft.case_id && reporter_contact_) {
    auto of_case = reporter_contact_(tx, draft.case_id, draft.to, draft.purpose, now);
    if (!of_case) return of_case;
    terms = std::move(*of_case);
  } else if (draft.purpose == Purpose::relay_to_reporter) {
    return refuse(Refusal::not_safe, "no safe contact with this person is recorded");
  }
  if (draft.purpose != Purpose::reporter_reply) return terms;
  auto inbound = tx.value<std::string>(select_inbound, draft.in_reply_to, draft.to);
  if (!inbound) return refuse(Refusal::not_safe, "a reply needs a text of this person that is on disk");
  terms.heard.push_back(std::move(*inbound));
  return terms;
}

Door::Admission Door::check_reporter(storage::Tx& tx, const Draft& draft, const std::string& text,
                                     TimePoint now) const {
  if (is_machine(draft.to)) return refuse(Refusal::machine, "this number is answered by no person");
  const auto terms = terms_of(tx, draft, now);
  if (!terms) return std::unexpected(terms.error());
  std::vector<Objection> objections;
  if (terms->is_explicit) {
    if (auto quoted = quotation(text, terms->heard)) objections.push_back(std::move(*quoted));
    // A quotation is never agreed to, nor is a number.
    for (const auto& run : text::digit_runs(text, phone_digits_min))
      objections.push_back({Offence::code, "", run.at});
  } else {
    const auto names = tx.all(select_facility_names, [](const storage::Row& row) { return row.text(0); });
    objections = rules_.discretion.objections(text, names, terms->heard);
  }
  if (objections.empty()) return terms->not_after;
  std::string detail = objections.front().print();
  return std::unexpected(Refused{Refusal::forbidden_text, std::move(detail), std::move(objections)});
}

Door::Verdict Door::check_facility(storage::Tx& tx, const Draft& draft) const {
  if (draft.purpose != Purpose::relay_to_facility) return {};
  if (holds_case_ && draft.case_id && holds_case_(tx, draft.case_id, draft.to)) return {};
  return refuse(Refusal::not_theirs, "only who accepted the case gets its details");
}

std::optional<Refused> Door::case_objection_since(storage::Tx& tx, MessageId id, Purpose purpose,
                                                  const Phone& to, TimePoint now) const {
  const auto of_case = CaseId{tx.value<std::int64_t>(select_case_of, id).value_or(0)};
  if (!of_case) return std::nullopt;
  if (purpose == Purpose::relay_to_facility) {
    if (!holds_case_ || holds_case_(tx, of_case, to)) return std::nullopt;
    return Refused{Refusal::not_theirs, "the case was taken from them since"};
  }
  if (!reporter_contact_) return std::nullopt;
  const auto terms = reporter_contact_(tx, of_case, to, purpose, now);
  return terms ? std::nullopt : std::optional(terms.error());
}

Door::Admission Door::check_purpose(storage::Tx& tx, const Draft& draft, const std::string& text,
                                    TimePoint now) const {
  const auto always = [](const Verdict& verdict) -> Admission {
    if (!verdict) return std::unexpected(verdict.error());
    return TimePoint::max();
  };
  switch (draft.purpose) {
    case Purpose::campaign:
      if (campaigns_are_barred_)
        return always(refuse(Refusal::refusals_unknown,
                             "refusals are of another master key: see the log of the start"));
      return always(check_campaign(tx, draft.to, false, campaign_texts(tx, {}, now), now));
    case Purpose::reporter_reply:
    case Purpose::relay_to_reporter:
      return check_reporter(tx, draft, text, now);
    case Purpose::facility_alert:
    case Purpose::relay_to_facility:
    case Purpose::operator_code:
      return always(check_facility(tx, draft));
  }
  return TimePoint::max();
}

std::expected<Door::Passage, Refused> Door::examine(storage::Tx& tx, const Draft& draft,
                                                    TimePoint now) const {
  if (const auto verdict = check_recipient(draft); !verdict) return std::unexpected(verdict.error());
  if (draft.automatic) {  // the cheapest first: who writes again and again costs no look at all their texts
    const auto last = tx.value<TimePoint>(select_auto_reply, draft.to);
    if (last && now - *last < rules_.auto_reply_window) {
      return refuse(Refusal::replied_already, "this number had an automatic reply within the window");
    }
  }
  Passage passage{.body = body_of(tx, draft)};
  const auto latest = check_purpose(tx, draft, passage.body.text, now);
  if (!latest) return std::unexpected(latest.error());
  passage.not_after = *latest;
  auto route = router_.choose(draft.purpose, draft.to, draft.gateway);
  if (!route) return refuse(Refusal::no_route, "no gateway may carry this purpose to this number");
  passage.is_stripped = route->limits->strips_accents && !text::is_ascii(passage.body.text);
  if (passage.is_stripped) passage.body = measured_body(passage.body.text, true);
  if (auto verdict = check_fitness(passage.body, *route); !verdict)
    return std::unexpected(std::move(verdict.error()));
  passage.gateway = std::move(route->gateway);
  return passage;
}

std::expected<MessageId, Refused> Door::admit(storage::Tx& tx, const Draft& draft, TimePoint now) {
  const auto passage = examine(tx, draft, now);
  if (!passage) return std::unexpected(passage.error());
  const PurposeRules& rules = rules_of(draft.purpose);
  const TimePoint not_before = draft.not_before.value_or(now);
  const TimePoint expires_at =
      std::min(draft.expires_at.value_or(not_before + rules.lifetime), passage->not_after);
  NewMessage m{.purpose = draft.purpose, .to = draft.to, .body = draft.body, .gateway = passage->gateway};
  m.key = key_of(tx, draft);
  if (!m.body || passage->is_stripped) m.body = store_body(tx, ids_, passage->body, m.key);
  m.parts = passage->body.parts;
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
