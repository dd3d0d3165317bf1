#include "inbox/parts.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include <algorithm>
#include <random>

#include "inbox_room.hpp"
#include "text/encoding.hpp"

namespace tongdai::inbox {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr Duration patience = 3min;

struct PartsTest : InboxRoom {
  /// The patience has passed and the loop has turned.
  void wait_it_out() {
    room.time.advance(patience + 1s);
    (void)run_once();
  }
};

TEST_F(PartsTest, ALongTextIsOneText) {
  EXPECT_EQ(give(part_of(7, 1, 3, "toi bi ")), true);
  EXPECT_EQ(give(part_of(7, 2, 3, "danh o ")), true);
  EXPECT_THAT(texts(), IsEmpty());
  EXPECT_EQ(give(part_of(7, 3, 3, "Than Uyen")), true);
  EXPECT_THAT(texts(), ElementsAre("toi bi danh o Than Uyen"));
  EXPECT_EQ(parts_waiting(), 0);
}

TEST_F(PartsTest, PartsMayComeInAnyOrderAndMoreThanOnce) {
  int reference = 0;
  const bool held = rc::check("any order of parts", [&] {
    const int total = *rc::gen::inRange(2, 8);
    std::vector<int> order(static_cast<std::size_t>(total));
    for (int i = 0; i < total; ++i) order[static_cast<std::size_t>(i)] = i + 1;
    const auto repeated = *rc::gen::container<std::vector<int>>(rc::gen::inRange(1, total + 1));
    order.insert(order.end(), repeated.begin(), repeated.end());
    std::mt19937_64 random(*rc::gen::arbitrary<std::uint64_t>());
    std::ranges::shuffle(order, random);
    ++reference;
    const auto words = [&](int part) {
      return "[" + std::to_string(reference) + "/" + std::to_string(part) + "]";
    };
    std::string whole;
    for (int i = 1; i <= total; ++i) whole += words(i);
    for (const int part : order) {
      RC_ASSERT(give(part_of(static_cast<std::uint16_t>(reference), part, total, words(part))) == true);
    }
    const auto all = texts();
    RC_ASSERT(std::ranges::count(all, whole) == 1);
    RC_ASSERT(all.size() == static_cast<std::size_t>(reference));
    RC_ASSERT(parts_waiting() == 0);
  });
  EXPECT_TRUE(held);
}

TEST_F(PartsTest, AMissingPartIsMarkedWhenTheTimeIsUp) {
  (void)give(part_of(7, 1, 3, "toi bi "));
  (void)give(part_of(7, 3, 3, "Than Uyen"));
  room.time.advance(patience - 1s);
  (void)run_once();
  EXPECT_THAT(texts(), IsEmpty());
  room.time.advance(2s);
  (void)run_once();
  EXPECT_THAT(texts(), ElementsAre("toi bi  [...] Than Uyen (incomplete)"));
  ASSERT_EQ(handled.size(), 1U) << "an incomplete report is a report";
  EXPECT_TRUE(handled[0].incomplete);
}

TEST_F(PartsTest, ARunOfMissingPartsIsOneMark) {
  (void)give(part_of(7, 4, 5, "Than Uyen"));
  wait_it_out();
  EXPECT_THAT(texts(), ElementsAre(" [...] Than Uyen [...]  (incomplete)"));
}

TEST_F(PartsTest, ThePatienceIsCountedFromTheFirstPart) {
  (void)give(part_of(7, 1, 3, "toi "));
  room.time.advance(patience - 1s);
  (void)give(part_of(7, 2, 3, "bi "));
  room.time.advance(2s);
  (void)run_once();
  EXPECT_EQ(texts().size(), 1U);
}

TEST_F(PartsTest, AReferencesPartsDoNotMixWithAnothers) {
  (void)give(part_of(7, 1, 2, "mot "));
  (void)give(part_of(8, 2, 2, "bon"));
  (void)give(part_of(8, 1, 2, "ba "));
  (void)give(part_of(7, 2, 2, "hai"));
  EXPECT_THAT(texts(), ElementsAre("ba bon", "mot hai"));
}

TEST_F(PartsTest, PartsOfDifferentSendersLinesTotalsAndGatewaysDoNotMix) {
  (void)give(part_of(7, 1, 2, "mot "));
  gateway::Inbound other_sender = part_of(7, 2, 2, "hai");
  other_sender.sender = "0987654321";
  (void)give(std::move(other_sender));
  gateway::Inbound other_line = part_of(7, 2, 2, "hai");
  other_line.line = "19005678";
  (void)give(std::move(other_line));
  (void)give(part_of(7, 2, 3, "hai"));
  (void)give(part_of(7, 2, 2, "hai"), "b");
  EXPECT_THAT(texts(), IsEmpty());
  EXPECT_EQ(parts_waiting(), 5);
}

TEST_F(PartsTest, ARepeatedPartOfATextThatIsWholeIsNoNewText) {
  (void)give(part_of(7, 1, 2, "toi bi "));
  (void)give(part_of(7, 2, 2, "danh"));
  EXPECT_EQ(give(part_of(7, 1, 2, "toi bi ")), true);
  EXPECT_EQ(give(part_of(7, 2, 2, "danh")), true);
  wait_it_out();
  EXPECT_THAT(texts(), ElementsAre("toi bi danh"));
}

/// A phone counts its long texts with one octet, and some with always the same one.
TEST_F(PartsTest, AReferenceThatIsUsedAgainSoonLosesNoReport) {
  (void)give(part_of(7, 1, 2, "toi bi "));
  (void)give(part_of(7, 2, 2, "danh"));
  room.time.advance(5min);
  EXPECT_EQ(give(part_of(7, 1, 2, "lai bi ")), true);
  EXPECT_EQ(give(part_of(7, 2, 2, "nua roi")), true);
  EXPECT_THAT(texts(), ElementsAre("toi bi danh", "lai bi nua roi"));
}

TEST_F(PartsTest, AReferenceThatIsUsedAgainBeforeTheFirstTextIsWholeKeepsBoth) {
  (void)give(part_of(7, 1, 2, "toi bi "));
  (void)give(part_of(7, 1, 2, "lai bi "));
  (void)give(part_of(7, 2, 2, "danh"));
  EXPECT_THAT(texts(), ElementsAre("toi bi  [...]  (incomplete)", "lai bi danh"));
}

TEST_F(PartsTest, APartThatComesAfterItsTextWasGivenUpIsNotLost) {
  (void)give(part_of(7, 1, 2, "toi bi danh o "));
  wait_it_out();
  EXPECT_EQ(give(part_of(7, 2, 2, "Than Uyen")), true);
  wait_it_out();
  EXPECT_THAT(texts(), ElementsAre("toi bi danh o  [...]  (incomplete)", " [...] Than Uyen (incomplete)"));
}

TEST_F(PartsTest, ANumberingThatMakesNoSenseIsATextOfItsOwn) {
  EXPECT_EQ(give(part_of(7, 3, 2, "ba")), true);
  EXPECT_EQ(give(part_of(7, 0, 2, "khong")), true);
  EXPECT_EQ(give(part_of(7, 1, 1, "mot")), true);
  EXPECT_EQ(give(part_of(7, 1, 0, "chang")), true);
  EXPECT_THAT(texts(), ElementsAre("ba", "khong", "mot", "chang"));
}

TEST_F(PartsTest, PartsSurviveACrash) {
  (void)give(part_of(7, 1, 2, "toi bi "));
  test::EngineRoom next(test::EngineRoom::AfterCrash{room});
  Inbox after(next.writer(), next.ids, next.time, next.log, plan, words());
  after.receive(next.loop.get_executor(), "a", part_of(7, 2, 2, "danh"), [](bool) {});
  next.time.settle();
  EXPECT_EQ(
      next.count("SELECT COUNT(*) FROM inbound WHERE unseal(key_id, sealed_text, text) = 'toi bi danh'"), 1);
}

TEST_F(PartsTest, WhatTheSenderSplitIsWhatWeRead) {
  const std::string text =
      "Chồng tôi uống rượu về là đập phá đồ đạc, đánh tôi và hai cháu nhỏ. Nhà tôi ở bản Nà Ban, "
      "xã Than Uyên, tối nay anh ấy lại dọa giết cả nhà, xin hãy giúp mẹ con tôi với.";
  const auto parts = text::split(text).value();
  ASSERT_GT(parts.size(), 2U);
  for (std::size_t i = parts.size(); i > 0; --i) {
    (void)give(part_of(7, static_cast<int>(i), static_cast<int>(parts.size()), parts[i - 1]));
  }
  EXPECT_THAT(texts(), ElementsAre(text));
}

}  // namespace
}  // namespace tongdai::inbox
