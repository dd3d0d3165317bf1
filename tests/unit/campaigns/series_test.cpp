#include "campaigns/series.hpp"

#include <gmock/gmock.h>

#include "campaigns/calendar.hpp"
#include "config/toml_file.hpp"
#include "unit/campaigns/campaign_room.hpp"

namespace tongdai::campaigns {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using S = CampaignState;
using E = CampaignEvent;

const TimePoint now = parse_rfc3339("2021-11-14T09:00:00+07:00").value();

TimePoint at(std::string_view time) {
  return parse_rfc3339(time).value();
}

Almanac almanac(std::string_view holidays = "", std::string_view zone = "Asia/Ho_Chi_Minh") {
  Almanac a{text::TimeZone::find(zone).value()};
  config::Faults none;
  if (!holidays.empty())
    a.holidays =
        std::make_shared<text::Holidays>(text::Holidays::read(config::read_toml(holidays).value(), none));
  return a;
}

constexpr const char* head = R"toml(title = "Thang hanh dong"
class = "social_policy"
[audience]
groups = ["phu-nu"]
)toml";
constexpr const char* one_text = "[[text]]\nbody = \"Cham dut bao luc\"\n";

struct Made {
  std::vector<Spec> campaigns;
  std::string faults;
};
Made made(const std::string& rest, const Almanac& by = almanac()) {
  Made m;
  config::Faults faults;
  const Spec spec = Spec::read(config::read_toml(head + rest).value(), now, faults);
  if (faults.empty()) m.campaigns = plan(spec, by, faults);
  m.faults = config::print(faults, "");
  return m;
}
Made dripping(const std::string& drip, const std::vector<const char*>& days, const std::string& schedule = "",
              const Almanac& by = almanac()) {
  Made m;
  config::Faults faults;
  const std::string toml = "title = \"Hen\"\nclass = \"transactional\"\n[audience]\nlists = [\"hen\"]\n" +
                           std::string(one_text) + "[schedule]\n" + schedule + "[schedule.drip]\n" + drip;
  const Spec spec = Spec::read(config::read_toml(toml).value(), now, faults);
  std::vector<text::Date> dates;
  for (const char* day : days) dates.push_back(text::parse_date(day).value());
  if (faults.empty()) m.campaigns = plan(spec, by, faults, dates);
  m.faults = config::print(faults, "");
  return m;
}
Made repeated(const std::string& repeat, const std::string& schedule = "", const Almanac& by = almanac()) {
  return made(one_text + ("[schedule]\nstart = 2021-11-15T07:00:00+07:00\n" + schedule) +
                  "[schedule.repeat]\n" + repeat,
              by);
}
std::vector<std::string> starts(const Made& m) {
  std::vector<std::string> all;
  for (const Spec& s : m.campaigns) all.push_back(almanac().zone.print(s.schedule.start));
  return all;
}

TEST(Plan, AFileWithoutStepsIsOneCampaign) {
  const Made m = made(one_text);
  EXPECT_EQ(m.faults, "");
  EXPECT_THAT(m.campaigns, SizeIs(1));
}

TEST(Plan, ADripIsACampaignForEachDayOfTheList) {
  const Made m = dripping("column = \"ngay_hen\"\ndays = -1\n",
                          {"2021-11-14", "2021-11-15", "2021-11-20", "2021-12-01"});
  EXPECT_EQ(m.faults, "");
  EXPECT_THAT(starts(m), ElementsAre("2021-11-14 09:00", "2021-11-19 00:00", "2021-11-30 00:00"))
      << "the day before the first is over";
  EXPECT_EQ(almanac().zone.print(m.campaigns[0].schedule.end), "2021-11-15 00:00");
  EXPECT_THAT(m.campaigns[1].audience.days, ElementsAre("ngay_hen=2021-11-20"));
  EXPECT_EQ(m.campaigns[1].title, "Hen 2021-11-19");
}

TEST(Plan, ADripThatCannotBeSaysWhatToChange) {
  EXPECT_THAT(dripping("column = \"ngay_hen\"\n", {"2021-11-01"}).faults,
              HasSubstr("schedule.drip.column: has no day from schedule.start on"));
  EXPECT_THAT(dripping("column = \"ngay_hen\"\n", {"2021-11-20"}, "holidays = \"skip\"\n",
                       almanac("[[holiday]]\ndate = \"2021-11-20\"\nname = \"Ngay nha giao\"\n"))
                  .faults,
              HasSubstr("2021-11-20 would go out on 2021-11-20, a holiday that is skipped"));
  EXPECT_THAT(dripping("column = \"Ngay hen\"\n", {}).faults,
              HasSubstr("schedule.drip.column: must be an own column"));
  EXPECT_THAT(dripping("column = \"a\"\ndays = 400\n", {}).faults,
              HasSubstr("schedule.drip.days: must be between"));
  EXPECT_THAT(dripping("column = \"a\"\n", {}, "end = 2021-12-01T07:00:00+07:00\n").faults,
              HasSubstr("schedule.end: must be left out: schedule.drip says when it ends"));
  EXPECT_THAT(made(std::string(one_text) + "[schedule.drip]\ncolumn = \"a\"\n").faults,
              HasSubstr("schedule.drip: needs exactly one list in audience.lists"));
}

