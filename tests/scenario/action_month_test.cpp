// The whole Action Month of 2021: seven texts to a province in four languages, three gateways of which one is
// away for a day and one loses its receipts, an outage over midnight, refusals, a pause and a cancel. In
// virtual time.
#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <unordered_map>
#include <unordered_set>

#include "campaigns/accounts.hpp"
#include "scenario/scenario.hpp"
#include "text/time_zone.hpp"

namespace tongdai::test {
namespace {

using campaigns::CampaignEvent;
using campaigns::CampaignState;
using outbox::MessageState;

struct MonthText {
  const char* start;
  const char* end;
  const char* body;
};

constexpr std::array<MonthText, 7> month{{
    {"2021-11-15T07:00:00+07:00", "2021-11-17T21:00:00+07:00",
     "Đảm bảo an sinh xã hội, tăng quyền năng và tạo cơ hội cho phụ nữ và trẻ em gái nhằm thực hiện bình "
     "đẳng giới "
     "và xóa bỏ bạo lực trên cơ sở giới"},
    {"2021-11-18T07:00:00+07:00", "2021-11-20T21:00:00+07:00",
     "Hưởng ứng Tháng hành động vì bình đẳng giới và phòng ngừa, ứng phó bạo lực trên cơ sở giới năm 2021"},
    {"2021-11-21T07:00:00+07:00", "2021-11-24T21:00:00+07:00",
     "Thực hiện bình đẳng giới là tiêu chí của tiến bộ, văn minh"},
    {"2021-11-25T07:00:00+07:00", "2021-11-27T21:00:00+07:00",
     "Hưởng ứng Ngày quốc tế xóa bỏ bạo lực đối với phụ nữ 25/11/2021"},
    {"2021-11-28T07:00:00+07:00", "2021-12-01T21:00:00+07:00", "Chấm dứt bạo lực, vun đắp yêu thương"},
    {"2021-12-02T07:00:00+07:00", "2021-12-05T21:00:00+07:00",
     "Chủ động phòng ngừa và ứng phó với bạo lực, xâm hại đối với phụ nữ và trẻ em"},
    {"2021-12-06T07:00:00+07:00", "2021-12-15T21:00:00+07:00",
     "Nam giới tiên phong thúc đẩy bình đẳng giới và phòng ngừa, ứng phó với bạo lực trên cơ sở giới"},
}};
constexpr std::array languages{"vi", "hmn", "blt", "en"};

/// Two windows a day; minutes of the day.
constexpr std::array<std::pair<int, int>, 2> windows{{{7 * 60, 11 * 60 + 30}, {13 * 60 + 30, 21 * 60}}};

class ActionMonth : public Scenario {
 protected:
  ActionMonth() {
    first_moment = "2021-11-14T12:00:00+07:00";
    guard_interval = 5min;  // a month of seconds would take minutes
    more_gateways = {"viettel", "vina", "mobi"};
    routes = R"([[route]]
purpose = ["campaign"]
prefix = ["8481", "8482", "8483", "8484", "8485", "8488", "8491", "8494"]
gateways = ["vina", "viettel"]
[[route]]
purpose = ["campaign"]
prefix = ["8470", "8476", "8477", "8478", "8479", "8489", "8490", "8493"]
gateways = ["mobi"]
[[route]]
purpose = ["campaign"]
gateways = ["viettel"]
[[route]]
gateways = ["sandbox"]
)";
    if (const char* wanted = std::getenv("TONGDAI_ACTION_MONTH_CONTACTS")) people_ = std::atoi(wanted);
    const int rate = std::max(1, people_ / 900);  // some minutes a text
    more_settings = fmt::format("rate = {}\n[gateway.sandbox]\nwindow = 1000\n", rate);
    recorder = [this](const Phone& phone, const gateway::Heard& heard) { record(phone, heard); };
  }

  /// Three carriers by turns; one in ten is written as it was before 2018; four languages.
  void bring_people_in() {
    constexpr std::array prefixes{"096", "091", "090"};
    std::string csv = "phone,name,unit,language,groups\n";
    for (int i = 0; i < people_; ++i) {
      const auto carrier = static_cast<std::size_t>(i % 3);
      const bool old = i % 10 == 0;
      const char* prefix = old ? (std::array{"0168", "0123", "0122"})[carrier] : prefixes[carrier];
      csv += fmt::format("{}{:07},Nguoi {},03595,{},toan-tinh\n", prefix, i, i,
                         languages[i % 20 < 16 ? 0U : carrier + 1]);
    }
    add_contacts(csv);
  }

  [[nodiscard]] static std::string body(std::size_t text, std::size_t language) {
    return language == 0 ? std::string(month[text].body)
                         : fmt::format("{}: thong diep {}", languages[language], text);
  }

  CampaignId launch_text(std::size_t n) {
    std::string toml = fmt::format("title = \"Tháng hành động 2021: {}\"\nclass = \"social_policy\"\n", n);
    toml += "[audience]\ngroups = [\"toan-tinh\"]\n";
    for (std::size_t l = 0; l < languages.size(); ++l) {
      known_[body(n, l)] = n;
      toml += fmt::format("[[text]]\nlanguage = \"{}\"\nbody = \"{}\"\n", languages[l], body(n, l));
    }
    toml += fmt::format("[schedule]\nstart = {}\nend = {}\n", month[n].start, month[n].end);
    toml += "windows = [\"07:00-11:30\", \"13:30-21:00\"]\n";
    return launch(toml);
  }

