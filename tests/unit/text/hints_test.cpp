#include "text/hints.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "text/encoding.hpp"
#include "text/fold.hpp"
#include "text_generators.hpp"

namespace tongdai::text {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> said(std::string_view text) {
  std::vector<std::string> all;
  const std::size_t now = measure(text).parts;
  for (const Hint& h : hints(text)) all.push_back(fmt::format("{}: {} -> {}", h.change, now, h.parts));
  return all;
}

std::string repeat(std::string_view text, int n) {
  std::string out;
  while (n-- > 0) out += text;
  return out;
}

// The theme and the six messages of the Action Month 2021.
TEST(Hints, OfTheActionMonthsTexts) {
  EXPECT_THAT(
      said("Đảm bảo an sinh xã hội, tăng quyền năng và tạo cơ hội cho phụ nữ và trẻ em gái nhằm thực hiện "
           "bình đẳng giới và xóa bỏ bạo lực trên cơ sở giới"),
      ElementsAre("8 characters fewer: 3 -> 2", "without accents: 3 -> 1"));
  EXPECT_THAT(
      said("Hưởng ứng Tháng hành động vì bình đẳng giới và phòng ngừa, ứng phó bạo lực trên cơ sở giới "
           "năm 2021"),
      ElementsAre("without accents: 2 -> 1"));
  EXPECT_THAT(said("Chủ động phòng ngừa và ứng phó với bạo lực, xâm hại đối với phụ nữ và trẻ em"),
              ElementsAre("6 characters fewer: 2 -> 1", "without accents: 2 -> 1"));
  EXPECT_THAT(
      said("Nam giới tiên phong thúc đẩy bình đẳng giới và phòng ngừa, ứng phó với bạo lực trên cơ sở giới"),
      ElementsAre("without accents: 2 -> 1"));
  for (const char* one : {"Thực hiện bình đẳng giới là tiêu chí của tiến bộ, văn minh",
                          "Hưởng ứng Ngày quốc tế xóa bỏ bạo lực đối với phụ nữ 25/11/2021",
                          "Chấm dứt bạo lực, vun đắp yêu thương"}) {
    EXPECT_THAT(said(one), IsEmpty()) << one;
  }
}

TEST(Hints, TypographyIsTheWholePrice) {
  const std::string words = repeat("Ngay quoc te ", 11);
  EXPECT_THAT(said(words + "“A”"), ElementsAre("replace “ ” by \": 3 -> 1"));
  EXPECT_THAT(said(words + "\u00a0– …"),
              ElementsAre("replace special spaces by spaces, – by -, … by ...: 3 -> 1"));
  EXPECT_THAT(said(words + "\u200b"), ElementsAre("replace characters without width by nothing: 3 -> 1"));
}

TEST(Hints, OneEmoji) {
  const std::string words = repeat("yeu thuong ", 12);
  EXPECT_THAT(said(words + "❤️"), ElementsAre("without ❤️: 2 -> 1"));
  EXPECT_THAT(said("😀" + words), ElementsAre("without 😀: 2 -> 1"));
}

TEST(Hints, ExtensionCharactersCostTwo) {
  const std::string words = repeat("x", 157);
  EXPECT_THAT(said("[" + words + "]"),
              ElementsAre("1 character fewer: 2 -> 1", "replace [ by (, ] by ): 2 -> 1"));
  EXPECT_THAT(said("[QC] " + words), ElementsAre("4 characters fewer: 2 -> 1")) << "the label is the law's";
}

TEST(Hints, SeveralThingsAtOnceOnlyWhereEachIsNeeded) {
  EXPECT_THAT(said(repeat("Chấm dứt ", 17) + "😀" + "x"),
              testing::Contains("without 😀 and accents: 3 -> 1"));
}

TEST(Hints, AnotherScriptHasNone) {
  EXPECT_THAT(said(repeat("ສະບາຍດີ", 40)), testing::Each(testing::HasSubstr("fewer")));
}

TEST(Hints, OnePartNeedsNone) {
  EXPECT_THAT(said(""), IsEmpty());
  EXPECT_THAT(said("Đ“”"), IsEmpty());
}

RC_GTEST_PROP(Hints, EachSavesParts, ()) {
  const std::string text = repeat(*any_text(), *rc::gen::inRange(1, 6));
  const std::size_t now = measure(text).parts;
  for (const Hint& h : hints(text)) RC_ASSERT(h.parts < now && h.parts >= 1U && !h.change.empty());
}

}  // namespace
}  // namespace tongdai::text