TEST(Plan, EachStepIsACampaignWithItsOwnTextsOrTheCommonOnes) {
  const Made m = made(std::string(one_text) + R"toml(
[[step]]
title = "Khai mac"
start = 2021-11-15T07:00:00+07:00
end = 2021-11-15T22:00:00+07:00
[[step]]
start = 2021-11-25T07:00:00+07:00
end = 2021-11-25T22:00:00+07:00
[[step.text]]
body = "25/11"
[schedule]
windows = ["07:00-11:30"]
)toml");
  EXPECT_EQ(m.faults, "");
  ASSERT_THAT(m.campaigns, SizeIs(2));
  EXPECT_EQ(m.campaigns[0].title, "Khai mac");
  EXPECT_EQ(m.campaigns[0].texts[0].body, "Cham dut bao luc");
  EXPECT_EQ(m.campaigns[1].title, "Thang hanh dong (2)");
  EXPECT_EQ(m.campaigns[1].texts[0].body, "25/11");
  EXPECT_EQ(m.campaigns[1].schedule.end, at("2021-11-25T22:00:00+07:00"));
  EXPECT_THAT(m.campaigns[1].schedule.windows.written(), ElementsAre("07:00-11:30"));
}

TEST(Plan, ADailyRepeatGoesFromBeginToEndOfEachDay) {
  const Made m = repeated("every = \"day\"\nuntil = \"2021-11-17\"\n");
  EXPECT_EQ(m.faults, "");
  EXPECT_THAT(starts(m), ElementsAre("2021-11-15 07:00", "2021-11-16 00:00", "2021-11-17 00:00"));
  EXPECT_EQ(m.campaigns[1].schedule.end, at("2021-11-17T00:00:00+07:00"));
  EXPECT_EQ(m.campaigns[1].title, "Thang hanh dong 2021-11-16");
}

TEST(Plan, AWeeklyRepeatKeepsToItsDays) {
  const Made m = repeated("every = \"week\"\non = [\"Mon\", \"Thu\"]\nuntil = 2021-11-25\n");
  EXPECT_THAT(starts(m),
              ElementsAre("2021-11-15 07:00", "2021-11-18 00:00", "2021-11-22 00:00", "2021-11-25 00:00"));
}

TEST(Plan, DatesAreTakenAsTheyAre) {
  const Made m = repeated("dates = [\"2021-12-10\", \"2021-11-25\"]\n");
  EXPECT_THAT(starts(m), ElementsAre("2021-11-25 00:00", "2021-12-10 00:00"));
}

TEST(Plan, ADayThatIsSkippedOrWithoutAWindowMakesNoCampaign) {
  const Made m = repeated("every = \"day\"\nuntil = \"2021-11-21\"\n",
                          "holidays = \"skip\"\nwindows = [\"Mon-Fri 07:00-11:30\"]\n",
                          almanac("[[holiday]]\ndate = \"2021-11-17\"\nname = \"A\"\n"));
  EXPECT_EQ(m.faults, "");
  EXPECT_THAT(starts(m),
              ElementsAre("2021-11-15 07:00", "2021-11-16 00:00", "2021-11-18 00:00", "2021-11-19 00:00"));
}

TEST(Plan, ADayMayHaveTwentyThreeHours) {
  const Made m = made(std::string(one_text) +
                          "[schedule]\nstart = 2026-03-28T00:00:00+01:00\n[schedule.repeat]\n"
                          "dates = [\"2026-03-29\"]\n",
                      almanac("", "Europe/Berlin"));
  EXPECT_EQ(m.campaigns.at(0).schedule.end - m.campaigns.at(0).schedule.start, Duration{23h});
}

TEST(PlanFaults, OfTexts) {
  const std::string step = "[[step]]\nstart = 2021-11-15T07:00:00+07:00\nend = 2021-11-15T22:00:00+07:00\n";
  EXPECT_EQ(made(step).faults, "text: is required: at least one [[text]]\n");
  EXPECT_EQ(made(step + "[[step.text]]\nbody = \"A\"\n").faults, "") << "every step has its own";
  EXPECT_EQ(made(step + "[[step.text]]\nbody = \"\"\n").faults, "step[0].text[0].body: must not be empty\n");
}

