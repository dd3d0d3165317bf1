#include "inbox/recognise.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tongdai::inbox {
namespace {

const Words words{{"nhan", "xin nhan", "dong y", "accept", "take"},
                  {"tu choi", "tc", "khong nhan", "decline"},
                  {"xong", "da xong", "done"},
                  {"tu choi", "tc", "stop", "huy"},
                  {"dang ky", "start"},
                  {"chuyen", "chuyen cho"},
                  {"tra lai"},
                  {"dang lam"},
                  {"mo lai"},
                  {"giuong", "con giuong", "beds"},
                  {"het giuong"}};

/// "accept 482913", "decline", or "" where it is no command.
std::string command(std::string_view text) {
  const auto c = recognise(text, words).command;
  if (!c) return "";
  return std::string(name_of(c->verb)) + (c->code.empty() ? "" : " " + c->code);
}

TEST(RecogniseTest, AVerbAndACode) {
  EXPECT_EQ(command("nhan 482913"), "accept 482913");
  EXPECT_EQ(command("tu choi 482913"), "decline 482913");
  EXPECT_EQ(command("xong 482913"), "done 482913");
}

TEST(RecogniseTest, AccentsCaseAndPunctuationAreForgiven) {
  EXPECT_EQ(command("NHẬN 482913!"), "accept 482913");
  EXPECT_EQ(command("  Từ   chối: 482913."), "decline 482913");
  EXPECT_EQ(command("(Xong) - #482913"), "done 482913");
}

TEST(RecogniseTest, AMissingSpaceIsForgiven) {
  EXPECT_EQ(command("nhan482913"), "accept 482913");
  EXPECT_EQ(command("NHẬN482913"), "accept 482913");
  EXPECT_EQ(command("482913nhan"), "accept 482913");
}

TEST(RecogniseTest, TheCodeMayComeFirst) {
  EXPECT_EQ(command("482913 nhan"), "accept 482913");
  EXPECT_EQ(command("482913 tu choi"), "decline 482913");
}

TEST(RecogniseTest, EnglishWords) {
  EXPECT_EQ(command("Accept 482913"), "accept 482913");
  EXPECT_EQ(command("take 482913"), "accept 482913");
  EXPECT_EQ(command("decline 482913"), "decline 482913");
  EXPECT_EQ(command("done 482913"), "done 482913");
}

TEST(RecogniseTest, AVerbOfSeveralWordsIsNotCutShort) {
  EXPECT_EQ(command("khong nhan 482913"), "decline 482913");
  EXPECT_EQ(command("xin nhan 482913"), "accept 482913");
}

TEST(RecogniseTest, AVerbAloneHasNoCode) {
  EXPECT_EQ(command("nhan"), "accept");
  EXPECT_EQ(command("Tu choi."), "decline");
}

TEST(RecogniseTest, WordsBehindACodeDoNotMatter) {
  EXPECT_EQ(command("nhan 482913 chung toi di ngay"), "accept 482913");
}

TEST(RecogniseTest, WordsBeforeTheVerbMakeItText) {
  EXPECT_EQ(command("chung toi nhan 482913"), "");
  EXPECT_EQ(command("toi nhan tin nhan cua chi"), "");
}

TEST(RecogniseTest, WhatStandsBehindACodeIsAReasonOrAPlace) {
  EXPECT_EQ(recognise("Chuyển 482913 Công an xã", words).command->words, "cong an xa");
  EXPECT_EQ(recognise("tu choi 482913, dang ban", words).command->words, "dang ban");
  EXPECT_EQ(recognise("482913 tra lai", words).command->words, "");
  EXPECT_EQ(command("chuyen cho 482913"), "transfer 482913");
  EXPECT_EQ(command("tra lai 482913 het xe"), "hand_back 482913");
  EXPECT_EQ(command("dang lam"), "progress");
  EXPECT_EQ(command("mo lai 482913"), "reopen 482913");
}

TEST(RecogniseTest, BedsGoWithANumberAndNoCode) {
  for (const char* text : {"giuong 3", "Giường: 3", "giuong3", "3 giuong", "con 3 giuong", "beds 3"}) {
    EXPECT_EQ(command(text), "beds") << text;
    EXPECT_EQ(recognise(text, words).command->beds, 3) << text;
  }
  EXPECT_EQ(command("het giuong"), "beds");
  EXPECT_EQ(recognise("het giuong", words).command->beds, 0);
  for (const char* text : {"giuong", "giuong 482913", "3", "nha toi co 3 giuong", "3 giuong 2"})
    EXPECT_EQ(command(text), "") << text;
}

TEST(RecogniseTest, ANumberThatIsTooShortOrTooLongIsNoCode) {
  EXPECT_EQ(command("nhan 113"), "");
  EXPECT_EQ(command("nhan 84912345678"), "");
}

TEST(RecogniseTest, ACodeAloneIsNoCommand) {
  EXPECT_EQ(command("482913"), "");
}

TEST(RecogniseTest, TheFirstCodeCounts) {
  EXPECT_EQ(command("nhan 482913 khong phai 555555"), "accept 482913");
}

TEST(RecogniseTest, AReportIsNoCommand) {
  EXPECT_EQ(command("toi bi danh, so nha 1234 o Than Uyen"), "");
  EXPECT_EQ(command(""), "");
}

TEST(RecogniseTest, AnOptOutIsTheWholeMessage) {
  EXPECT_TRUE(recognise("STOP", words).opt_out);
  EXPECT_TRUE(recognise(" Từ chối! ", words).opt_out);
  EXPECT_FALSE(recognise("stop danh toi", words).opt_out);
  EXPECT_FALSE(recognise("xin huy giup", words).opt_out);
  EXPECT_FALSE(recognise("tc 482913", words).opt_out);
}

TEST(RecogniseTest, AnOptInIsTheWholeMessage) {
  EXPECT_TRUE(recognise("Đăng ký", words).opt_in);
  EXPECT_FALSE(recognise("dang ky ket hon", words).opt_in);
}

TEST(RecogniseTest, AWordMayBeAnAnswerAndARefusalWhoSentItDecides) {
  const Recognised r = recognise("tu choi", words);
  EXPECT_TRUE(r.command);
  EXPECT_TRUE(r.opt_out);
}

RC_GTEST_PROP(RecogniseProperty, AnyOctetsAreUnderstoodAsSomething, (const std::string& octets)) {
  const Recognised r = recognise(octets, words);
  if (r.command) RC_ASSERT(r.command->code.find_first_not_of("0123456789") == std::string::npos);
}

RC_GTEST_PROP(RecogniseProperty, ACodeIsFoundWhateverStandsBetween, ()) {
  const auto code = std::to_string(*rc::gen::inRange(100'000, 1'000'000));
  const auto between = *rc::gen::container<std::string>(rc::gen::element(' ', '.', ':', '-', '#', '\n', '!'));
  RC_ASSERT(command("nhan" + between + code) == "accept " + code);
  RC_ASSERT(command(code + between + "nhan") == "accept " + code);
}

}  // namespace
}  // namespace tongdai::inbox
