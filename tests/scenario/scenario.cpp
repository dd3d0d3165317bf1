#include "scenario/scenario.hpp"

namespace tongdai::test {
namespace {

Expected having(std::string name, std::string part) {
  return {std::move(name),
          [part = std::move(part)](const std::string& t) { return t.find(part) != std::string::npos; }};
}

}  // namespace

Expected alert() {
  return having("an alert", "can ");
}
Expected duty_page() {
  return having("a duty page", "CHUA AI NHAN");
}
Expected details() {
  return having("the case's details", "da giao cho ban");
}
Expected taken_by_another() {
  return having("taken by another", "da co noi khac nhan");
}
Expected declined() {
  return having("the decline noted", "Da ghi nhan TU CHOI");
}
Expected closed() {
  return having("the case closed", "da dong");
}
Expected hint() {
  return having("a hint to write the code", "Chua ro vu viec nao");
}
Expected unknown_code() {
  return having("no such code", "Khong co vu viec");
}
Expected not_yours() {
  return having("not yours", "khong giao cho ban");
}
Expected acknowledgement() {
  return having("the neutral acknowledgement", "Cam on ban");
}
Expected question_of_place() {
  return having("the question of the place", "o xa, phuong nao");
}
Expected opt_out_confirmed() {
  return having("the refusal confirmed", "Da nhan yeu cau ngung");
}
Expected text(std::string part) {
  return having("a text with \"" + part + "\"", part);
}
Expected nothing() {
  return {"nothing", nullptr};
}

Handset& Handset::texts(std::string words) {
  scenario_.send(phone_, words);
  return *this;
}

Handset& Handset::replies(std::string words) {
  const std::string mark = "{code}";
  if (const auto at = words.find(mark); at != std::string::npos) words.replace(at, mark.size(), code());
  return texts(words);
}

Handset& Handset::expects(const Expected& expected) {
  scenario_.settle();
  auto& unread = scenario_.unread_[phone_];
  if (!expected.matches) {
    if (!unread.empty()) ADD_FAILURE() << phone_.masked() << " expected nothing, got: " << unread.front();
    return *this;
  }
  if (unread.empty()) {
    ADD_FAILURE() << phone_.masked() << " expected " << expected.name << ", got nothing";
    return *this;
  }
  scenario_.last_read_[phone_] = unread.front();
  if (!expected.matches(unread.front())) {
    ADD_FAILURE() << phone_.masked() << " expected " << expected.name << ", got: " << unread.front();
  }
  unread.pop_front();
  return *this;
}

const std::string& Handset::last() const {
  return scenario_.last_read_[phone_];
}

std::string Handset::code() const {
  const std::string& text = last();
  for (std::size_t i = 0; i + 6 <= text.size(); ++i) {
    const std::string run = text.substr(i, 6);
    if (run.find_first_not_of("0123456789") == std::string::npos) return run;
  }
  ADD_FAILURE() << "no code in: " << text;
  return "000000";
}

Scenario::Scenario() {
  on_heard = [this](MessageId, const Phone& phone, const gateway::Heard& heard) {
    if (recorder && recorder(phone, heard)) return;
    unread_[phone].push_back(heard.text);
  };
}

Scenario::~Scenario() {
  tear_down_machine();  // before what its phones write to
}

void Scenario::SetUp() {
  set_up();
  facility_phones_ = {{"Than Uyen health station", Phone::stored("+84912000101")},
                      {"Than Uyen police", Phone::stored("+84912000102")},
                      {"Than Uyen women's union", Phone::stored("+84912000103")},
                      {"Sin Ho clinic", Phone::stored("+84912000104")}};
}

void Scenario::TearDown() {
  if (!is_up()) return;
  settle();
  for (const auto& [phone, texts] : unread_) {
    for (const std::string& t : texts)
      ADD_FAILURE() << "nobody expected this text to " << phone.masked() << ": " << t;
  }
  // The first promise, in every scenario: an open case has an owner or a timer.
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case WHERE state <> 'closed' AND due_at IS NULL"), 0);
  EXPECT_EQ(log_text().find("task ended by an exception"), std::string::npos) << log_text();
}

// The loops that guard the timers turn once a second: what is due in `d` has happened a second later.
void Scenario::ClockWords::advance(Duration d) {
  scenario.time().advance(d + scenario.lateness);
}

Handset Scenario::citizen(std::string_view number) {
  const auto parsed = engine().config().plan.parse(number);
  return {*this, parsed ? parsed->phone : Phone::stored(std::string(number))};
}

Handset Scenario::facility(const std::string& name) {
  return {*this, facility_phones_.at(name)};
}

void Scenario::send(const Phone& from, const std::string& words) {
  std::optional<bool> stored;
  sandbox().text(from, engine().config().lines.front(), words, [&](bool ok) { stored = ok; });
  settle();
  ASSERT_EQ(stored, true) << "the service did not take the text";
}

}  // namespace tongdai::test