TEST(PlanFaults, OfARepeat) {
  EXPECT_THAT(repeated("until = \"2021-11-17\"\n").faults,
              HasSubstr("schedule.repeat.every: is required: \"day\" or \"week\"; or dates"));
  EXPECT_THAT(repeated("every = \"day\"\n").faults,
              HasSubstr("schedule.repeat.until: is required: the last day"));
  EXPECT_THAT(repeated("every = \"week\"\nuntil = \"2021-11-17\"\n").faults,
              HasSubstr("schedule.repeat.on: is required with every = \"week\""));
  EXPECT_THAT(repeated("every = \"week\"\non = [\"Monday\"]\nuntil = \"2021-11-17\"\n").faults,
              HasSubstr("schedule.repeat.on: must be days such as \"Mon\", \"Thu\", got \"Monday\""));
  EXPECT_THAT(repeated("every = \"day\"\nuntil = \"2022-11-17\"\n").faults,
              HasSubstr("schedule.repeat.until: makes more than 200 campaigns"));
  EXPECT_THAT(repeated("every = \"day\"\nuntil = \"2021-11-14\"\n").faults,
              HasSubstr("schedule.repeat.until: no such day is left from schedule.start on"));
  EXPECT_THAT(repeated("dates = [\"2021-11-14\"]\n").faults,
              HasSubstr("schedule.repeat.dates: 2021-11-14 is before schedule.start"));
  EXPECT_THAT(repeated("dates = [\"2021-11-16\", \"2021-11-16\"]\n").faults,
              HasSubstr("schedule.repeat.dates: names 2021-11-16 twice"));
  EXPECT_THAT(repeated("dates = [\"2021-11-16\"]\nuntil = \"2021-11-16\"\n").faults,
              HasSubstr("schedule.repeat.until: must be left out: dates names the days"));
  EXPECT_THAT(repeated("dates = [\"2021-11-16\"]\n", "end = 2021-12-15T07:00:00+07:00\n").faults,
              HasSubstr("schedule.end: must be left out: schedule.repeat says when it ends"));
}

TEST(PlanFaults, OfSteps) {
  EXPECT_THAT(made(std::string(one_text) + "[[step]]\nstart = 2021-11-15T07:00:00+07:00\n").faults,
              HasSubstr("step[0].end: is required: a time with its offset"));
  EXPECT_THAT(made(std::string(one_text) +
                   "[[step]]\nstart = 2021-11-15T07:00:00+07:00\nend = 2021-11-15T06:00:00+07:00\n")
                  .faults,
              HasSubstr("step[0].end: must be later than start"));
  const std::string step = "[[step]]\nstart = 2021-11-15T07:00:00+07:00\nend = 2021-11-15T22:00:00+07:00\n";
  EXPECT_THAT(made(one_text + step + "[schedule]\nend = 2021-11-16T22:00:00+07:00\n").faults,
              HasSubstr("schedule.end: must be left out: each [[step]] has its own start and end"));
  EXPECT_THAT(made(one_text + step + "[schedule]\nwindows = [\"Sun 07:00-11:30\"]\n").faults,
              HasSubstr("step[0]: no window opens between start and end"));  // a Monday
  std::string many = one_text;
  for (int i = 0; i < 201; ++i) many += step;
  EXPECT_THAT(made(many).faults, HasSubstr("step: must be at most 200, got 201"));
}

TEST(PlanFaults, OfHoursThatNeverOpen) {
  EXPECT_EQ(made(std::string(one_text) + "[schedule]\nstart = 2021-11-15T12:00:00+07:00\n"
                                         "end = 2021-11-15T13:00:00+07:00\nwindows = [\"07:00-11:30\"]\n")
                .faults,
            "schedule.windows: no window opens between start and end\n");
}

class SeriesTest : public CampaignTest {
 protected:
  SeriesTest() { contact(1), member(1, 1); }
  CreatedSeries three() {
    std::vector<Spec> steps;
    for (int i = 0; i < 3; ++i) {
      steps.push_back(spec());
      steps.back().title = "Step " + std::to_string(i + 1);
      steps.back().schedule.start = room.now() + std::chrono::days(i);
      steps.back().schedule.end = steps.back().schedule.start + std::chrono::days(1);
    }
    return room.on_database([&](storage::Tx& tx) {
      config::Faults faults;
      auto series = create_series(tx, room.ids, "Month", steps, "author", room.now(), faults);
      EXPECT_EQ(config::print(faults, ""), "");
      return series;
    });
  }
  Result<std::vector<Campaign>> all(SeriesId id, E event) {
    return room.on_database([&](storage::Tx& tx) {
      return act_series(tx, messages, id, event, {"operator"}, "why", room.now());
    });
  }
  std::vector<S> states(SeriesId id) {
    return room.on_database([&](storage::Tx& tx) {
      std::vector<S> found;
      for (const Campaign& c : of_series(tx, id.value)) found.push_back(c.state);
      return found;
    });
  }
};

