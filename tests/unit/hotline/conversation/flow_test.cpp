#include "hotline/conversation/flow.hpp"

#include <gmock/gmock.h>

#include "config/toml_file.hpp"
#include "support/source_dir.hpp"
#include "unit/hotline/sound_words.hpp"

namespace tongdai::hotline {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view sound = R"(name = "f"
languages = ["vi"]
[[question]]
id = "safe"
asks = "safety"
text.vi = "Tien khong? 1 co, 2 khong."
  [[question.answer]]
  words = ["1", "có"]
  next = "word"
  [[question.answer]]
  words = ["2", "không"]
  unsafe = true
[[question]]
id = "word"
asks = "agreed_word"
text.vi = "Tu nao?"
next = "end"
)";

Words words() {
  config::Faults faults;
  Words w = Words::read(*config::read_toml(sound_words), faults);
  EXPECT_TRUE(faults.empty()) << config::print(faults, "");
  return w;
}

/// The flow's faults, with lines.
std::string faults_of(const std::string& toml) {
  const auto document = config::read_toml(toml);
  if (!document) return document.error().print("f.toml");
  config::Faults faults;
  (void)Flow::read(*document, words(), faults);
  return config::print(faults, "f.toml");
}

std::string with(std::string_view what, std::string_view instead) {
  std::string toml(sound);
  const auto at = toml.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return toml.replace(at, what.size(), instead);
}

TEST(FlowTest, ASoundOneHasNoFault) {
  EXPECT_EQ(faults_of(std::string(sound)), "");
}

TEST(FlowTest, TheReadyOnesAreSound) {
  config::Faults faults;
  const auto phrases = config::read_toml_file(in_checkout("/config/hotline/phrases.toml"));
  const Words ready = Words::read(*phrases, faults);
  const auto document = config::read_toml_file(in_checkout("/config/hotline/flows/safe_contact.toml"));
  ASSERT_TRUE(document);
  const Flow flow = Flow::read(*document, ready, faults);
  EXPECT_TRUE(faults.empty()) << config::print(faults, "");
  EXPECT_EQ(flow.questions.size(), 3U);
}

TEST(FlowTest, AQuestionThatCouldNotBeSentIsNamedWithTheWordAndItsPlace) {
  EXPECT_EQ(
      faults_of(with("Tu nao?", "Bạo lực à?")),
      "f.toml:16: question[1].text.vi: could never be sent to a reporter: the word \"bao luc\" at character "
      "1 is on the sensitive list: say it without that word\n");
  EXPECT_THAT(faults_of(with("Tu nao?", std::string(161, 'x'))),
              HasSubstr("text.vi: must fit into one part"));
}

TEST(FlowTest, TheFirstQuestionIsAboutSafety) {
  EXPECT_THAT(faults_of(with("asks = \"safety\"\n", "")),
              HasSubstr("the first must ask whether an answer is safe"));
  EXPECT_THAT(faults_of(with("  unsafe = true", "  next = \"end\"")),
              HasSubstr("the first must have an answer that it is not safe"));
}

TEST(FlowTest, EveryWayComesToAnEnd) {
  EXPECT_THAT(faults_of(with("next = \"end\"", "next = \"safe\"")),
              HasSubstr("\"safe\" can be reached from itself"));
  EXPECT_THAT(faults_of(with("next = \"end\"", "next = \"gone\"")),
              HasSubstr("\"word\" leads to \"gone\", which is no question"));
  EXPECT_THAT(faults_of(with("next = \"word\"", "next = \"end\"")), HasSubstr("no answer leads to \"word\""));
  EXPECT_THAT(faults_of(with("next = \"end\"\n", "")), HasSubstr("question[1].next: "));
  EXPECT_THAT(faults_of(with("id = \"word\"", "id = \"safe\"")), HasSubstr("\"safe\" is there twice"));
}

TEST(FlowTest, AnAnswerMeansOneThing) {
  EXPECT_THAT(faults_of(with("\"không\"", "\"co\"")), HasSubstr("\"co\" gives another answer as well"));
  EXPECT_THAT(faults_of(with("\"không\"", "\"Stop\"")), HasSubstr("\"stop\" asks to stop all texts"));
  EXPECT_THAT(faults_of(with("\"1\", \"có\"", "")), HasSubstr("words: must be a list of at least one word"));
}

TEST(FlowTest, EveryLanguageHasItsText) {
  EXPECT_THAT(faults_of(with("[\"vi\"]", "[\"vi\", \"en\"]")), HasSubstr("question[0].text.en: is required"));
}

TEST(FlowTest, AnAnswerIsTheWholeTextOrTheOnlyOneInAFewWords) {
  config::Faults faults;
  const Flow flow = Flow::read(*config::read_toml(sound), words(), faults);
  const Question& q = flow.questions.front();
  const auto answer = [&](std::string_view text) {
    const Choice* found = choice_in(q, text);
    return found == nullptr ? "none" : found->words.front();
  };
  EXPECT_EQ(answer("1"), "1");
  EXPECT_EQ(answer(" CÓ! "), "1");
  EXPECT_EQ(answer("co a"), "1");
  EXPECT_EQ(answer("khong dau"), "2");
  EXPECT_EQ(answer("co hay khong"), "none");
  EXPECT_EQ(answer("co mot nguoi dang den day"), "none");
  EXPECT_EQ(answer("12"), "none");
}

}  // namespace
}  // namespace tongdai::hotline
