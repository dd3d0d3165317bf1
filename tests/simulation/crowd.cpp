#include "simulation/crowd.hpp"

#include <algorithm>
#include <cctype>
#include <map>

namespace tongdai::simulation {
namespace {

constexpr std::size_t code_digits = 6;
constexpr Duration between_texts{19'000};  // of citizens, on average

const std::vector<std::string> pleas{"toi bi danh",
                                     "cuu toi voi",
                                     "chong cam dao doa giet",
                                     "bi nhot trong nha",
                                     "toi can tu van",
                                     "khong co cho o",
                                     "chau be bi danh",
                                     "toi buon qua, can noi chuyen",
                                     "bao no stop di, no danh toi",
                                     "giup em",
                                     "Tôi bị chồng đánh, cần giúp",
                                     "hang xom danh vo, toi nghe tieng keu"};
const std::vector<std::string> trimmings{
    "",         "",     "!!!",  "\xf0\x9f\x98\xad", "{code}", "\x01", "<b>&amp;</b>", "'; --", "nhan 482913",
    "\xff\xfe", "%s%n", "xong", "tu choi"};

bool is_digit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

}  // namespace

std::string code_in(const std::string& text) {
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end - i == code_digits) return text.substr(i, code_digits);
    i = end + 1;
  }
  return "";
}

Said Crowd::said(const Phone& who, Meaning meaning, std::string code) const {
  Said s;
  s.by = who;
  s.meaning = meaning;
  s.code = std::move(code);
  return s;
}

void Crowd::says(const Phone& who, std::string words, Said said, Duration delay) {
  if (delay > 0ms) return stage_.after(delay, [this, who, words, said] { says(who, words, said, 0ms); });
  said.ref = fmt::format("s{}", ++next_ref_);
  stage_.note("{} writes {}: {}", who.reveal(), said.ref, words);
  post_.send(words, ledger_.add(std::move(said)));
}

void Crowd::begin() {
  if (stage_.is_calm) return;
  someone_writes();
  stage_.after(stage_.dice.within(0ms, 2 * between_texts), [this] { begin(); });
}

void Crowd::someone_writes() {
  const Phone& who = stage_.dice.one_of(town_.citizens);
  switch (stage_.dice.weighted({72, 8, 6, 2, 4, 3, 3, 2})) {
    case 0:
      return reports(who);
    case 1:
      return reports_at_length(who);
    case 2:
      return says(who, stage_.dice.chance(0.5) ? "STOP" : "tu choi", said(who, Meaning::opt_out), 0ms);
    case 3:
      return says(who, "dang ky", said(who, Meaning::opt_in), 0ms);
    case 4:
      return tries_a_command(who);
    case 5:
      return machine_writes();
    case 6: {  // a plea in several breaths
      for (int i = 0; i < 3; ++i) reports(who);
      return;
    }
    default:  // facilities' people can be victims too
      return reports(stage_.dice.one_of(stage_.dice.one_of(town_.facilities).phones));
  }
}

std::string Crowd::report_words(Said& said) {
  const Place& place = stage_.dice.one_of(town_.places);
  said.unit = place.unit;
  said.token = token(next_token_++);
  std::string words = stage_.dice.one_of(pleas) + " " + said.token + " " + place.words;
  if (stage_.dice.chance(0.1)) {
    const std::string number = stage_.dice.one_of(town_.citizens).reveal().substr(3);
    words += stage_.dice.chance(0.5)
                 ? " goi 0" + number
                 : fmt::format(" goi 0{}.{} {}", number.substr(0, 2), number.substr(2, 3), number.substr(5));
  }
  return words + " " + stage_.dice.one_of(trimmings);
}

void Crowd::reports(const Phone& who) {
  Said s = said(who, Meaning::report);
  std::string words = report_words(s);
  says(who, std::move(words), std::move(s), 0ms);
}

void Crowd::reports_at_length(const Phone& who) {
  Said s = said(who, Meaning::report);
  std::string words = report_words(s);
  const auto bytes = static_cast<std::size_t>(stage_.dice.between(200, 700));
  while (words.size() < bytes) words += " va hom qua no cung ve nha rat muon, toi rat so";
  says(who, std::move(words), std::move(s), 0ms);
}

void Crowd::tries_a_command(const Phone& who) {
  Said s = said(who, Meaning::report);  // from a citizen it is one, whatever it says
  s.unit = "";
  const std::string code = last_code_.empty() ? "482913" : last_code_;
  says(who, (stage_.dice.chance(0.5) ? "nhan " : "xong ") + code, std::move(s), 0ms);
}

void Crowd::machine_writes() {
  const Phone who = Phone::stored(stage_.dice.one_of(town_.machines));
  says(who, "Tai khoan cua ban toi bi danh o Than Uyen", said(who, Meaning::machine), 0ms);
}