TEST_F(SeriesTest, ItsStepsAreCampaignsOfTheirOwn) {
  const auto series = three();
  EXPECT_THAT(series.steps, SizeIs(3));
  EXPECT_THAT(states(series.id), ElementsAre(S::draft, S::draft, S::draft));
  EXPECT_EQ(campaign(series.steps[1]).series, series.id.value);
  EXPECT_EQ(campaign(series.steps[1]).title, "Step 2");
}

TEST_F(SeriesTest, GoesItsWayTogether) {
  const auto id = three().id;
  EXPECT_TRUE(all(id, E::submit));
  EXPECT_TRUE(all(id, E::reject));
  EXPECT_TRUE(all(id, E::submit));
  EXPECT_TRUE(all(id, E::approve));
  EXPECT_THAT(states(id), ElementsAre(S::approved, S::approved, S::approved));
  EXPECT_TRUE(all(id, E::pause));
  EXPECT_TRUE(all(id, E::resume));
  EXPECT_TRUE(all(id, E::cancel));
  EXPECT_THAT(states(id), ElementsAre(S::cancelled, S::cancelled, S::cancelled));
}

TEST_F(SeriesTest, AStepThatRefusesIsNamedAndNothingIsChanged) {
  const auto series = three();
  EXPECT_TRUE(all(series.id, E::submit));
  EXPECT_TRUE(acted(series.steps[2], E::cancel));
  EXPECT_TRUE(room.on_database([&](storage::Tx& tx) {
    return act(tx, messages, series.steps[1], E::reject, {"operator"}, "the date", room.now());
  }));
  const auto refused = all(series.id, E::approve);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::not_allowed);
  EXPECT_THAT(refused.error().what, HasSubstr("step " + to_string(series.steps[1]) + " \"Step 2\": "));
  EXPECT_THAT(states(series.id), ElementsAre(S::submitted, S::draft, S::cancelled));
}

TEST_F(SeriesTest, PassesOverWhatIsDone) {
  const auto series = three();
  EXPECT_TRUE(all(series.id, E::submit));
  EXPECT_TRUE(acted(series.steps[0], E::cancel));
  EXPECT_TRUE(all(series.id, E::approve));
  EXPECT_THAT(states(series.id), ElementsAre(S::cancelled, S::approved, S::approved));
  const auto again = all(series.id, E::approve);
  ASSERT_FALSE(again);
  EXPECT_THAT(again.error().what, HasSubstr("concerns no step"));
}

TEST_F(SeriesTest, AnUnknownOneIsNotFound) {
  EXPECT_EQ(all(SeriesId{99}, E::submit).error().code, Code::not_found);
}

TEST_F(SeriesTest, AFaultOfTheAudienceStoresNothing) {
  Spec wrong = spec();
  wrong.audience.groups = {"khong-co"};
  room.on_database([&](storage::Tx& tx) {
    config::Faults faults;
    EXPECT_THAT(create_series(tx, room.ids, "Month", {wrong, wrong}, "author", room.now(), faults).steps,
                IsEmpty());
    EXPECT_THAT(faults, SizeIs(1));
  });
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM campaign"), 0);
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM campaign_series"), 0);
}

TEST_F(SeriesTest, TheCalendarShowsItsDays) {
  const auto series = three();  // begins 2026-11-25 at 09:00
  EXPECT_TRUE(acted(series.steps[2], E::cancel));
  const auto days = room.on_database([&](storage::Tx& tx) {
    return calendar(tx, almanac("[[holiday]]\ndate = \"2026-11-26\"\nname = \"Le\"\n"),
                    text::parse_date("2026-11-24").value(), text::parse_date("2026-11-28").value());
  });
  ASSERT_THAT(days, SizeIs(5));
  EXPECT_THAT(days[0].entries, IsEmpty());
  ASSERT_THAT(days[1].entries, SizeIs(1));
  EXPECT_EQ(days[1].entries[0].hours.at(0).from, at("2026-11-25T09:00:00+07:00"));
  EXPECT_EQ(days[1].entries[0].hours.at(0).to, at("2026-11-25T22:00:00+07:00"));
  EXPECT_EQ(days[2].holiday, "Le");
  ASSERT_THAT(days[2].entries, SizeIs(2)) << "the first until 09:00, then the second";
  EXPECT_EQ(days[2].entries[0].hours.at(0).to, at("2026-11-26T09:00:00+07:00"));
  ASSERT_THAT(days[3].entries, SizeIs(1));
  EXPECT_THAT(days[4].entries, IsEmpty());
}

}  // namespace
}  // namespace tongdai::campaigns
