#include "simulation/oracle.hpp"

#include <algorithm>
#include <cctype>

namespace tongdai::simulation {
namespace {

constexpr std::size_t number_digits = 9;  // of a mobile number without its country
// An answer lives for 15 minutes of a wall clock that may be set back meanwhile.
constexpr Duration reply_life = 40min;
constexpr Duration refusal_grace = 30s;  // what was in a gateway's hands when the refusal came
constexpr Duration away_min = 2min;      // of a gateway, before the officers are told
constexpr Duration link_slack = 1s;      // a service that starts has no link yet
constexpr Duration page_life = 90min;    // an hour, and what the wall clock may be set back in it
constexpr const char* discreet_sender = "19001234";

constexpr std::string_view select_asked =
    "SELECT 1 FROM hotline_case c JOIN referral r ON r.case_id = c.id JOIN facility_contact f ON "
    "f.facility_id = r.facility_id WHERE c.code = $1 AND f.phone = $2 AND r.state <> 'planned' LIMIT 1";
constexpr std::string_view select_first_text =
    "SELECT i.dedupe_key FROM hotline_case c JOIN case_text t ON t.case_id = c.id JOIN inbound i ON i.id = "
    "t.inbound_id WHERE c.code = $1 ORDER BY i.id LIMIT 1";
constexpr std::string_view select_case = "SELECT 1 FROM hotline_case WHERE code = $1";

/// The gateway that a page of the watch is about.
std::optional<std::string> gateway_away(const std::string& text) {
  constexpr std::string_view before = "Tong dai: cong ", behind = " mat ket noi";
  const auto end = text.find(behind);
  if (!text.starts_with(before) || end == std::string::npos) return std::nullopt;
  return text.substr(before.size(), end - before.size());
}

/// All digits, with a bar where what stands between is more than people put into a number.
std::string digits_of(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
      out += c;
    } else if (std::string_view(" .,-/_*()+").find(c) == std::string_view::npos) {
      out += '|';
    }
  }
  return out;
}

}  // namespace

void Oracle::judge(MessageId id, const Phone& to, const gateway::Heard& heard) {
  stage_.note("{} hears: {}", to.reveal(), heard.text);
  ++arrivals_[id];
  std::string against = leak(to, heard.text);
  if (against.empty()) against = explain(id, to, heard);
  if (!against.empty()) stage_.violated("stray text to {} ({}): {}", to.reveal(), against, heard.text);
}

std::string Oracle::leak(const Phone& to, const std::string& text) const {
  const std::string digits = digits_of(text);
  for (std::size_t i = 0; i + number_digits <= digits.size(); ++i) {
    const std::string* number = town_.number_ending(digits.substr(i, number_digits));
    if (number != nullptr && *number != to.reveal()) return "it shows the number " + *number;
  }
  return "";
}

std::string Oracle::explain(MessageId id, const Phone& to, const gateway::Heard& heard) {
  if (heard.text == campaign_text) return campaign(id, to);
  if (const auto reply_read = phrases_.to_reporter(heard.text)) {
    if (heard.from != discreet_sender) return "a reporter is answered by a sender that tells";
    return reply(id, to, reply_read->key);
  }
  if (!town_.is_duty(to) && !town_.is_staff(to)) return "no rule sends this to a citizen";
  if (const auto gateway = gateway_away(heard.text)) return page_of(to, *gateway);
  if (const auto read = phrases_.to_facility(heard.text)) return notice(to, read->key, read->values);
  // A later text of the reporter: "482913: her words".
  const auto mark = heard.text.find(": ");
  if (mark != std::string::npos && heard.text.find_first_not_of("0123456789") == mark)
    return details(to, heard.text.substr(0, mark), heard.text.substr(mark + 2));
  return "no rule makes this text";
}

std::string Oracle::reply(MessageId id, const Phone& to, const std::string& key) {
  const bool confirms = key == "opt_out_confirmed";
  if (!confirms && key != "acknowledge" && key != "ask_place") return "no rule of the model says " + key;
  int causes = 0;
  bool is_recent = false;
  for (const Said* s : ledger_.of(to)) {
    // What a facility's people say beside their answers may read like a report.
    if (s->meaning != Meaning::report && s->meaning != Meaning::opt_out && s->meaning != Meaning::chatter)
      continue;
    ++causes;
    const bool fits = (s->meaning == Meaning::opt_out) == confirms;
    is_recent = is_recent || (fits && (!s->taken || stage_.now() - *s->taken < reply_life));
  }
  if (!is_recent) return "it answers nothing that was written";
  // One that was in doubt may come again; the census holds each message against that rule.
  if (arrivals_.at(id) == 1 && ++replies_[to] > causes) return "more answers than texts";
  return "";
}

std::string Oracle::page_of(const Phone& to, const std::string& gateway) const {
  if (!town_.is_duty(to)) return "only the duty officers are paged";
  const bool was_away = std::ranges::any_of(stage_.outages, [&](const Outage& o) {
    return o.gateway == gateway && o.length >= away_min && stage_.now() - o.began >= away_min - link_slack &&
           stage_.now() - o.began <= page_life;
  });
  return was_away ? "" : "that gateway was not away";
}