  void record(const Phone& phone, const gateway::Heard& heard) {
    const auto text = known_.find(heard.text);
    if (text == known_.end()) {
      ++others_;
      if (!wrote_.contains(phone)) ADD_FAILURE() << "nobody expected this text: " << heard.text;
      return;
    }
    ++heard_[text->second];
    std::uint8_t& had = had_[phone];
    const auto bit = static_cast<std::uint8_t>(1U << text->second);
    if (had & bit) ADD_FAILURE() << "text " << text->second << " came twice";
    had |= bit;
    if (refused_.contains(phone)) ADD_FAILURE() << "a text came after a refusal";
    const int minute = engine().config().zone.local(heard.at).minute_of_day;
    const bool open =
        std::ranges::any_of(windows, [&](auto w) { return minute >= w.first && minute < w.second; });
    if (!open) ADD_FAILURE() << "a text came at minute " << minute << " of the day";
  }

  void until(std::string_view when) {
    const TimePoint to = parse_rfc3339(when).value();
    while (now() < to) {
      clock.advance(std::min<Duration>(1min, to - now()) - 1s);
      check_accounts();
    }
  }

  void check_accounts() {
    on_database([&](storage::Tx& tx) {
      for (const auto& c : campaigns::live(tx)) {
        if (!campaigns::account(tx, c).add_up()) ADD_FAILURE() << "the accounts of " << c.title << " are off";
      }
      return true;
    });
  }

  void some_refuse(int from, int count) {
    int left = count;
    for (const auto& [phone, had] : had_) {
      if (left == 0) break;
      if (refused_.contains(phone) || --from > 0) continue;
      wrote_.insert(phone);
      sandbox().text(phone, engine().config().lines.front(), "TU CHOI", [](bool) {});
      refusing_.push_back(phone);
      --left;
    }
    settle();
    for (const Phone& p : std::exchange(refusing_, {})) refused_.insert(p);
  }

  campaigns::Accounts accounts(CampaignId id) {
    return on_database([&](storage::Tx& tx) { return campaigns::account(tx, *campaigns::find(tx, id)); });
  }
  CampaignState state(CampaignId id) {
    return on_database([&](storage::Tx& tx) { return campaigns::find(tx, id)->state; });
  }

  void print(std::size_t n, CampaignId id) {
    const auto a = accounts(id);
    std::printf("text %zu: heard %ld", n, heard_[n]);
    for (std::size_t i = 0; i < a.by_state.size(); ++i) {
      if (a.by_state[i] > 0)
        std::printf(", %s %ld", std::string(name_of(static_cast<MessageState>(i))).c_str(), a.by_state[i]);
    }
    std::printf("\n");
  }

  int people_ = 900;
  std::unordered_map<std::string, std::size_t> known_;
  std::unordered_map<Phone, std::uint8_t> had_;
  std::unordered_set<Phone> refused_, wrote_;
  std::vector<Phone> refusing_;
  std::array<std::int64_t, month.size()> heard_{};
  std::int64_t others_ = 0;
};

TEST_F(ActionMonth, TheMonthOf2021) {
  bring_people_in();
  std::array<CampaignId, month.size()> ids;
  for (std::size_t n = 0; n < month.size(); ++n) ids[n] = launch_text(n);

  until("2021-11-15T20:00:00+07:00");
  some_refuse(1, 20);
  until("2021-11-18T06:00:00+07:00");
  print(0, ids[0]);
  sandbox("vina").drop_link(24h);  // its people get the second text through another
  until("2021-11-21T06:00:00+07:00");
  EXPECT_EQ(accounts(ids[1]).of(MessageState::delivered), people_ - 20);
  sandbox("mobi").world().receipts = false;
  until("2021-11-25T07:02:00+07:00");
  EXPECT_GT(accounts(ids[2]).of(MessageState::accepted), people_ / 4);
  EXPECT_FALSE(act(ids[3], CampaignEvent::approve)) << "a running campaign is approved once";
  for (const std::string& name : more_gateways) sandbox(name).drop_link(46h);  // over two midnights
  until("2021-11-28T07:02:00+07:00");
  print(4, ids[4]);
  ASSERT_TRUE(act(ids[4], CampaignEvent::pause));
  const auto at_pause = heard_[4];
  until("2021-11-28T14:00:00+07:00");
  EXPECT_LE(heard_[4] - at_pause, 0);
  ASSERT_TRUE(act(ids[4], CampaignEvent::resume));
  until("2021-12-06T07:02:00+07:00");
  ASSERT_TRUE(act(ids[6], CampaignEvent::cancel));
  until("2021-12-16T00:00:00+07:00");

  for (std::size_t n = 0; n < month.size(); ++n) {
    const auto a = accounts(ids[n]);
    EXPECT_TRUE(a.add_up());
    EXPECT_EQ(a.audience, people_);
    EXPECT_EQ(state(ids[n]), n == 6 ? CampaignState::cancelled : CampaignState::completed) << n;
    EXPECT_EQ(a.of(MessageState::suppressed), n == 0 || n == 6 ? a.of(MessageState::suppressed) : 20) << n;
    print(n, ids[n]);
  }
  EXPECT_EQ(others_, 20) << "one confirmation for each refusal";
}

}  // namespace
}  // namespace tongdai::test
