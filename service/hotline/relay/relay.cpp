#include "hotline/relay/relay.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "hotline/notices.hpp"
#include "hotline/relay/notes.hpp"
#include "hotline/reporter/thread.hpp"
#include "hotline/reporter/word_hash.hpp"
#include "hotline/tracks.hpp"
#include "text/encoding.hpp"
#include "text/fold.hpp"

namespace tongdai::hotline {
namespace {

constexpr std::size_t code_digits = 6;
constexpr std::size_t parts_max = 3;  // of one text to a reporter: a long one is read over a shoulder
constexpr std::size_t words_bytes_max = 2000;
// Texts of a facility to one reporter. Two machines that answer each other come to an end here.
constexpr int burst_max = 20;
constexpr Duration burst_window = 1h;

constexpr std::string_view bump_burst =
    "UPDATE relay SET burst = CASE WHEN burst_at > $2 THEN burst + 1 ELSE 1 END, "
    "burst_at = CASE WHEN burst_at > $2 THEN burst_at ELSE $3 END WHERE case_id = $1 RETURNING burst";
constexpr std::string_view select_last_words = "SELECT last_words FROM relay WHERE case_id = $1";
constexpr std::string_view update_last_words = "UPDATE relay SET last_words = $2 WHERE case_id = $1";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_mark(char c) {
  return std::string_view(" :.,;-\t\r\n").contains(c);
}

struct Addressed {
  std::string_view code;  ///< "" if none stands at the beginning
  std::string_view words;
};

Addressed address(std::string_view text) {
  while (!text.empty() && is_mark(text.front())) text.remove_prefix(1);
  const auto digits = static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
  if (digits != code_digits) return {{}, text};
  Addressed a{text.substr(0, digits), text.substr(digits)};
  while (!a.words.empty() && is_mark(a.words.front())) a.words.remove_prefix(1);
  return a;
}

/// One who writes, and the case it is about.
struct Writing {
  const Case& c;
  Referral by;
  Phone sender;
  bool with_code = false;
};

void tell(storage::Tx& tx, Desk& desk, const Writing& w, std::string_view key, Values values, TimePoint now) {
  values["code"] = w.c.code;
  // No machine writes a code; what a machine could have written is answered once in the window.
  note(tx, desk, w.sender, w.c.id, key, values, !w.with_code, now);
}

void refuse(storage::Tx& tx, Desk& desk, const Writing& w, const NotSent& why, TimePoint now) {
  add_event(tx, desk.ids, w.c.id, "not_sent", w.by.facility, why.bar ? name_of(*why.bar) : "refused", now);
  if (why.bar) return tell(tx, desk, w, fmt::format("not_{}", name_of(*why.bar)), {}, now);
  if (why.no->objections.empty()) return tell(tx, desk, w, "not_carried", {}, now);
  const outbox::Objection& objection = why.no->objections.front();
  tell(tx, desk, w, fmt::format("not_{}", name_of(objection.offence)),
       {{"found", objection.found}, {"at", std::to_string(objection.at)}}, now);
}

/// After a silence the text waits for the agreed word.
void hold(storage::Tx& tx, Desk& desk, const Writing& w, std::string_view words, TimePoint now) {
  Relay relay = relay_of(tx, w.c.id, w.c.opened_at);
  const auto state = next(relay.state, RelayEvent::held);
  if (!state) return refuse(tx, desk, w, {.bar = Bar::silent}, now);
  relay.state = *state;
  relay.moved_at = now;
  save(tx, relay);
  hold_text(tx, {desk.ids.next<struct HeldTag>().value, w.c.id, w.by.facility, std::string(words)}, now);
  add_event(tx, desk.ids, w.c.id, "held", w.by.facility, "until the agreed word comes", now);
  tell(tx, desk, w, "held", {}, now);
}

/// The same words again, or too many in an hour: a machine, or a slip of the finger.
bool is_too_much(storage::Tx& tx, const Writing& w, const std::string& hash, TimePoint now) {
  save(tx, relay_of(tx, w.c.id, w.c.opened_at));
  const int count = tx.value<int>(bump_burst, w.c.id, now - burst_window, now).value_or(0);
  const bool is_repeated = count > 1 && tx.value<std::string>(select_last_words, w.c.id) == hash;
  return is_repeated || count > burst_max;
}

void pass(storage::Tx& tx, Desk& desk, const Writing& w, std::string_view words, TimePoint now) {
  if (is_no_text(words)) return tell(tx, desk, w, "text_only", {}, now);
  if (words.size() > words_bytes_max || text::measure(text::nfc(words)).parts > parts_max)
    return tell(tx, desk, w, "too_long", {}, now);
  const std::string hash = word_hash(tx, w.c.id, words);
  if (is_too_much(tx, w, hash, now)) {
    if (w.with_code) tell(tx, desk, w, "repeated", {}, now);
    return;
  }
  const auto sent = write_to_reporter(tx, desk, w.c, {w.by.facility, w.by.id}, words, now);
  if (!sent) {
    const auto contact = safe_contact(tx, w.c.id);
    const bool waits = sent.error().bar == Bar::silent && contact && !contact->agreed.empty();
    if (!waits) return refuse(tx, desk, w, sent.error(), now);
    hold(tx, desk, w, words, now);
  }
  tx.run(update_last_words, w.c.id, hash);
}

/// The one case that words without a code can be about; a hint is sent where there are more.
std::optional<Case> only_case(storage::Tx& tx, Desk& desk, const Phone& sender,
                              const std::vector<FacilityId>& facilities, bool& asked, TimePoint now) {
  std::set<CaseId> live, theirs;
  for (const Referral& r : referrals_of(tx, facilities)) {
    const auto c = find_case(tx, r.case_id);
    if (!c || !may_tell(tx, *c, sender)) continue;
    live.insert(r.case_id);
    if (r.state == ReferralState::accepted) theirs.insert(r.case_id);
  }
  if (theirs.empty()) return std::nullopt;
  if (live.size() == 1) return find_case(tx, *theirs.begin());
  asked = true;
  std::vector<std::string> codes;
  for (const CaseId id : theirs) {
    if (const auto c = find_case(tx, id)) codes.push_back(c->code);
  }
  note(tx, desk, sender, {}, "whose", {{"codes", fmt::format("{}", fmt::join(codes, ", "))}}, true, now);
  return std::nullopt;
}

}  // namespace

Relayed relay_from_facility(storage::Tx& tx, Desk& desk, const inbox::InboundText& text,
                            const std::vector<FacilityId>& facilities, bool reads_like_report,
                            TimePoint now) {
  const Addressed addressed = address(text.text);
  std::optional<Case> c;
  bool asked = false;
  if (!addressed.code.empty() && !addressed.words.empty()) {
    c = find_case(tx, addressed.code);
  } else if (addressed.code.empty() && !reads_like_report) {
    c = only_case(tx, desk, text.sender, facilities, asked, now);
  }
  const auto part = c ? part_in_hand(tx, c->id, facilities) : std::nullopt;
  if (part && may_tell(tx, *c, text.sender)) {
    pass(tx, desk, {*c, *part, text.sender, !addressed.code.empty()}, addressed.words, now);
    return Relayed::yes;
  }
  if (asked) return Relayed::yes;
  if (addressed.code.empty() || addressed.words.empty() || reads_like_report) return Relayed::no;
  // A code that is not theirs, or not any more, and one that does not exist get the same answers as commands.
  const auto was = c && c->state != CaseState::closed ? referral_of(tx, c->id, facilities) : std::nullopt;
  const bool was_asked = was && may_tell(tx, *c, text.sender);
  hotline::tell(tx, desk, text.sender, was_asked ? "not_yours" : "unknown_code", addressed.code, nullptr,
                now);
  return Relayed::yes;
}

void relay_to_owners(storage::Tx& tx, Desk& desk, const Case& c, const inbox::InboundText& text,
                     TimePoint now) {
  if (owners_of(tx, c.id).empty()) return;
  if (!is_no_text(text.text)) return forward_text(tx, desk, c, text.text, now);
  note_owners(tx, desk, c, "no_text", now);
  if (desk.settings.policy_of(text.line).reply != Reply::none)
    answer_reporter(tx, desk, text, c.id, "text_only", now);
}

bool is_no_text(std::string_view words) {
  const std::string_view unreadable = "\xEF\xBF\xBD";  // U+FFFD
  std::size_t bad = 0, all = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto c = static_cast<unsigned char>(words[i]);
    if ((c & 0xc0U) == 0x80U) continue;
    ++all;
    const bool control = c < 0x20 && c != '\n' && c != '\r' && c != '\t';
    if (control || words.substr(i, unreadable.size()) == unreadable) ++bad;
  }
  return all > 0 && bad * 4 >= all;  // a quarter: some letters of a foreign alphabet are lost in many texts
}

}  // namespace tongdai::hotline
