#include "campaigns/spec.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/toml_file.hpp"
#include "support/source_dir.hpp"
#include "text/encoding.hpp"

namespace tongdai::campaigns {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const TimePoint now = parse_rfc3339("2021-11-14T09:00:00+07:00").value();

TimePoint at(std::string_view time) {
  return parse_rfc3339(time).value();
}

constexpr std::string_view sound = R"toml(title = "Thang hanh dong"
class = "social_policy"
[audience]
groups = ["phu-nu"]
units = ["03595"]
exclude_groups = ["can-bo"]
[[text]]
body = "Chấm dứt bạo lực, vun đắp yêu thương"
[[text]]
language = "hmn"
accents = "strip"
body = "Tsis txhob ua phem"
[schedule]
start = 2021-11-15T07:00:00+07:00
end = 2021-12-15T22:00:00+07:00
windows = ["07:00-11:30", "13:30-21:00"]
rate = 50
)toml";

/// The faults of a file, as --check prints them.
std::string faults(const std::string& toml) {
  config::Faults found;
  static_cast<void>(Spec::read(config::read_toml(toml).value(), now, found));
  return config::print(found, "c.toml");
}

std::string with(std::string_view from, std::string_view to) {
  std::string toml(sound);
  const std::size_t place = toml.find(from);
  if (place == std::string::npos) ADD_FAILURE() << "not in the sound file: " << from;
  return toml.replace(place, from.size(), to);
}

Spec read(const std::string& toml) {
  config::Faults found;
  Spec spec = Spec::read(config::read_toml(toml).value(), now, found);
  EXPECT_EQ(config::print(found, ""), "");
  return spec;
}

TEST(Spec, ASoundFileIsRead) {
  const Spec spec = read(std::string(sound));
  EXPECT_EQ(spec.title, "Thang hanh dong");
  EXPECT_EQ(spec.klass, Class::social_policy);
  EXPECT_THAT(spec.audience.groups, ElementsAre("phu-nu"));
  EXPECT_THAT(spec.audience.units, ElementsAre("03595"));
  EXPECT_THAT(spec.audience.exclude_groups, ElementsAre("can-bo"));
  ASSERT_THAT(spec.texts, SizeIs(2));
  EXPECT_EQ(spec.texts[0].language, "vi");
  EXPECT_EQ(spec.texts[0].accents, Accents::keep);
  EXPECT_EQ(spec.texts[1].language, "hmn");
  EXPECT_EQ(spec.texts[1].accents, Accents::strip);
  EXPECT_EQ(spec.schedule.start, at("2021-11-15T00:00:00Z"));
  EXPECT_EQ(spec.schedule.end, at("2021-12-15T15:00:00Z"));
  EXPECT_THAT(spec.schedule.windows.written(), ElementsAre("07:00-11:30", "13:30-21:00"));
  EXPECT_EQ(spec.schedule.rate, 50);
}

TEST(Spec, WithoutAScheduleItRunsAMonthFromNowByDay) {
  const Spec spec = read(std::string(sound.substr(0, sound.find("[schedule]"))));
  EXPECT_EQ(spec.schedule.start, now);
  EXPECT_EQ(spec.schedule.end, now + std::chrono::days(31));
  EXPECT_THAT(spec.schedule.windows.written(), ElementsAre("07:00-22:00"));
  EXPECT_EQ(spec.schedule.rate, 0);
}

TEST(Spec, WithoutAnEndItRunsAMonthFromItsStart) {
  const Spec spec = read(with("end = 2021-12-15T22:00:00+07:00\n", ""));
  EXPECT_EQ(spec.schedule.end, spec.schedule.start + std::chrono::days(31));
}

TEST(Spec, WithoutWindowsItRunsByDay) {
  const Spec spec = read(with("windows = [\"07:00-11:30\", \"13:30-21:00\"]\n", ""));
  EXPECT_THAT(spec.schedule.windows.written(), ElementsAre("07:00-22:00"));
}

