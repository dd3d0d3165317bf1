#include <map>
#include <set>

#include "conformance/conformance.hpp"

namespace tongdai::conformance {
namespace {

using gateway::Link;

class Receipts : public Conformance {
 protected:
  void SetUp() override {
    Conformance::SetUp();
    if (!gateway().capabilities().reports_delivery) GTEST_SKIP() << "reports no delivery";
    start();
    ASSERT_TRUE(wait_for_link(Link::up));
  }
  [[nodiscard]] std::set<std::string> given() const {
    std::set<std::string> refs;
    for (const auto& r : seen.results) refs.insert(r.refs.begin(), r.refs.end());
    return refs;
  }
  [[nodiscard]] std::set<std::string> reported() const {
    std::set<std::string> refs;
    for (const auto& r : seen.receipts) refs.insert(r.ref);
    return refs;
  }
};

TEST_P(Receipts, EachPartThatArrivedHasOne) {
  (void)submit(5, std::string(400, 'a'));
  ASSERT_TRUE(wait_until([&] { return seen.receipts.size() >= 15; }));
  EXPECT_EQ(reported(), given());
  for (const auto& r : seen.receipts) EXPECT_TRUE(r.delivered);
}

TEST_P(Receipts, ThereIsNoneForWhatWasRefused) {
  peer().reject();
  (void)submit(5);
  peer().pass(1min);
  EXPECT_TRUE(seen.receipts.empty());
}

TEST_P(Receipts, OneThatWasNotStoredIsGivenAgain) {
  seen.refuse_receipts = 1;
  (void)submit(1);
  ASSERT_TRUE(wait_until([&] { return seen.receipts.size() >= 2; }));
  EXPECT_EQ(seen.receipts[0].ref, seen.receipts[1].ref);
  peer().pass(1min);
  EXPECT_EQ(seen.receipts.size(), 2U) << "and not for ever";
}

INSTANTIATE_TEST_SUITE_P(Adapters, Receipts, testing::ValuesIn(peers()),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace tongdai::conformance
