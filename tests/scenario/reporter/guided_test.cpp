// How lines answer: not at all, with a neutral sentence, or with questions.
#include "scenario/reporter/thread.hpp"
#include "support/source_dir.hpp"

namespace tongdai::test {
namespace {

Expected question_of_safety() {
  return text("luc nay co tien khong");
}
Expected question_of_hours() {
  return text("Luc nao thi tien nhat");
}
Expected question_of_word() {
  return text("Hay chon mot tu");
}

class Guided : public Thread {
 protected:
  Guided() {
    hotline_settings =
        "reply = \"guided\"\nflow = \"" + in_checkout("/config/hotline/flows/safe_contact.toml") + "\"\n";
  }
  void reports() {
    reporter().texts("toi bi danh, o Than Uyen").expects(question_of_safety());
    code = station().expects(alert()).code();
  }
  std::string contact(std::string_view column) {
    return on_database([&](storage::Tx& tx) {
      const auto found = hotline::safe_contact(tx, hotline::find_case(tx, code)->id);
      if (!found) return std::string("none");
      if (column == "hours") return found->hours.empty() ? std::string("any") : found->hours.front();
      return std::string(name_of(found->content)) + (found->agreed.empty() ? "" : " with a word");
    });
  }
};

TEST_F(Guided, TheFirstQuestionIsWhetherAnAnswerIsSafeAndTheAnswersAreRecorded) {
  reports();
  reporter().texts("1").expects(question_of_hours());
  reporter().texts("Buổi tối").expects(question_of_word());
  reporter().texts("hoa ban").expects(nothing());
  EXPECT_EQ(contact("hours"), "18:00-21:00");
  EXPECT_EQ(contact(""), "neutral with a word");
}

TEST_F(Guided, WhoSaysThatItIsNotSafeIsAskedNothingMore) {
  reports();
  reporter().texts("khong").expects(nothing());
  clock.advance(15min);
  station().expects(nothing());
  reporter().texts("no dang o day").expects(nothing());
  EXPECT_EQ(contact(""), "none");
  EXPECT_EQ(write("ban on khong"), "the person asked not to be written to");
  police().expects(alert());
}

TEST_F(Guided, APlaceIsNoAgreedWord) {
  reporter().texts("cuu toi voi").expects(question_of_place());
  officers_expect(duty_page());
  clock.advance(11min);
  officers_expect(duty_page());
  reporter().texts("toi can giup").expects(question_of_safety());
  reporter().texts("1").expects(question_of_hours());
  reporter().texts("4").expects(question_of_word());
  reporter().texts("Than Uyen");
  station().expects(alert());
}

TEST_F(Guided, SilenceIsAllowedAndEndsItQuietly) {
  reports();
  station().replies("nhan {code}").expects(details());
  reporter().texts("1").expects(question_of_hours());
  clock.advance(61min);
  reporter().expects(nothing());
  EXPECT_EQ(count("SELECT COUNT(*) FROM conversation WHERE state = 'silent'"), 1);
  EXPECT_EQ(contact(""), "none");
  // What comes then is a text like any other, and nothing is asked again.
  reporter().texts("4").expects(nothing());
  station().expects(text(": 4"));
}

TEST_F(Guided, ItGoesOnAfterACrash) {
  reports();
  reporter().texts("1").expects(question_of_hours());
  crash();
  reporter().texts("2").expects(question_of_word());
  crash();
  reporter().texts("0").expects(nothing());
  EXPECT_EQ(contact("hours"), "07:00-11:30");
  EXPECT_EQ(contact(""), "neutral");
}

TEST_F(Guided, NewsIsNoAnswer) {
  reports();
  station().replies("nhan {code}").expects(details());
  reporter().texts("co no danh toi").expects(nothing());
  station().expects(text("co no danh toi"));
  EXPECT_EQ(count("SELECT COUNT(*) FROM conversation WHERE state = 'asking' AND question = 'safe'"), 1);
  reporter().texts("co").expects(question_of_hours());
}

TEST_F(Guided, AnAnswerJoinsTheCaseAndIsNoNewsToItsOwner) {
  reports();
  station().replies("nhan {code}").expects(details());
  reporter().texts("1").expects(question_of_hours());
  station().expects(nothing());
  EXPECT_EQ(count("SELECT COUNT(*) FROM case_text"), 2);
}

TEST_F(Guided, WhatWasTakenAsTheAgreedWordReachesWhoHasTheCaseToo) {
  reports();
  station().replies("nhan {code}").expects(details());
  reporter().texts("1").expects(question_of_hours());
  reporter().texts("1").expects(question_of_word());
  reporter().texts("ra san roi").expects(nothing());
  station().expects(text("ra san roi"));
}

TEST_F(Guided, WhoSaysThatItIsNotSafeIsWrittenToByNobodyAndTheHelperKnows) {
  reports();
  station().replies("nhan {code}").expects(details());
  reporter().texts("2").expects(nothing());
  station().expects(text("khong muon nhan tin nua")).texts(code + " chao ban").expects(text("khong gui"));
  agree();
  station().texts(code + " chao ban");
  reporter().expects(text("chao ban"));
}

TEST_F(Guided, AMachineThatAnswersIsAskedOnce) {
  reports();
  for (int i = 0; i < 20; ++i)
    reporter().texts("May ban, nhan lai sau " + std::to_string(i)).expects(nothing());
}

TEST_F(Guided, WhenTheSafeContactHasRunOutItIsAskedAgainAtTheNextText) {
  reports();
  station().replies("nhan {code}").expects(details());
  agree({.expires_at = now() + 30min});
  clock.advance(20min);
  reporter().texts("cam on").expects(nothing());
  station().expects(text("cam on"));
  clock.advance(11min);
  reporter().texts("ban con do khong").expects(question_of_safety());
  station().expects(text("con do khong"));
}

TEST_F(Guided, AWishToBeLeftAloneEndsTheQuestions) {
  reports();
  clock.advance(9min);
  reporter().texts("stop");
  reporter().texts("1").expects(nothing());
  EXPECT_EQ(count("SELECT COUNT(*) FROM conversation WHERE state = 'stopped'"), 1);
}

TEST_F(Guided, APlaceThatIsMissingIsAskedFirst) {
  reporter().texts("cuu toi voi").expects(question_of_place());
  officers_expect(duty_page());
  clock.advance(9min);
  reporter().texts("Than Uyên").expects(nothing());  // one automatic answer a window
  station().expects(alert());
  clock.advance(2min);
  reporter().texts("nha mau xanh").expects(question_of_safety());
}

class Lines : public Thread {
 protected:
  Lines() {
    hotline_settings =
        "[[hotline.lines]]\nnumber = \"19001235\"\nreply = \"none\"\n"
        "[[hotline.lines]]\nnumber = \"19001236\"\nlanguage = \"en\"\n";
  }
  void texts(const char* line, std::string_view from, const std::string& words) {
    std::optional<bool> stored;
    sandbox().text(citizen(from).phone(), Phone::stored(line), words, [&](bool ok) { stored = ok; });
    settle();
    EXPECT_EQ(stored, true);
  }
};

TEST_F(Lines, EachLineHasAPolicyOfItsOwn) {
  texts("19001235", "0912345678", "toi bi danh, o Than Uyen");
  citizen("0912345678").expects(nothing());
  station().expects(alert());
  texts("19001235", "0912345679", "cuu toi voi");
  citizen("0912345679").expects(nothing());
  officers_expect(duty_page());
  texts("19001236", "0912345670", "he beats me, Than Uyen");
  citizen("0912345670").expects(text("Got your message"));
  station().expects(alert());
}

TEST_F(Lines, OurLinesAreNeverAnswered) {
  for (const char* line : {"19001234", "19001235", "19001236"}) {
    citizen(line).texts("toi bi danh o Than Uyen").expects(nothing());
  }
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case"), 0);
}

}  // namespace
}  // namespace tongdai::test
