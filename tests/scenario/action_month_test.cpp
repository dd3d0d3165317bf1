// The whole Action Month of 2021 in virtual time: a series of seven texts to a province in four languages,
// three gateways of which one is away for a day and one loses its receipts, a power cut over midnight,
// refusals, reports, an edit that is refused, a pause, a gateway that never comes back, a cancel. Then the
// report, held against what the phones got.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "campaigns/control.hpp"
#include "campaigns/editing.hpp"
#include "config/toml_file.hpp"
#include "report/html.hpp"
#include "report/spreadsheet.hpp"
#include "scenario/action_month.hpp"
#include "text/encoding.hpp"

namespace tongdai::test {
namespace {

using campaigns::CampaignEvent;
using campaigns::CampaignState;
using outbox::MessageState;
using report::Cell;
using report::Figures;

constexpr std::array<std::size_t, 6> reporters_of_muong_cang{101, 102, 103, 104, 105, 106};
constexpr std::array<std::size_t, 2> reporters_of_pa_vay_su{201, 202};  // too few to be told

double price(const std::string& gateway, const std::string& carrier) {
  return gateway == "viettel" && carrier != "Viettel" ? 350 : 250;
}

/// What a report must say, from the phones; a receipt is all that is taken from the exports.
struct Sums {
  std::int64_t audience = 0, reached = 0, parts = 0;
  friend bool operator==(const Sums&, const Sums&) = default;
};

struct Expectation {
  std::array<Sums, month.size()> by_text{};
  std::array<std::int64_t, month.size()> awaiting{}, opt_outs{};
  std::map<std::string, Sums> by_unit, by_carrier, by_language;  ///< who is left alone stands under ""
  std::set<Phone> people;
};

class MonthOf2021 : public ActionMonth {
 protected:
  /// Tries to put another file in the place of a text that is on its way.
  void try_to_edit(std::size_t text) {
    const std::string toml = R"(
title = "Another"
class = "social_policy"
[audience]
groups = ["toan-tinh"]
[[text]]
body = "Other words"
)";
    const auto before = campaign(text);
    const auto spec = [&] {
      config::Faults faults;
      auto read = campaigns::Spec::read(*config::read_toml(toml), now(), faults);
      EXPECT_TRUE(faults.empty()) << config::print(faults, "");
      return read;
    }();
    config::Faults faults;
    const auto edited = on_database([&](storage::Tx& tx) {
      return campaigns::edit(tx, engine().ids(), ids_.at(text), spec, {toml}, {"author"}, now(), faults);
    });
    ASSERT_FALSE(edited);
    EXPECT_EQ(edited.error().code, Code::not_allowed);
    EXPECT_NE(edited.error().what.find("create a new campaign"), std::string::npos) << edited.error().what;
    EXPECT_EQ(campaign(text).title, before.title);
    EXPECT_EQ(campaign(text).cursor, before.cursor);
  }

  void the_first_two_texts();
  void lost_receipts_and_reports();
  void a_power_cut_over_midnight();
  void an_edit_refused_and_a_pause();
  void a_gateway_that_does_not_come_back_and_a_cancel();

