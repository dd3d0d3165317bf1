#include <set>

#include "conformance/conformance.hpp"
#include "text/encoding.hpp"
#include "text/fold.hpp"

namespace tongdai::conformance {
namespace {

using gateway::Link;
using gateway::Outcome;

const std::string long_text(400, 'a');

class Submission : public Conformance {
 protected:
  void SetUp() override {
    Conformance::SetUp();
    start();
    ASSERT_TRUE(wait_for_link(Link::up));
  }
  bool wait_for_results(std::size_t count) {
    return wait_until([&] { return seen.results.size() >= count; });
  }
};

TEST_P(Submission, EachEndsExactlyOnce) {
  const int count = static_cast<int>(std::min<std::size_t>(gateway().window(), 100));
  for (int batch = 0; batch < 3; ++batch) {
    (void)submit(count);
    ASSERT_TRUE(wait_for_results(static_cast<std::size_t>(count * (batch + 1))));
  }
}  // the count of results is held after every test

TEST_P(Submission, AnAcceptedTextReachesTheCentreAsItWasWritten) {
  const std::string text = gateway().capabilities().limits.unicode ? "Xin chào, tổng đài đây" : "Xin chao";
  const auto ids = submit(1, text);
  ASSERT_TRUE(wait_for_results(1));
  EXPECT_EQ(outcome_of(ids[0]), Outcome::accepted);
  ASSERT_EQ(peer().carried().size(), 1U);
  EXPECT_EQ(peer().carried()[0].recipient, number(1));
  EXPECT_EQ(peer().carried()[0].text, text);
}

TEST_P(Submission, ALongTextReachesTheCentreWhole) {
  (void)submit(1, long_text);
  ASSERT_TRUE(wait_for_results(1));
  ASSERT_EQ(peer().carried().size(), 1U);
  EXPECT_EQ(peer().carried()[0].text, long_text);
}

TEST_P(Submission, AnAcceptedTextHasAReferenceForEachPart) {
  const auto one = submit(1);
  const auto three = submit(1, long_text);
  ASSERT_TRUE(wait_for_results(2));
  EXPECT_EQ(result_of(one[0]).refs.size(), 1U);
  EXPECT_EQ(result_of(three[0]).refs.size(), text::measure(long_text).parts);
}

TEST_P(Submission, ReferencesAreNotUsedTwice) {
  (void)submit(20, long_text);
  ASSERT_TRUE(wait_for_results(20));
  std::set<std::string> refs;
  std::size_t count = 0;
  for (const auto& r : seen.results) {
    for (const std::string& ref : r.refs) {
      if (ref.empty()) continue;
      refs.insert(ref);
      ++count;
    }
  }
  EXPECT_EQ(refs.size(), count);
}

TEST_P(Submission, ARefusedNumberIsRejectedWithAReasonThatStays) {
  peer().reject();
  const auto ids = submit(2);
  ASSERT_TRUE(wait_for_results(2));
  for (const MessageId id : ids) {
    EXPECT_EQ(outcome_of(id), Outcome::rejected);
    EXPECT_FALSE(result_of(id).reason.empty());
    EXPECT_TRUE(result_of(id).refs.empty());
  }
  EXPECT_EQ(result_of(ids[0]).reason, result_of(ids[1]).reason);
  EXPECT_TRUE(peer().carried().empty());
}

TEST_P(Submission, ADropInMidWindowLosesNone) {
  peer().keep_silent();
  const auto ids = submit(50);
  peer().pass(100ms);
  peer().drop(1s);
  ASSERT_TRUE(wait_for_results(50));
  for (const MessageId id : ids) {
    EXPECT_TRUE(outcome_of(id) == Outcome::uncertain || outcome_of(id) == Outcome::unreachable);
  }
}

TEST_P(Submission, WhatTheCentreMayHaveIsNeverCalledUnreachable) {
  peer().keep_silent();
  const auto ids = submit(20);
  peer().pass(100ms);
  peer().drop(1s);
  ASSERT_TRUE(wait_for_results(20));
  const auto carried = peer().carried();
  for (const MessageId id : ids) {
    const bool there =
        std::ranges::any_of(carried, [&](const Carried& c) { return c.recipient == number(id.value); });
    EXPECT_FALSE(there && outcome_of(id) == Outcome::unreachable);
  }
}

TEST_P(Submission, WithoutALinkItIsUnreachableAndNothingLeaves) {
  peer().drop(30s);
  ASSERT_TRUE(wait_until([&] { return seen.links.back() != Link::up; }));
  const auto ids = submit(3);
  ASSERT_TRUE(wait_for_results(3));
  for (const MessageId id : ids) EXPECT_EQ(outcome_of(id), Outcome::unreachable);
  EXPECT_TRUE(peer().carried().empty());
}

TEST_P(Submission, GoesOnWhenTheLinkIsBack) {
  peer().drop(1s);
  ASSERT_TRUE(wait_until([&] { return seen.links.back() != Link::up; }));
  ASSERT_TRUE(wait_for_link(Link::up)) << "it connects again by itself";
  const auto ids = submit(1);
  ASSERT_TRUE(wait_for_results(1));
  EXPECT_EQ(outcome_of(ids[0]), Outcome::accepted);
}

TEST_P(Submission, ASecondOneOfTheSameIdIsNotCarriedTwiceWhereTheGatewaySaysSo) {
  if (!gateway().capabilities().deduplicates) GTEST_SKIP() << "does not deduplicate";
  const std::string to = number(1);
  const gateway::Submission same{MessageId{1}, to, "xin chao", text::Encoding::gsm7, 1, 1h};
  (void)submit(1);
  ASSERT_TRUE(wait_for_results(1));
  gateway().submit(std::span(&same, 1));
  ASSERT_TRUE(wait_for_results(2));
  seen.results.pop_back();
  EXPECT_EQ(peer().carried().size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Adapters, Submission, testing::ValuesIn(peers()),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace tongdai::conformance