void Crowd::answers(const Phone& who, Meaning meaning, const std::string& code, Duration delay) {
  static const std::map<Meaning, std::vector<std::string>> verbs_of{
      {Meaning::accept, {"nhan", "NHẬN", "nhan viec", "accept"}},
      {Meaning::decline, {"tu choi", "TỪ CHỐI", "khong nhan"}},
      {Meaning::done, {"xong", "Xong roi", "done"}},
      {Meaning::progress, {"dang lam", "dang xu ly"}},
      {Meaning::hand_back, {"tra lai"}},
      {Meaning::transfer, {"chuyen"}}};
  const auto& verbs = verbs_of.at(meaning);
  std::string words = stage_.dice.one_of(verbs);
  if (!code.empty()) words = stage_.dice.chance(0.8) ? words + " " + code : code + " " + words + ".";
  says(who, words, said(who, meaning, code), delay);
}

void Crowd::heard(const Phone& phone, const std::string& text) {
  const bool is_duty = town_.is_duty(phone);
  if (!is_duty && !town_.is_staff(phone)) return;
  const std::string code = code_in(text);
  if (!code.empty()) last_code_ = code;
  if (text.find(" vu viec dang cho: ") != std::string::npos || text.find(" vu viec: ") != std::string::npos)
    return on_digest(phone, text);
  const auto says_that = [&](std::string_view part) { return text.find(part) != std::string::npos; };
  if (says_that("da giao cho ban")) return on_details(phone, code);
  if (says_that("CHUA AI NHAN")) return on_page(phone, code);
  if (says_that("Tra loi NHAN " + code) && says_that("muc do")) return on_alert(phone, code);
  if (!stage_.is_calm && stage_.dice.chance(0.03))
    says(phone, "Toi dang hop, se goi lai sau", said(phone, Meaning::chatter), 3s);
}

/// Many cases in one text: each is answered as if it had come alone.
void Crowd::on_digest(const Phone& who, const std::string& text) {
  std::size_t from = 0;
  for (std::string code = code_in(text); !code.empty(); code = code_in(text.substr(from))) {
    from = text.find(code, from) + code.size();
    town_.is_duty(who) ? on_page(who, code) : on_alert(who, code);
  }
}

void Crowd::on_alert(const Phone& who, const std::string& code) {
  Dice& dice = stage_.dice;
  if (stage_.is_calm) return answers(who, Meaning::accept, code, dice.within(2s, 20s));
  switch (dice.weighted({38, 8, 6, 12, 4, 16, 8, 4, 4})) {
    case 0:
      return answers(who, Meaning::accept, code, dice.within(3s, 50s));
    case 1:
      return answers(who, Meaning::accept, "", dice.within(3s, 50s));
    case 2:
      answers(who, Meaning::accept, fmt::format("{}", dice.between(100'000, 999'999)), dice.within(3s, 20s));
      return answers(who, Meaning::accept, code, dice.within(25s, 60s));
    case 3:
      return answers(who, Meaning::decline, code, dice.within(3s, 50s));
    case 4:
      return answers(who, Meaning::decline, "", dice.within(3s, 50s));
    case 5:
      return;  // silent
    case 6:
      return answers(who, Meaning::accept, code, dice.within(60s, 500s));  // late
    case 7:
      return says(who, "Toi dang hop, se goi lai sau", said(who, Meaning::chatter), 2s);
    default:
      answers(who, Meaning::accept, code, dice.within(3s, 50s));
      return answers(who, Meaning::accept, code, dice.within(3s, 50s));
  }
}

void Crowd::on_details(const Phone& who, const std::string& code) {
  Dice& dice = stage_.dice;
  if (stage_.is_calm) return answers(who, Meaning::done, code, dice.within(5s, 30s));
  switch (dice.weighted({46, 14, 8, 10, 6, 6, 6, 4})) {
    case 0:
      return answers(who, Meaning::done, code, dice.within(20s, 300s));
    case 1:
      return;  // forgotten
    case 2:
      return answers(who, Meaning::decline, code, dice.within(10s, 200s));  // handed back
    case 3:
      answers(who, Meaning::accept, code, dice.within(60s, 250s));  // a sign of life
      return answers(who, Meaning::done, code, dice.within(260s, 500s));
    case 4:
      answers(who, Meaning::done, code, dice.within(20s, 200s));
      return answers(who, Meaning::done, code, dice.within(20s, 200s));
    case 5:
      return answers(who, Meaning::done, "", dice.within(20s, 200s));
    case 6:
      answers(who, Meaning::progress, code, dice.within(60s, 250s));
      return answers(who, Meaning::done, code, dice.within(260s, 500s));
    default:
      return answers(who, dice.chance(0.5) ? Meaning::transfer : Meaning::hand_back, code,
                     dice.within(10s, 200s));
  }
}

void Crowd::on_page(const Phone& who, const std::string& code) {
  Dice& dice = stage_.dice;
  if (stage_.is_calm) return answers(who, Meaning::accept, code, dice.within(2s, 30s));
  switch (dice.weighted({40, 8, 40, 12})) {
    case 0:
      return answers(who, Meaning::accept, code, dice.within(3s, 90s));
    case 1:
      return answers(who, Meaning::accept, "", dice.within(3s, 90s));
    case 2:
      return;
    default:
      return answers(who, Meaning::decline, code, dice.within(3s, 60s));
  }
}

}  // namespace tongdai::simulation
