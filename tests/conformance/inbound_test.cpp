#include <algorithm>

#include "conformance/conformance.hpp"
#include "text/encoding.hpp"

namespace tongdai::conformance {
namespace {

using gateway::Link;

const std::string citizen = "+84912345678";
const std::string line = "19001234";

class InboundTexts : public Conformance {
 protected:
  void SetUp() override {
    Conformance::SetUp();
    if (!gateway().capabilities().receives) GTEST_SKIP() << "receives nothing";
    start();
    ASSERT_TRUE(wait_for_link(Link::up));
  }
  bool wait_for(std::size_t count) {
    return wait_until([&] { return seen.inbound.size() >= count; });
  }
};

TEST_P(InboundTexts, ComesWithSenderLineAndWords) {
  peer().text(citizen, line, "Tôi bị đánh, xin giúp");
  ASSERT_TRUE(wait_for(1));
  EXPECT_EQ(seen.inbound[0].sender.substr(seen.inbound[0].sender.size() - 9), "912345678");
  EXPECT_EQ(seen.inbound[0].line, line);
  EXPECT_EQ(seen.inbound[0].text, "Tôi bị đánh, xin giúp");
  EXPECT_FALSE(seen.inbound[0].part);
}

TEST_P(InboundTexts, ThatWasStoredComesOnce) {
  peer().text(citizen, line, "toi bi danh");
  ASSERT_TRUE(wait_for(1));
  peer().pass(1min);
  EXPECT_EQ(seen.inbound.size(), 1U);
}

TEST_P(InboundTexts, ThatWasNotStoredComesAgainAsTheSame) {
  seen.refuse_inbound = 2;
  peer().text(citizen, line, "toi bi danh");
  ASSERT_TRUE(wait_for(3));
  for (const auto& in : seen.inbound) {
    EXPECT_EQ(in.text, "toi bi danh");
    EXPECT_EQ(in.ref, seen.inbound[0].ref) << "so that it can be told from a second text";
  }
  peer().pass(1min);
  EXPECT_EQ(seen.inbound.size(), 3U);
}

TEST_P(InboundTexts, ThatIsLongComesInPartsOfOneReference) {
  std::string words;
  for (int i = 0; i < 40; ++i) words += "chữ " + std::to_string(i) + " ";
  peer().text(citizen, line, words);
  const std::size_t parts = text::measure(words).parts;
  ASSERT_GT(parts, 2U);
  ASSERT_TRUE(wait_for(parts));
  std::ranges::sort(seen.inbound, {}, [](const gateway::Inbound& in) { return in.part ? in.part->part : 0; });
  std::string joined;
  for (std::size_t i = 0; i < parts; ++i) {
    const auto& part = seen.inbound[i].part;
    ASSERT_TRUE(part);
    EXPECT_EQ(part->part, i + 1);
    EXPECT_EQ(part->total, parts);
    EXPECT_EQ(part->reference, seen.inbound[0].part->reference);
    joined += seen.inbound[i].text;
  }
  EXPECT_EQ(joined, words);
}

TEST_P(InboundTexts, TwoLongOnesHaveTheirOwnReferences) {
  peer().text(citizen, line, std::string(200, 'a'));
  peer().text(citizen, line, std::string(200, 'b'));
  ASSERT_TRUE(wait_for(4));
  std::uint16_t of_a = 0, of_b = 0;
  for (const auto& in : seen.inbound) {
    ASSERT_TRUE(in.part);
    (in.text.starts_with('a') ? of_a : of_b) = in.part->reference;
  }
  EXPECT_NE(of_a, of_b);
}

TEST_P(InboundTexts, APartThatWasNotStoredComesAgain) {
  seen.refuse_inbound = 1;
  peer().text(citizen, line, std::string(200, 'a'));
  ASSERT_TRUE(wait_for(3));
  peer().pass(1min);
  EXPECT_EQ(seen.inbound.size(), 3U);
}

INSTANTIATE_TEST_SUITE_P(Adapters, InboundTexts, testing::ValuesIn(peers()),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace tongdai::conformance
