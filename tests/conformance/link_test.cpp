#include "conformance/conformance.hpp"
#include "gateway_adapters/registry.hpp"

namespace tongdai::conformance {
namespace {

using gateway::Link;
using gateway::Outcome;

class LinkOf : public Conformance {
 protected:
  bool started_up() {
    start();
    return wait_for_link(Link::up);
  }
  [[nodiscard]] static std::string told(const gateway::Capabilities& c) {
    std::string words;
    for (const bool b :
         {c.receives, c.reports_delivery, c.deduplicates, c.sender_is_discreet, c.limits.unicode}) {
      words += b ? 'y' : 'n';
    }
    return words + std::to_string(c.limits.parts_max) + c.limits.forbidden;
  }
};

TEST_P(LinkOf, ComesUpAfterTheStart) {
  EXPECT_TRUE(started_up());
}

TEST_P(LinkOf, SaysWhenItDropsAndWhenItIsBack) {
  ASSERT_TRUE(started_up());
  peer().drop(1s);
  ASSERT_TRUE(wait_until([&] { return seen.links.back() != Link::up; }));
  EXPECT_TRUE(wait_for_link(Link::up));
}

TEST_P(LinkOf, CapabilitiesAndWindowAreConstant) {
  const std::string before = told(gateway().capabilities());
  const std::size_t window = gateway().window();
  EXPECT_GE(window, 1U);
  EXPECT_LE(window, 10'000U);
  ASSERT_TRUE(started_up());
  (void)submit(1);
  peer().pass(1s);
  EXPECT_EQ(told(gateway().capabilities()), before);
  peer().drop(1s);
  peer().pass(10s);
  EXPECT_EQ(told(gateway().capabilities()), before);
  stop();
  EXPECT_EQ(told(gateway().capabilities()), before);
  EXPECT_EQ(gateway().window(), window);
}

TEST_P(LinkOf, StopEndsEverySubmissionFirst) {
  ASSERT_TRUE(started_up());
  peer().keep_silent();
  (void)submit(20);
  peer().pass(100ms);
  std::size_t ended = 0;
  gateway().stop([&] {
    seen.stopped = true;
    ended = seen.results.size();
  });
  ASSERT_TRUE(wait_until([&] { return seen.stopped; }));
  EXPECT_EQ(ended, 20U) << "before done was called";
  for (const auto& r : seen.results) {
    EXPECT_TRUE(r.outcome == Outcome::uncertain || r.outcome == Outcome::unreachable);
  }
}

TEST_P(LinkOf, StopRightAfterASubmissionEndsItToo) {
  ASSERT_TRUE(started_up());
  (void)submit(5);
  stop();
  EXPECT_EQ(seen.results.size(), 5U);
}

TEST_P(LinkOf, StopRightAfterADropEndsWhatWasInFlight) {
  ASSERT_TRUE(started_up());
  peer().keep_silent();
  (void)submit(5);
  peer().pass(100ms);
  peer().drop(1h);
  stop();
  EXPECT_EQ(seen.results.size(), 5U);
}

TEST_P(LinkOf, StopWithoutALinkEndsWhatWasSubmittedInVain) {
  ASSERT_TRUE(started_up());
  peer().drop(1h);
  ASSERT_TRUE(wait_until([&] { return seen.links.back() != Link::up; }));
  (void)submit(5);
  stop();
  EXPECT_EQ(seen.results.size(), 5U);
  for (const auto& r : seen.results) EXPECT_EQ(r.outcome, Outcome::unreachable);
}

TEST_P(LinkOf, StopRightAfterTheStartEndsQuietly) {
  start();
  stop();
}

TEST_P(LinkOf, StopOfAnIdleLinkEndsQuietly) {
  ASSERT_TRUE(started_up());
  stop();
}

TEST_P(LinkOf, ASubmissionBeforeTheLinkIsUpIsUnreachable) {
  start();
  const auto ids = submit(1);
  ASSERT_TRUE(wait_until([&] { return !seen.results.empty(); }));
  EXPECT_EQ(outcome_of(ids[0]), Outcome::unreachable);
}

TEST_P(LinkOf, ReceiptsThatAreDueWhenItStopsAreNotTold) {
  ASSERT_TRUE(started_up());
  (void)submit(5);
  ASSERT_TRUE(wait_until([&] { return seen.results.size() == 5; }));
  stop();
}  // no event after the end is held in every test

INSTANTIATE_TEST_SUITE_P(Adapters, LinkOf, testing::ValuesIn(peers()),
                         [](const auto& info) { return info.param.name; });

TEST(AdapterTable, HasAPeerForEveryAdapter) {
  for (const gateway::Adapter& adapter : gateway::adapters()) {
    bool found = false;
    for (const PeerCase& peer : peers()) found = found || peer.name == adapter.name;
    EXPECT_TRUE(found) << "the adapter " << adapter.name << " has not passed this suite";
  }
}

TEST(AdapterTable, FindsByNameAndNothingElse) {
  ASSERT_NE(gateway::find_adapter("sandbox"), nullptr);
  EXPECT_EQ(gateway::find_adapter("sandbox")->name, "sandbox");
  EXPECT_EQ(gateway::find_adapter("carrier pigeon"), nullptr);
}

}  // namespace
}  // namespace tongdai::conformance