std::string Oracle::campaign(MessageId id, const Phone& to) const {
  if (arrivals_.at(id) > 1) return "a campaign's text comes twice";
  const Said* last = nullptr;
  for (const Said* s : ledger_.of(to)) {
    const bool about = s->meaning == Meaning::opt_out || s->meaning == Meaning::opt_in;
    if (about && s->taken && (last == nullptr || *last->taken <= *s->taken)) last = s;
    if (s->meaning == Meaning::report && s->taken && stage_.now() - *s->taken > refusal_grace)
      return "who reported is left alone";
  }
  if (last != nullptr && last->meaning == Meaning::opt_out && stage_.now() - *last->taken > refusal_grace)
    return "who refused gets no campaign";
  return "";
}

std::string Oracle::notice(const Phone& to, const std::string& key, const Values& values) {
  const auto value = [&](const char* name) {
    const auto found = values.find(name);
    return found == values.end() ? std::string() : found->second;
  };
  const std::string code = value("code");
  if (is_left_out(to, code) && key != "unknown_code") return "they are connected to the perpetrator";
  const auto has_said = [&](std::initializer_list<Meaning> any, const std::vector<Phone>& by) {
    return std::ranges::any_of(any, [&](Meaning m) { return ledger_.said(by, m, code); });
  };
  if (key == "alert") return alert(to, code);
  if (key == "duty_page") {
    if (!town_.is_duty(to)) return "only the duty officers are paged";
    return window_.count(select_case, code) == 1 ? "" : "there is no such case";
  }
  if (key == "accepted") return details(to, code, value("words"));
  if (key == "taken") return was_asked(to, code) ? "" : "who was not asked learns nothing of a case";
  if (key == "declined") return has_said({Meaning::decline}, {to}) ? "" : "nobody declined";
  const auto commands = {Meaning::accept,   Meaning::decline,   Meaning::done,
                         Meaning::progress, Meaning::hand_back, Meaning::transfer};
  if (key == "closed" || key == "overtaken")
    return has_said(commands, {to}) && was_asked(to, code) ? "" : "it answers no command of theirs";
  if (key == "unknown_code" || key == "not_yours")
    return has_said(commands, {to}) ? "" : "it answers no command";
  if (key == "hint_code") return hint(to, value("codes"));
  return of_the_owner(to, key, code, value("codes"));
}

/// What is said to who has a case, or had it, and to many at once.
std::string Oracle::of_the_owner(const Phone& to, const std::string& key, const std::string& code,
                                 const std::string& codes) {
  const auto said = [&](Meaning meaning) { return ledger_.said({to}, meaning, code); };
  const bool had_it = ledger_.said(town_.colleagues(to), Meaning::accept, code);
  if (key == "progress") return said(Meaning::progress) && had_it ? "" : "nobody gave a sign of life";
  if (key == "handed_back") return said(Meaning::hand_back) && had_it ? "" : "nobody gave it back";
  if (key == "transferred" || key == "transfer_unknown")
    return said(Meaning::transfer) && had_it ? "" : "nobody gave it on";
  if (key == "reminder") return had_it ? "" : "who never had the case is reminded of it";
  if (key == "clock_warning" || key == "clock_overdue")
    return town_.is_duty(to) || had_it ? "" : "who never had the case is told of its limit";
  if (key == "digest") return hint_codes(to, codes);
  if (key == "digest_page" || key == "coverage_gap")
    return town_.is_duty(to) ? "" : "only the duty officers are paged";
  return "no rule of the model says " + key;
}

bool Oracle::is_left_out(const Phone& to, const std::string& code) const {
  const auto found = left_out_.find(code);
  return found != left_out_.end() && std::ranges::find(found->second, to) != found->second.end();
}

bool Oracle::was_asked(const Phone& to, const std::string& code) {
  return window_.count(select_asked, code, to) == 1;
}

Phone Oracle::reporter_of(const std::string& code) {
  const auto known = reporters_.find(code);
  if (known != reporters_.end()) return known->second;
  const auto key = window_.tx().value<std::string>(select_first_text, code);
  const Said* first = key ? ledger_.with_key(*key) : nullptr;
  return reporters_[code] = first == nullptr ? Phone() : first->by;
}

std::string Oracle::alert(const Phone& to, const std::string& code) {
  if (town_.is_duty(to)) return "the duty desk is paged, not asked";
  if (!was_asked(to, code)) return "it is not their turn";
  const Phone reporter = reporter_of(code);
  if (reporter == to) return "the reporter's own phone is alerted";
  if (reporter.empty()) return "";  // opened at the desk
  const bool serves = std::ranges::any_of(
      ledger_.of(reporter), [&](const Said* s) { return !s->unit.empty() && town_.serves(to, s->unit); });
  return serves ? "" : "they do not serve the place";
}

std::string Oracle::details(const Phone& to, const std::string& code, const std::string& words) {
  if (!ledger_.said(town_.colleagues(to), Meaning::accept, code)) return "they did not accept the case";
  const Phone reporter = reporter_of(code);
  for (const std::string& token : ledger_.tokens_in(words)) {
    const Said* report = ledger_.with_token(token);
    if (report->by != reporter) return "the words are another person's";
    ++shown_[token];
  }
  return "";
}

std::string Oracle::hint(const Phone& to, const std::string& codes) {
  return ledger_.of(to).empty() ? "it answers nothing" : hint_codes(to, codes);
}

std::string Oracle::hint_codes(const Phone& to, const std::string& codes) {
  for (std::size_t from = 0; from < codes.size(); from += 8) {
    const std::string code = codes.substr(from, 6);
    if (!was_asked(to, code)) return "it names a case that is not theirs";
  }
  return "";
}

}  // namespace tongdai::simulation
