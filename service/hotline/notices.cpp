#include "hotline/notices.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "directory/facilities.hpp"
#include "directory/units.hpp"
#include "hotline/alert_cap.hpp"
#include "hotline/tracks.hpp"
#include "hotline/without_numbers.hpp"
#include "text/fold.hpp"

namespace tongdai::hotline {
namespace {

constexpr std::size_t words_bytes_max = 400;  // of the reporter's, in one text to the facility

constexpr std::string_view select_words =
    "SELECT unseal(i.key_id, i.sealed_text, i.text) FROM case_text t JOIN inbound i ON i.id = t.inbound_id "
    "WHERE t.case_id = $1 ORDER BY i.id";

std::string shown(const std::map<std::string, std::string>& names, const std::string& key) {
  const auto found = names.find(key);
  return found == names.end() ? key : found->second;
}

std::string area_of(storage::Tx& tx, const Case& c) {
  if (c.place != Place::known) return "chua ro";
  return text::strip_accents(directory::unit_name(tx, c.unit));
}

std::string services_of(storage::Tx& tx, const Desk& desk, const Case& c) {
  std::vector<std::string> names;
  for (const std::string& s : own_services(tx, c)) names.push_back(shown(desk.words.service_names, s));
  return names.empty() ? "ho tro" : fmt::format("{}", fmt::join(names, ", "));
}

std::string minutes_of(Duration d) {
  return std::to_string(std::chrono::ceil<std::chrono::minutes>(d).count());
}

std::map<std::string, std::string> values_of(storage::Tx& tx, const Desk& desk, const Case& c) {
  return {{"code", c.code},
          {"urgency", shown(desk.words.urgency_names, std::string(name_of(c.urgency)))},
          {"area", area_of(tx, c)},
          {"place", area_of(tx, c)},
          {"service", services_of(tx, desk, c)},
          {"minutes", minutes_of(desk.settings.lease_time(c.urgency))}};
}

std::string phrase(const Desk& desk, std::string_view key) {
  const auto found = desk.words.facility.find(std::string(key));
  return found == desk.words.facility.end() ? std::string() : found->second;
}

/// Cut at a whole UTF-8 character.
std::string cut(std::string words) {
  if (words.size() <= words_bytes_max) return words;
  std::size_t end = words_bytes_max;
  while (end > 0 && (static_cast<unsigned char>(words[end]) & 0xc0U) == 0x80U) --end;
  return words.substr(0, end) + "...";
}

std::optional<MessageId> send(storage::Tx& tx, Desk& desk, outbox::Purpose purpose, const Phone& to,
                              std::string text, CaseId about, ReferralId referral, bool automatic,
                              TimePoint now) {
  outbox::Draft draft;
  draft.purpose = purpose;
  draft.to = to;
  draft.text = std::move(text);
  draft.automatic = automatic;
  draft.case_id = about;
  draft.referral = referral;
  const auto admitted = desk.door.admit(tx, draft, now);
  if (!admitted) {
    desk.log.warning("a notice was refused at the door",
                     {{"to", to}, {"why", name_of(admitted.error().why)}});
  }
  return admitted ? std::optional(*admitted) : std::nullopt;
}

/// Will the door take an alert to this number, as far as can be told without the text?
bool may_leave(const Desk& desk, const Phone& to) {
  return desk.door.check_number(to) &&
         desk.door.router().choose(outbox::Purpose::facility_alert, to, "").has_value();
}

/// To the people on duty of who has the case.
void tell_owner(storage::Tx& tx, Desk& desk, const Case& c, const std::string& text, TimePoint now) {
  for (const Phone& phone : people_to_tell(tx, desk, c, c.owner, now))
    send(tx, desk, outbox::Purpose::facility_alert, phone, text, c.id, {}, false, now);
}

/// Beside the alerts, and within the same bound: what is held back stands in the timeline and the log.
void page_officers(storage::Tx& tx, Desk& desk, const Case& c, const std::string& text, TimePoint now) {
  if (!has_room(tx, desk, desk.duty_desk, now)) {
    desk.log.alarm("a word to the duty officers is held back: too many within the hour", {{"case", c.id}});
    return;
  }
  page_desk(tx, desk, text, now, &c);
  for (std::size_t i = 0; i < desk.settings.duty.size(); ++i) count_alert(tx, desk.duty_desk, now);
}

}  // namespace

bool may_tell(storage::Tx& tx, const Case& c, const Phone& phone) {
  return phone != c.reporter && !is_conflicting(tx, c.id, phone);
}

std::vector<Phone> people_to_tell(storage::Tx& tx, const Desk& desk, const Case& c, FacilityId facility,
                                  TimePoint now) {
  auto people = directory::contacts_on_duty(tx, facility, now, desk.duty_calendar());
  std::erase_if(people, [&](const Phone& p) { return !may_tell(tx, c, p); });
  return people;
}

std::vector<Phone> phones_of(storage::Tx& tx, const Desk& desk, const Case& c,
                             const std::vector<FacilityId>& facilities, TimePoint now) {
  std::vector<Phone> phones;
  for (const FacilityId facility : facilities) {
    for (const Phone& phone : people_to_tell(tx, desk, c, facility, now)) {
      if (std::ranges::find(phones, phone) == phones.end()) phones.push_back(phone);
    }
  }
  return phones;
}

int send_alerts(storage::Tx& tx, Desk& desk, const Case& c, const Referral& r, TimePoint now) {
  const bool is_desk = r.facility == desk.duty_desk;
  const Alert alert{c.id,       r.id,
                    r.facility, c.urgency,
                    c.code,     fill(phrase(desk, is_desk ? "duty_page" : "alert"), values_of(tx, desk, c)),
                    c.track};
  int sent = 0;
  for (const Phone& phone : people_to_tell(tx, desk, c, r.facility, now)) {
    if (desk.bundle != nullptr && may_leave(desk, phone)) {
      desk.bundle->add(phone, alert);
      ++sent;
    } else if (desk.bundle == nullptr && notify_of_one(tx, desk, phone, alert, now)) {
      ++sent;
    }
  }
  return sent;
}

std::optional<MessageId> notify_of_one(storage::Tx& tx, Desk& desk, const Phone& to, const Alert& alert,
                                       TimePoint now) {
  const auto id = send(tx, desk, outbox::Purpose::facility_alert, to, alert.text, alert.case_id,
                       alert.referral, false, now);
  if (id) count_alert(tx, alert.facility, now);
  return id;
}

std::optional<MessageId> notify_of_many(storage::Tx& tx, Desk& desk, const Phone& to,
                                        const std::vector<std::string>& codes, bool is_page, TimePoint now) {
  const auto text =
      fill(phrase(desk, is_page ? "digest_page" : "digest"),
           {{"count", std::to_string(codes.size())}, {"codes", fmt::format("{}", fmt::join(codes, ", "))}});
  return send(tx, desk, outbox::Purpose::facility_alert, to, text, {}, {}, false, now);
}

void tell(storage::Tx& tx, Desk& desk, const Phone& to, std::string_view key, std::string_view code,
          const Case* about, TimePoint now) {
  std::map<std::string, std::string> values{{"code", std::string(code)}};
  if (about != nullptr) values.merge(values_of(tx, desk, *about));
  send(tx, desk, outbox::Purpose::facility_alert, to, fill(phrase(desk, key), values),
       about ? about->id : CaseId{}, {}, false, now);
}

void tell_beds(storage::Tx& tx, Desk& desk, const Phone& to, int beds, TimePoint now) {
  send(tx, desk, outbox::Purpose::facility_alert, to,
       fill(phrase(desk, "beds"), {{"beds", std::to_string(beds)}}), {}, {}, false, now);
}

void remind_owner(storage::Tx& tx, Desk& desk, const Case& c, TimePoint now) {
  auto values = values_of(tx, desk, c);
  values["minutes"] =
      minutes_of(std::max(c.due_at.value_or(now) - now, Duration{0}));  // a clock may have leapt
  tell_owner(tx, desk, c, fill(phrase(desk, "reminder"), values), now);
}

void tell_clock(storage::Tx& tx, Desk& desk, const Case& c, std::string_view clock, TimePoint limit,
                TimePoint now) {
  const auto text = fill(phrase(desk, limit <= now ? "clock_overdue" : "clock_warning"),
                         {{"code", c.code},
                          {"clock", shown(desk.words.clock_names, std::string(clock))},
                          {"minutes", minutes_of(limit - now)}});
  if (c.owner && c.owner != desk.duty_desk) tell_owner(tx, desk, c, text, now);
  page_officers(tx, desk, c, text, now);
}

void ask_for_consent(storage::Tx& tx, Desk& desk, const Case& c, const std::string& service, TimePoint now) {
  const auto text = fill(phrase(desk, "consent_needed"),
                         {{"code", c.code}, {"service", shown(desk.words.service_names, service)}});
  page_officers(tx, desk, c, text, now);
}

void hint(storage::Tx& tx, Desk& desk, const Phone& to, const std::vector<std::string>& codes,
          TimePoint now) {
  const std::string list = fmt::format("{}", fmt::join(codes, ", "));
  send(tx, desk, outbox::Purpose::facility_alert, to, fill(phrase(desk, "hint_code"), {{"codes", list}}), {},
       {}, true, now);
}

void send_details(storage::Tx& tx, Desk& desk, const Case& c, const Phone& to, TimePoint now) {
  const auto texts = tx.all(select_words, [](const storage::Row& row) { return row.text(0); }, c.id);
  std::string words = fmt::format("{}", fmt::join(texts, " / "));
  if (words.empty()) words = c.note;
  auto values = values_of(tx, desk, c);
  values["words"] = cut(without_numbers(words));
  send(tx, desk, outbox::Purpose::relay_to_facility, to, fill(phrase(desk, "accepted"), values), c.id, {},
       false, now);
}

void forward_text(storage::Tx& tx, Desk& desk, const Case& c, std::string_view words, TimePoint now) {
  const std::string text = fmt::format("{}: {}", c.code, cut(without_numbers(words)));
  for (const Phone& phone : phones_of(tx, desk, c, owners_of(tx, c.id), now))
    send(tx, desk, outbox::Purpose::relay_to_facility, phone, text, c.id, {}, false, now);
}

bool answer_reporter(storage::Tx& tx, Desk& desk, const inbox::InboundText& text, CaseId about,
                     std::string_view key, TimePoint now) {
  const auto& replies = desk.words.replies;
  const std::string& language = desk.settings.policy_of(text.line).language;
  auto found = replies.find(fmt::format("{}_{}", key, language));
  if (found == replies.end()) found = replies.find(fmt::format("{}_vi", key));
  if (found == replies.end()) return false;
  outbox::Draft draft;
  draft.purpose = outbox::Purpose::reporter_reply;
  draft.to = text.sender;
  draft.text = fill(found->second, {{"time", desk.zone.print(now)}});
  draft.in_reply_to = text.id;
  draft.case_id = about;
  draft.automatic = true;
  return desk.door.admit(tx, draft, now).has_value();
}

}  // namespace tongdai::hotline
