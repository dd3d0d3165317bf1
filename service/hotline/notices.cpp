#include "hotline/notices.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "directory/facilities.hpp"
#include "directory/units.hpp"
#include "hotline/without_numbers.hpp"
#include "text/fold.hpp"

namespace tongdai::hotline {
namespace {

constexpr std::size_t words_bytes_max = 400;  // of the reporter's, in one text to the facility

constexpr std::string_view select_words =
    "SELECT i.text FROM case_text t JOIN inbound i ON i.id = t.inbound_id WHERE t.case_id = $1 ORDER BY i.id";
constexpr std::string_view select_conflicting_phone =
    "SELECT 1 FROM case_conflict c JOIN facility_contact f ON f.facility_id = c.facility_id "
    "WHERE c.case_id = $1 AND f.phone = $2 LIMIT 1";

std::string shown(const std::map<std::string, std::string>& names, const std::string& key) {
  const auto found = names.find(key);
  return found == names.end() ? key : found->second;
}

std::string area_of(storage::Tx& tx, const Case& c) {
  if (c.place != Place::known) return "chua ro";
  return text::strip_accents(directory::unit_name(tx, c.unit));
}

std::string services_of(const Desk& desk, const Case& c) {
  std::vector<std::string> names;
  for (const std::string& s : c.services) names.push_back(shown(desk.words.service_names, s));
  return names.empty() ? "ho tro" : fmt::format("{}", fmt::join(names, ", "));
}

std::map<std::string, std::string> values_of(storage::Tx& tx, const Desk& desk, const Case& c) {
  return {{"code", c.code},
          {"urgency", shown(desk.words.urgency_names, std::string(name_of(c.urgency)))},
          {"area", area_of(tx, c)},
          {"place", area_of(tx, c)},
          {"service", services_of(desk, c)}};
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

bool send(storage::Tx& tx, Desk& desk, outbox::Purpose purpose, const Phone& to, std::string text,
          const Case* about, ReferralId referral, bool automatic, TimePoint now) {
  outbox::Draft draft;
  draft.purpose = purpose;
  draft.to = to;
  draft.text = std::move(text);
  draft.automatic = automatic;
  if (about != nullptr) draft.case_id = about->id;
  draft.referral = referral;
  const auto admitted = desk.door.admit(tx, draft, now);
  if (!admitted) {
    desk.log.warning("a notice was refused at the door",
                     {{"to", to}, {"why", name_of(admitted.error().why)}});
  }
  return admitted.has_value();
}

}  // namespace

int send_alerts(storage::Tx& tx, Desk& desk, const Case& c, const Referral& r, TimePoint now) {
  const bool is_desk = r.facility == desk.duty_desk;
  const std::string text = fill(phrase(desk, is_desk ? "duty_page" : "alert"), values_of(tx, desk, c));
  int sent = 0;
  for (const Phone& phone : directory::contacts_on_duty(tx, r.facility, now, desk.zone)) {
    // Who belongs to a facility in conflict is left out of the fallback too; so is the reporter's own phone.
    if (phone == c.reporter || tx.value<int>(select_conflicting_phone, c.id, phone)) continue;
    if (send(tx, desk, outbox::Purpose::facility_alert, phone, text, &c, r.id, false, now)) ++sent;
  }
  return sent;
}

void tell(storage::Tx& tx, Desk& desk, const Phone& to, std::string_view key, std::string_view code,
          const Case* about, TimePoint now) {
  std::map<std::string, std::string> values{{"code", std::string(code)}};
  if (about != nullptr) values.merge(values_of(tx, desk, *about));
  send(tx, desk, outbox::Purpose::facility_alert, to, fill(phrase(desk, key), values), about, {}, false, now);
}

void hint(storage::Tx& tx, Desk& desk, const Phone& to, const std::vector<std::string>& codes,
          TimePoint now) {
  const std::string list = fmt::format("{}", fmt::join(codes, ", "));
  send(tx, desk, outbox::Purpose::facility_alert, to, fill(phrase(desk, "hint_code"), {{"codes", list}}),
       nullptr, {}, true, now);
}

void send_details(storage::Tx& tx, Desk& desk, const Case& c, const Phone& to, TimePoint now) {
  const auto texts = tx.all(select_words, [](const storage::Row& row) { return row.text(0); }, c.id);
  std::string words = fmt::format("{}", fmt::join(texts, " / "));
  if (words.empty()) words = c.note;
  auto values = values_of(tx, desk, c);
  values["words"] = cut(without_numbers(words));
  const auto lease = std::chrono::ceil<std::chrono::minutes>(desk.settings.lease_time(c.urgency));
  values["minutes"] = std::to_string(lease.count());
  send(tx, desk, outbox::Purpose::relay_to_facility, to, fill(phrase(desk, "accepted"), values), &c, {},
       false, now);
}

void forward_text(storage::Tx& tx, Desk& desk, const Case& c, std::string_view words, TimePoint now) {
  const std::string text = fmt::format("{}: {}", c.code, cut(without_numbers(words)));
  for (const Phone& phone : directory::contacts_on_duty(tx, c.owner, now, desk.zone)) {
    if (phone == c.reporter || tx.value<int>(select_conflicting_phone, c.id, phone)) continue;
    send(tx, desk, outbox::Purpose::relay_to_facility, phone, text, &c, {}, false, now);
  }
}

bool answer_reporter(storage::Tx& tx, Desk& desk, const Phone& to, InboundId in_reply_to,
                     std::string_view key, TimePoint now) {
  const auto found = desk.words.replies.find(std::string(key));
  if (found == desk.words.replies.end()) return false;
  outbox::Draft draft;
  draft.purpose = outbox::Purpose::reporter_reply;
  draft.to = to;
  draft.text = fill(found->second, {{"time", desk.zone.print(now)}});
  draft.in_reply_to = in_reply_to;
  draft.automatic = true;
  return desk.door.admit(tx, draft, now).has_value();
}

}  // namespace tongdai::hotline