TEST(Spec, WindowsMayBeOfDaysAndHolidaysBeSkipped) {
  EXPECT_FALSE(read(std::string(sound)).schedule.skip_holidays);
  EXPECT_FALSE(read(with("rate = 50", "holidays = \"send\"")).schedule.skip_holidays);
  EXPECT_TRUE(read(with("rate = 50", "holidays = \"skip\"")).schedule.skip_holidays);
  EXPECT_THAT(read(with("\"07:00-11:30\"", "\"Mon-Fri 07:00-11:30\"")).schedule.windows.written(),
              ElementsAre("Mon-Fri 07:00-11:30", "13:30-21:00"));
}

TEST(SpecFaults, NameTitleAndClass) {
  EXPECT_EQ(faults(with("title = \"Thang hanh dong\"\n", "")), "c.toml:1: title: is required\n");
  EXPECT_EQ(faults(with("Thang hanh dong", "")), "c.toml:1: title: must not be empty\n");
  EXPECT_EQ(faults(with("Thang hanh dong", std::string(201, 'a'))),
            "c.toml:1: title: must be at most 200 bytes\n");
  EXPECT_EQ(faults(with("\"social_policy\"", "\"news\"")),
            "c.toml:2: class: must be one of social_policy, advertising, transactional, got \"news\"\n");
  EXPECT_THAT(faults(with("class = \"social_policy\"\n", "")), HasSubstr("class: is required: one of"));
}

TEST(SpecFaults, NameTheAudience) {
  EXPECT_EQ(
      faults(with("[audience]\ngroups = [\"phu-nu\"]\nunits = [\"03595\"]\nexclude_groups = [\"can-bo\"]\n",
                  "")),
      "c.toml:1: audience: is required: groups, units, languages, tags, lists or saved\n");
  EXPECT_THAT(faults(with("groups = [\"phu-nu\"]\nunits = [\"03595\"]\n", "")),
              HasSubstr("audience.groups: is required unless units, languages, tags or lists are given"));
  EXPECT_EQ(faults(with("[\"phu-nu\"]", "[\"phu-nu\", 5]")),
            "c.toml:4: audience.groups[1]: must be a text, got a whole number\n");
  EXPECT_THAT(faults(with("units =", "unit =")), HasSubstr("audience.unit: is not known here"));
  EXPECT_THAT(faults(with("units =", "languages = [\"hmn\", \"Mông\"]\nunits =")),
              HasSubstr("audience.languages[1]: must be an ISO 639 code such as vi or hmn"));
  EXPECT_THAT(faults(with("units =", "sample = 0\nunits =")),
              HasSubstr("audience.sample: must be between 1 and 1000, got 0"));
  EXPECT_THAT(faults(with("units =", "sample = 1001\nunits =")),
              HasSubstr("audience.sample: must be between"));
}

TEST(Spec, ReadsWhomItIsFor) {
  const AudienceQuery q = read(with("exclude_groups =",
                                    "languages = [\"hmn\"]\nexclude_units = [\"03640\"]\nsample = 10\n"
                                    "exclude_groups ="))
                              .audience;
  EXPECT_THAT(q.languages, ElementsAre("hmn"));
  EXPECT_THAT(q.exclude_units, ElementsAre("03640"));
  EXPECT_EQ(q.one_in, 10);
}

TEST(SpecFaults, NameTheText) {
  const std::string no_text = "title = \"A\"\nclass = \"social_policy\"\n[audience]\ngroups = [\"a\"]\n";
  EXPECT_THAT(faults(no_text), HasSubstr("text: is required: at least one [[text]]"));
  EXPECT_THAT(faults(with("language = \"hmn\"", "language = \"Mông\"")),
              HasSubstr("c.toml:10: text[1].language: must be an ISO"));
  EXPECT_THAT(faults(with("language = \"hmn\"", "language = \"vi\"")),
              HasSubstr("text[1].language: has a text already: \"vi\""));
  EXPECT_THAT(faults(with("accents = \"strip\"", "accents = \"none\"")),
              HasSubstr("text[1].accents: must be one of keep, strip"));
  EXPECT_THAT(faults(with("body = \"Tsis txhob ua phem\"\n", "")), HasSubstr("text[1].body: is required"));
  EXPECT_THAT(faults(with("Tsis txhob ua phem", "")), HasSubstr("text[1].body: must not be empty"));
}

