// Thirty campaign files that a new operator might write, each with the very lines that come back: what is
// wrong, where, and what is allowed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "config/toml_file.hpp"
#include "unit/campaigns/campaign_room.hpp"

namespace tongdai::campaigns {
namespace {

constexpr std::string_view sound = R"toml(title = "Thang hanh dong"
class = "social_policy"
[audience]
groups = ["phu-nu"]
units = ["03595"]
[[text]]
body = "Cham dut bao luc"
[[text]]
language = "en"
accents = "strip"
body = "End violence"
[schedule]
start = 2021-11-15T07:00:00+07:00
end = 2021-12-15T22:00:00+07:00
windows = ["07:00-11:30", "13:30-21:00"]
rate = 50
)toml";

/// The sound file with `from` replaced by `to`, and what is said of it.
struct Wrong {
  const char* mistake;
  std::string from;
  std::string to;
  std::string said;
};

const std::vector<Wrong>& table() {
  static const std::vector<Wrong> all{
      {"a quote is missing", "\"Thang hanh dong\"", "\"Thang hanh dong",
       "c.toml:1: a text must end with its quote on the same line: the closing \" is missing\n"},
      {"a word without quotes", "\"social_policy\"", "social_policy",
       "c.toml:2: what follows the = is no value: a text stands in quotes, such as \"text\"\n"},
      {"a list without brackets", "[\"phu-nu\"]", "\"phu-nu\"",
       "c.toml:4: audience.groups: must be a list of texts such as [\"a\", \"b\"], got a text\n"},
      {"a key given twice", "rate = 50", "rate = 50\nrate = 60", "c.toml:17: 'rate' is given twice\n"},
      {"no title", "title = \"Thang hanh dong\"\n", "", "c.toml:1: title: is required\n"},
      {"an empty title", "Thang hanh dong", "", "c.toml:1: title: must not be empty\n"},
      {"a title that is a number", "\"Thang hanh dong\"", "2021",
       "c.toml:1: title: must be a text, got a whole number\n"},
      {"no class", "class = \"social_policy\"\n", "",
       "c.toml:1: class: is required: one of social_policy, advertising, transactional\n"},
      {"a class in capitals", "\"social_policy\"", "\"Social_Policy\"",
       "c.toml:2: class: must be one of social_policy, advertising, transactional, got \"Social_Policy\"\n"},
      {"an unknown class", "\"social_policy\"", "\"news\"",
       "c.toml:2: class: must be one of social_policy, advertising, transactional, got \"news\"\n"},
      {"no audience", "[audience]\ngroups = [\"phu-nu\"]\nunits = [\"03595\"]\n", "",
       "c.toml:1: audience: is required: groups, units, languages, tags, lists or saved\n"},
      {"an audience of nobody", "groups = [\"phu-nu\"]\nunits = [\"03595\"]\n", "",
       "c.toml:3: audience.groups: is required unless units, languages, tags or lists are given\n"},
      {"an unknown group", "\"phu-nu\"", "\"phu nu\"",
       "c.toml: audience.groups[0]: there is no group \"phu nu\": \"tongdai group list\" names them\n"},
      {"an unknown unit", "\"03595\"", "\"Than Uyen\"",
       "c.toml: audience.units[0]: there is no unit \"Than Uyen\": a unit goes by its code, which \"tongdai "
       "unit find\" tells\n"},
      {"a unit's code without quotes", "[\"03595\"]", "[3595]",
       "c.toml:5: audience.units[0]: must be a text, got a whole number\n"},
      {"an unknown group to leave out", "units = [\"03595\"]", "exclude_groups = [\"can-bo\", \"khach\"]",
       "c.toml: audience.exclude_groups[1]: there is no group \"khach\": \"tongdai group list\" names "
       "them\n"},
      {"no text",
       "[[text]]\nbody = \"Cham dut bao luc\"\n[[text]]\nlanguage = \"en\"\naccents = \"strip\"\nbody = "
       "\"End violence\"\n",
       "", "c.toml:1: text: is required: at least one [[text]]\n"},
      {"[text] for [[text]]", "[[text]]\nbody = \"Cham dut bao luc\"\n[[text]]", "[text]",
       "c.toml:6: text: must be a list of tables ([[text]]), got a table\n"},
      {"a text without words", "body = \"Cham dut bao luc\"\n", "", "c.toml:6: text[0].body: is required\n"},
      {"a text of blanks", "Cham dut bao luc", "   ", "c.toml:7: text[0].body: must not be blank\n"},
      {"a language by its name", "\"en\"", "\"English\"",
       "c.toml:9: text[1].language: must be an ISO 639 code such as vi or en, with a script such as hmn-rpa "
       "if need be\n"},
      {"a language twice", "\"en\"", "\"vi\"", "c.toml:9: text[1].language: has a text already: \"vi\"\n"},
      {"an unknown treatment of accents", "\"strip\"", "\"none\"",
       "c.toml:10: text[1].accents: must be one of keep, strip, got \"none\"\n"},
      {"a text that is too long", "Cham dut bao luc", std::string(1600, 'a'),
       "c.toml:7: text[0].body: must fit into 10 parts, needs 11\n"},
      {"advertising without its label", "\"social_policy\"", "\"advertising\"",
       "c.toml:7: text[0].body: must begin with [QC] or [AD]: the campaign's class is advertising (Decree "
       "91/2020)\n"
       "c.toml:11: text[1].body: must begin with [QC] or [AD]: the campaign's class is advertising (Decree "
       "91/2020)\n"},
      {"a start without an offset", "2021-11-15T07:00:00+07:00", "2021-11-15T07:00:00",
       "c.toml:13: schedule.start: must be a time with its offset, such as 2021-11-25T07:00:00+07:00\n"},
      {"a start as people write it", "2021-11-15T07:00:00+07:00", "\"15/11/2021 7:00\"",
       "c.toml:13: schedule.start: must be a time with its offset, such as 2021-11-25T07:00:00+07:00\n"},
      {"a day without an hour", "2021-11-15T07:00:00+07:00", "2021-11-15",
       "c.toml:13: schedule.start: must be a time with its offset, such as 2021-11-25T07:00:00+07:00\n"},
      {"an end before the start", "end = 2021-12-15", "end = 2021-10-15",
       "c.toml:14: schedule.end: must be later than start\n"},
      {"hours with a dash too few", "\"07:00-11:30\"", "\"07:00 11:30\"",
       "c.toml:15: schedule.windows: must be hours such as 07:00-11:30 or Mon-Fri 07:00-11:30 (24:00 may end "
       "one), got \"07:00 11:30\"\n"},
      {"hours without the nought", "\"07:00-11:30\"", "\"7:00-11:30\"",
       "c.toml:15: schedule.windows: must be hours such as 07:00-11:30 or Mon-Fri 07:00-11:30 (24:00 may end "
       "one), got \"7:00-11:30\"\n"},
      {"hours that are no list", "[\"07:00-11:30\", \"13:30-21:00\"]", "\"07:00-21:00\"",
       "c.toml:15: schedule.windows: must be a list of texts such as [\"a\", \"b\"], got a text\n"},
      {"a rate of nothing", "rate = 50", "rate = 0",
       "c.toml:16: schedule.rate: must be between 1 and 100000, got 0\n"},
      {"a rate in quotes", "rate = 50", "rate = \"50\"",
       "c.toml:16: schedule.rate: must be a whole number, got a text\n"},
      {"a rate with a fraction", "rate = 50", "rate = 0.5",
       "c.toml:16: schedule.rate: must be a whole number, got a number\n"},
      {"a gateway that is a number", "rate = 50", "gateway = 1",
       "c.toml:16: schedule.gateway: must be a text, got a whole number\n"},
      {"several at once", "rate = 50\n", "rate = -1\nhours = 5\n",
       "c.toml:16: schedule.rate: must be between 1 and 100000, got -1\n"
       "c.toml:17: schedule.hours: is not known here; known: drip, end, gateway, holidays, paced_by_cases, "
       "rate, repeat, start, windows\n"},
      {"a drip without a list, and with an end", "rate = 50", "drip = {column = \"Ngay hen\"}",
       "c.toml:16: schedule.drip.column: must be an own column of the list, of a-z, 0-9 and _\n"
       "c.toml:16: schedule.drip: needs exactly one list in audience.lists: its column has the days\n"
       "c.toml:14: schedule.end: must be left out: schedule.drip says when it ends\n"},
  };
  return all;
}

class WrongFiles : public CampaignTest {
 protected:
  /// As the create call goes about it: the file first, then the directory.
  std::string said_of(const std::string& toml) {
    config::Faults found;
    const auto document = config::read_toml(toml);
    if (!document) return config::print({document.error()}, "c.toml");
    const Spec spec = Spec::read(*document, room.now(), found);
    if (found.empty()) {
      room.on_database([&](storage::Tx& tx) {
        static_cast<void>(create(tx, room.ids, spec, "author", room.now(), found));
      });
    }
    return config::print(found, "c.toml");
  }
};

TEST_F(WrongFiles, TheSoundOneIsTaken) {
  EXPECT_EQ(said_of(std::string(sound)), "");
}

TEST_F(WrongFiles, EachIsToldWhatToChangeAndNothingIsStored) {
  ASSERT_GE(table().size(), 30U);
  for (const Wrong& w : table()) {
    std::string toml(sound);
    const std::size_t place = toml.find(w.from);
    ASSERT_NE(place, std::string::npos) << w.mistake;
    EXPECT_EQ(said_of(toml.replace(place, w.from.size(), w.to)), w.said) << w.mistake;
  }
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM campaign"), 0);
}

}  // namespace
}  // namespace tongdai::campaigns