  /// Of each person: what the export says of them is what their phone has.
  Expectation hold_exports_against_phones();
  void hold_line(std::size_t text, const campaigns::AccountLine& line, Expectation& into);
  Figures gathered();
  void check_figures(const Figures& f, const Expectation& expected);
  void check_documents(const Figures& f);
};

void MonthOf2021::the_first_two_texts() {
  until("2021-11-15T20:00:00+07:00");
  EXPECT_EQ(heard(0), audience() - 1) << "all but one, who had refused before";
  some_refuse(45, 7);
  until("2021-11-18T06:00:00+07:00");
  EXPECT_EQ(campaign(0).state, CampaignState::completed);
  sandbox("vina").drop_link(24h);  // its people get the second text through another
  until("2021-11-18T07:03:00+07:00");
  EXPECT_GT(heard(1), 0);
  some_refuse(90, 23);  // while it is on its way
  until("2021-11-21T06:00:00+07:00");
  const auto had = std::ranges::count_if(residents_, [](const Resident& r) { return r.has(1); });
  EXPECT_EQ(accounts(1).of(MessageState::delivered), had);
  EXPECT_EQ(accounts(1).of(MessageState::suppressed), audience() - had);
}

void MonthOf2021::lost_receipts_and_reports() {
  sandbox("mobi").world().receipts = false;
  until("2021-11-22T20:00:00+07:00");
  EXPECT_GT(accounts(2).of(MessageState::accepted), audience() / 4);
  for (const std::size_t i : reporters_of_muong_cang) reports(residents_[i], "Muong Cang");
  for (const std::size_t i : reporters_of_pa_vay_su) reports(residents_[i], "Pa Vay Su");
  until("2021-11-25T20:00:00+07:00");
  sandbox("mobi").world().receipts = true;
}

void MonthOf2021::a_power_cut_over_midnight() {
  until("2021-11-25T20:47:00+07:00");
  const auto before = heard(3);
  EXPECT_GT(before, 0);
  EXPECT_LT(before, audience()) << "it was not over by then";
  crash(parse_rfc3339("2021-11-26T07:20:00+07:00").value() - now());
  until("2021-11-28T07:00:00+07:00");
  EXPECT_GT(heard(3), before) << "it went on in the morning";
  EXPECT_EQ(campaign(3).state, CampaignState::completed);
  EXPECT_FALSE(residents_[102].has(3) || residents_[202].has(3)) << "a report holds it for a week";
}

void MonthOf2021::an_edit_refused_and_a_pause() {
  until("2021-11-28T07:02:00+07:00");
  try_to_edit(4);
  EXPECT_FALSE(act(ids_[4], CampaignEvent::approve)) << "a running campaign is approved once";
  EXPECT_FALSE(act_all(CampaignEvent::approve)) << "and so is a series";
  const auto paused = act_all(CampaignEvent::pause);
  ASSERT_TRUE(paused) << paused.error().what;
  EXPECT_EQ((*paused)[3].state, CampaignState::completed) << "what is over is passed over";
  for (std::size_t n = 4; n < month.size(); ++n) EXPECT_EQ((*paused)[n].state, CampaignState::paused) << n;
  settle();  // what is in a gateway's hands arrives
  const auto at_pause = heard(4);
  EXPECT_GT(at_pause, 0);
  EXPECT_LT(at_pause, audience());
  expect_silence(4);
  until("2021-11-28T14:00:00+07:00");
  expect_silence(4, false);
  ASSERT_TRUE(act_all(CampaignEvent::resume));
  until("2021-12-02T06:00:00+07:00");
  EXPECT_GT(heard(4), at_pause);
  EXPECT_EQ(campaign(4).state, CampaignState::completed);
}

void MonthOf2021::a_gateway_that_does_not_come_back_and_a_cancel() {
  until("2021-12-02T07:02:00+07:00");
  EXPECT_FALSE(residents_[102].has(4) || residents_[202].has(4));
  sandbox("mobi").drop_link(std::chrono::days{4});  // behind the end of this text
  until("2021-12-06T07:02:00+07:00");
  EXPECT_GT(accounts(5).of(MessageState::expired), 0);
  EXPECT_TRUE(residents_[102].has(5) && residents_[202].has(5)) << "the hold is over";
  const auto at_cancel = heard(6);
  EXPECT_GT(at_cancel, 0);
  ASSERT_TRUE(act(ids_[6], CampaignEvent::cancel));
  settle();
  expect_silence(6);
  until("2021-12-16T00:00:00+07:00");
  EXPECT_GT(accounts(6).of(MessageState::cancelled), 0);
}

void MonthOf2021::hold_line(std::size_t text, const campaigns::AccountLine& line, Expectation& into) {
  Resident* const who = resident(line.phone);
  ASSERT_TRUE(who != nullptr);
  const auto state = from_name<MessageState>(line.state);
  ASSERT_TRUE(state) << line.state;
  const bool came = *state == MessageState::delivered || *state == MessageState::accepted;
  const bool in_doubt = *state == MessageState::uncertain;
  if (!in_doubt) EXPECT_EQ(who->has(text), came) << line.state << " " << line.reason << ", text " << text;
  if (line.is_held()) EXPECT_GT(who->left_alone_until, TimePoint{}) << "held, and did not report";
  Sums sums{1, *state == MessageState::delivered && who->has(text) ? 1 : 0, 0};
  if (came || in_doubt)
    sums.parts = static_cast<std::int64_t>(text::measure(body(text, who->language)).parts);
  into.awaiting[text] += *state == MessageState::accepted ? 1 : 0;
  if (sums.reached > 0) into.people.insert(who->phone);
  const auto add = [&](Sums& to) {
    to.audience += sums.audience;
    to.reached += sums.reached;
    to.parts += sums.parts;
  };
  add(into.by_text[text]);
  add(into.by_unit[line.is_held() ? "" : who->unit]);
  add(into.by_carrier[line.is_held() ? "" : who->carrier]);
  add(into.by_language[line.is_held() ? "" : languages[who->language]]);
}

Expectation MonthOf2021::hold_exports_against_phones() {
  constexpr std::int64_t at_once = 10'000;
  Expectation expected;
  for (std::size_t n = 0; n < month.size(); ++n) {
    std::int64_t after = 0;
    for (bool more = true; more;) {
      const auto lines =
          on_database([&](storage::Tx& tx) { return campaigns::lines_after(tx, ids_[n], after, at_once); });
      for (const auto& line : lines) hold_line(n, line, expected);
      more = std::ssize(lines) == at_once;
      if (!lines.empty()) after = lines.back().seq;
    }
    expected.opt_outs[n] =
        std::ranges::count_if(residents_, [n](const Resident& r) { return r.has_refused && r.has(n); });
  }
  return expected;
}

Figures MonthOf2021::gathered() {
  report::Terms terms;
  terms.from = parse_rfc3339(month.front().start).value();
  terms.to = now();
  terms.price = price;
  report::Gathering gathering(terms, engine().config().plan, engine().config().zone);
  return on_database([&](storage::Tx& tx) {
    for (const auto& c : report::campaigns_of_series(tx, series_.value)) {
      gathering.add_campaign(tx, c);
      for (const auto by : report::Gathering::dimensions) gathering.add_shares(tx, c, by);
    }
    gathering.add_cases(tx);
    return gathering.finish();
  });
}

std::map<std::string, Sums> by_key(const std::vector<report::ShareFigures>& shares) {
  std::map<std::string, Sums> sums;
  for (const auto& s : shares) sums[s.key] = {s.audience, s.reached, s.parts};
  return sums;
}

void expect_same(const std::map<std::string, Sums>& got, const std::map<std::string, Sums>& expected,
                 std::string_view what) {
  EXPECT_EQ(got.size(), expected.size()) << what;
  for (const auto& [key, sums] : expected) {
    const auto found = got.find(key);
    ASSERT_TRUE(found != got.end()) << what << " \"" << key << "\" is missing";
    EXPECT_EQ(found->second.audience, sums.audience) << what << " " << key;
    EXPECT_EQ(found->second.reached, sums.reached) << what << " " << key;
    EXPECT_EQ(found->second.parts, sums.parts) << what << " " << key;
  }
}

void MonthOf2021::check_figures(const Figures& f, const Expectation& expected) {
  ASSERT_EQ(f.campaigns.size(), month.size());
  Sums total;
  for (std::size_t n = 0; n < month.size(); ++n) {
    const auto& figures = f.campaigns[n];
    EXPECT_EQ(figures.title, month[n].title);
    EXPECT_EQ(figures.accounts.audience, audience());
    EXPECT_EQ(figures.reached, expected.by_text[n].reached) << n;
    EXPECT_EQ(figures.parts, expected.by_text[n].parts) << n;
    EXPECT_EQ(figures.awaiting, expected.awaiting[n]) << n;
    // Who refused while their text stood in a queue counts too: those of the second wave, at the second text.
    EXPECT_GE(figures.opt_outs, expected.opt_outs[n]) << n;
    if (n != 1) EXPECT_EQ(figures.opt_outs, expected.opt_outs[n]) << n;
    total = {total.audience + audience(), total.reached + figures.reached, total.parts + figures.parts};
  }
  EXPECT_EQ((Sums{f.total.accounts.audience, f.total.reached, f.total.parts}), total);
  EXPECT_TRUE(f.total.accounts.add_up());
  EXPECT_EQ(f.total.opt_outs,
            std::ranges::count_if(residents_, [](const Resident& r) { return r.has_refused && r.has(0); }));
  EXPECT_EQ(f.people_reached, std::ssize(expected.people));
  expect_same(by_key(f.by_unit), expected.by_unit, "unit");
  expect_same(by_key(f.by_carrier), expected.by_carrier, "carrier");
  expect_same(by_key(f.by_language), expected.by_language, "language");
  EXPECT_GT(f.total.cost, 250.0 * static_cast<double>(total.parts)) << "the detour of the second text costs";
  EXPECT_LT(f.total.cost, 350.0 * static_cast<double>(total.parts));
}

void MonthOf2021::check_documents(const Figures& f) {
  EXPECT_EQ(f.cases.cases, (small_cells::Cell{8, small_cells::Shown::plain}));
  for (const auto language : {report::Language::vi, report::Language::en}) {
    const auto document = report::write_document(f, {"Lai Châu", parse_rfc3339(month.front().start).value(),
                                                     now(), now(), engine().config().zone, language});
    ASSERT_EQ(document.sections.size(), 8U);
    const auto& rows = document.sections[0].rows;
    ASSERT_EQ(rows.size(), month.size() + 1);
    for (std::size_t n = 0; n < month.size(); ++n) {
      EXPECT_EQ(rows[n].at(0).text, month[n].title);
      EXPECT_EQ(rows[n].at(5).number, static_cast<double>(audience()));
      EXPECT_EQ(rows[n].at(6).number, static_cast<double>(f.campaigns[n].reached));
    }
    EXPECT_EQ(rows.back().at(6).number, static_cast<double>(f.total.reached));
    bool six = false;
    for (std::size_t s = 5; s < document.sections.size(); ++s) {  // of the cases
      for (const auto& row : document.sections[s].rows) {
        for (const Cell& cell : row) {
          if (cell.kind != Cell::Kind::count) continue;
          EXPECT_GE(cell.number, small_cells::least_shown) << document.sections[s].heading;
          six = six || cell.number == 6;
        }
      }
    }
    EXPECT_TRUE(six) << "those of Than Uyên are enough to be told";
    const std::string page = report::print_html(document);
    for (const MonthText& text : month) EXPECT_NE(page.find(text.title), std::string::npos) << text.title;
    const auto sheet = folder() / "report.xlsx";
    ASSERT_TRUE(report::write_xlsx(document, sheet, folder()));
    EXPECT_GT(std::filesystem::file_size(sheet), 5000U);
  }
}

TEST_F(MonthOf2021, IsAccountedForAndReported) {
  bring_people_in();
  refuses(residents_[5]);
  mark("contacts imported");
  launch_series();
  mark("seven audiences frozen");
  the_first_two_texts();
  mark("texts 1 and 2");
  lost_receipts_and_reports();
  mark("text 3");
  a_power_cut_over_midnight();
  mark("text 4");
  an_edit_refused_and_a_pause();
  mark("text 5");
  a_gateway_that_does_not_come_back_and_a_cancel();
  mark("texts 6 and 7");
  for (std::size_t n = 0; n < month.size(); ++n)
    EXPECT_EQ(campaign(n).state, n == 6 ? CampaignState::cancelled : CampaignState::completed) << n;
  check_all_rows();
  mark("every row checked");
  const Expectation expected = hold_exports_against_phones();
  mark("exports held against the phones");
  const Figures figures = gathered();
  mark("report gathered");
  check_figures(figures, expected);
  check_documents(figures);
  mark("report written");
}

}  // namespace
}  // namespace tongdai::test
