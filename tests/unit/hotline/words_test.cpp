#include "hotline/words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/toml_file.hpp"
#include "support/source_dir.hpp"
#include "unit/hotline/sound_words.hpp"

namespace tongdai::hotline {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// The faults of a file, as --check prints them.
std::string faults(const std::string& toml) {
  config::Faults found;
  static_cast<void>(Words::read(config::read_toml(toml).value(), found));
  return config::print(found, "phrases.toml");
}

/// The sound file with `from` put as `to`.
std::string with(std::string_view from, std::string_view to) {
  std::string toml(sound_words);
  const std::size_t at = toml.find(from);
  if (at == std::string::npos) ADD_FAILURE() << "not in the sound file: " << from;
  return toml.replace(at, from.size(), to);
}

TEST(Words, ASoundFileHasNoFaults) {
  EXPECT_EQ(faults(std::string(sound_words)), "");
}

TEST(Words, TheFileOfTheServiceHasNoFaults) {
  config::Faults found;
  const auto words =
      Words::read(config::read_toml_file(in_checkout("/config/hotline/phrases.toml")).value(), found);
  EXPECT_EQ(config::print(found, "phrases.toml"), "");
  EXPECT_THAT(words.services(), ::testing::Contains("child_protection"));
  for (const auto urgency : EnumNames<Urgency>::names) {
    EXPECT_TRUE(words.urgency_names.contains(std::string(urgency))) << urgency;
  }
}

TEST(Words, PhrasesAreFoldedAndNoneIsTwice) {
  config::Faults found;
  const auto words = Words::read(
      config::read_toml(with("accept = [\"nhan\"]", "accept = [\"Nhận\", \"nhan\", \" NHẬN  việc! \", \"\"]"))
          .value(),
      found);
  EXPECT_THAT(words.commands.accept, ElementsAre("nhan", "nhan viec"));
}

TEST(Words, AListOfPhrasesMustNotBeEmpty) {
  constexpr const char* needed = "must be a list of at least one phrase\n";
  EXPECT_EQ(faults(with("accept = [\"nhan\"]", "accept = []")),
            std::string("phrases.toml:2: commands.accept: ") + needed);
  EXPECT_THAT(faults(with("decline = [\"tu choi\"]", "decline = [\"!\"]")),
              HasSubstr("commands.decline: must be a list"));
  EXPECT_THAT(faults(with("done = [\"xong\"]\n", "")), HasSubstr("commands.done: must be a list"));
}

TEST(Words, ATableThatIsMissingIsAFault) {
  for (const std::string table :
       {"commands", "opt_out", "opt_in", "sensitive", "replies", "facility", "service_names"}) {
    std::string toml(sound_words);
    const std::size_t from = toml.find("[" + table + "]");
    const std::size_t to = std::min(toml.find("\n[", from), toml.size());
    toml.erase(from, to - from);
    EXPECT_THAT(faults(toml), HasSubstr(table + ": is required")) << table;
  }
}

TEST(Words, ATextOfTheWrongTypeNamesItsPlace) {
  EXPECT_THAT(faults(with("accept = [\"nhan\"]", "accept = \"nhan\"")),
              HasSubstr("commands.accept: must be a list of texts such as [\"a\", \"b\"], got a text"));
  EXPECT_THAT(faults(with("accept = [\"nhan\"]", "accept = [\"nhan\", 1]")),
              HasSubstr("commands.accept[1]: must be a text"));
  EXPECT_THAT(faults(with("alert = \"A {code}\"", "alert = 1")), HasSubstr("facility.alert: must be a text"));
}

TEST(Words, EveryReplyAndEveryTextToAFacilityIsRequired) {
  EXPECT_THAT(faults(with("ask_place_vi = \"Xa nao?\"\n", "")),
              HasSubstr("replies.ask_place_vi: is required"));
  EXPECT_THAT(faults(with("acknowledge_vi = \"Da nhan.\"\n", "")),
              HasSubstr("replies.acknowledge_vi: is required"));
  EXPECT_THAT(faults(with("duty_page = \"P {code}\"\n", "")), HasSubstr("facility.duty_page: is required"));
  EXPECT_THAT(faults(with("alert = \"A {code}\"\n", "")), HasSubstr("facility.alert: is required"));
}

TEST(Words, AReplyWithAWordThatBetraysIsAFault) {
  const std::string what = faults(with("Da nhan.", "Da nhan tin ve bạo lực."));
  EXPECT_THAT(what, HasSubstr("replies.acknowledge_vi: could never be sent to a reporter"));
  EXPECT_THAT(what, HasSubstr("bao luc"));
}

TEST(Words, AReplyWithALinkIsAFault) {
  EXPECT_THAT(faults(with("Da nhan.", "Xem https://laichau.gov.vn")),
              HasSubstr("replies.acknowledge_vi: could never be sent to a reporter"));
}

TEST(Words, AReplyOfTwoPartsIsAFault) {
  EXPECT_THAT(faults(with("Da nhan.", std::string(161, 'a'))),
              HasSubstr("replies.acknowledge_vi: must fit into one part"));
}

TEST(Words, WhatIsNotKnownIsNamed) {
  EXPECT_THAT(faults(std::string(sound_words) + "[opt_outs]\nwords = [\"x\"]\n"),
              HasSubstr("opt_outs: is not known here"));
  EXPECT_THAT(faults(with("accept = [\"nhan\"]", "acept = [\"nhan\"]\naccept = [\"nhan\"]")),
              HasSubstr("commands.acept: is not known here"));
}

TEST(Words, TheNamesOfUrgencyMayBeLeftOut) {
  EXPECT_EQ(
      faults(with("[urgency_names]\ncritical = \"rat khan cap\"\nhigh = \"khan cap\"\nnormal = \"thuong\"\n",
                  "")),
      "");
}

TEST(Fill, PutsValuesInForTheirNames) {
  EXPECT_EQ(fill("{code} {area}, {code}", {{"code", "1"}, {"area", "X"}}), "1 X, 1");
  EXPECT_EQ(fill("{other} {code", {{"code", "1"}}), "{other} {code");
  EXPECT_EQ(fill("", {{"code", "1"}}), "");
}

TEST(Fill, AValueMayBeEmptyOrLookLikeItsOwnName) {
  EXPECT_EQ(fill("a{code}b", {{"code", ""}}), "ab");
  EXPECT_EQ(fill("{code}", {{"code", "{code}"}}), "{code}");
}

TEST(Fill, AValueIsNotFilledAgain) {
  EXPECT_EQ(fill("{place} {words}", {{"code", "1"}, {"place", "{words}"}, {"words", "{code}"}}),
            "{words} {code}");
}

}  // namespace
}  // namespace tongdai::hotline