TEST(SpecFaults, ATextIsMeasuredAsItIsSent) {
  std::string accented;
  for (int i = 0; i < 700; ++i) accented += "ậ";
  EXPECT_THAT(faults(with("Chấm dứt bạo lực, vun đắp yêu thương", accented)),
              HasSubstr("text[0].body: must fit into 10 parts, needs 11"));
  EXPECT_EQ(faults(with("Tsis txhob ua phem", accented)), "");  // stripped: 5 parts
}

TEST(SpecFaults, NameTheSchedule) {
  EXPECT_THAT(faults(with("end = 2021-12-15T22:00:00+07:00", "end = 2021-11-15T07:00:00+07:00")),
              HasSubstr("schedule.end: must be later than start"));
  EXPECT_THAT(faults(with("start = 2021-11-15T07:00:00+07:00", "start = 2021-11-15T07:00:00")),
              HasSubstr("schedule.start: must be a time with its offset"));
  EXPECT_THAT(faults(with("rate = 50", "rate = 0")),
              HasSubstr("schedule.rate: must be between 1 and 100000, got 0"));
  EXPECT_THAT(faults(with("\"07:00-11:30\"", "\"7-11\"")), HasSubstr("schedule.windows: "));
  EXPECT_THAT(faults(with("\"07:00-11:30\"", "\"Thu hai 07:00-11:30\"")),
              HasSubstr("schedule.windows: must be hours such as 07:00-11:30 or Mon-Fri 07:00-11:30"));
  EXPECT_THAT(faults(with("\"07:00-11:30\"", "\"Thu hai 07:00-11:30\"")),
              HasSubstr("got \"Thu hai 07:00-11:30\""));
  EXPECT_EQ(faults(with("rate = 50", "holidays = \"no\"")),
            "c.toml:17: schedule.holidays: must be one of send, skip, got \"no\"\n");
  EXPECT_THAT(faults(with("rate = 50", "rates = 50")), HasSubstr("schedule.rates: is not known here"));
}

TEST(SpecFaults, AdvertisingIsLabelledAndByDay) {
  std::string toml = with("\"social_policy\"", "\"advertising\"");
  EXPECT_THAT(faults(toml), HasSubstr("text[0].body: must begin with [QC] or [AD]"));
  toml.replace(toml.find("Chấm"), std::string_view("Chấm").size(), "[QC] Chấm");
  toml.replace(toml.find("Tsis"), 4, "[AD] Tsis");
  EXPECT_EQ(faults(toml), "");
  toml.replace(toml.find("21:00"), 5, "22:30");
  EXPECT_THAT(faults(toml), HasSubstr("schedule.windows: must lie within 07:00-22:00 for advertising"));
}

TEST(SpecFaults, AllAreFoundAtOnce) {
  const std::string printed = faults("class = \"x\"\n[[text]]\nlanguage = \"X\"\n");
  for (const char* place : {"title: ", "class: ", "audience: ", "text[0].language: ", "text[0].body: "}) {
    EXPECT_THAT(printed, HasSubstr(place));
  }
}

TEST(SpecFaults, TheFilesOfTheSampleHaveNone) {
  for (const auto& entry : std::filesystem::directory_iterator(in_checkout("/config/sample/campaigns"))) {
    config::Faults found;
    static_cast<void>(
        Spec::read(config::read_toml_file(entry.path()).value(), at("2021-11-14T00:00:00Z"), found));
    EXPECT_EQ(config::print(found, ""), "") << entry.path().filename();
  }
}

TEST(SpecText, IsRenderedAsItIsSent) {
  EXPECT_EQ((SpecText{"vi", Accents::keep, "yêu thương"}.rendered()), "yêu thương");
  EXPECT_EQ((SpecText{"vi", Accents::strip, "yêu thương, Đoàn Kết"}.rendered()), "yeu thuong, Doan Ket");
}

TEST(SpecText, DecomposedLettersAreComposed) {
  const std::string decomposed = "ye\xCC\x82u";
  EXPECT_EQ((SpecText{"vi", Accents::keep, decomposed}.rendered()), "yêu");
  EXPECT_EQ(text::measure("yêu").parts, 1U);
}

}  // namespace
}  // namespace tongdai::campaigns
