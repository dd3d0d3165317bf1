#include "support/smsc/seen_set.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <unordered_set>

namespace tongdai::smsc {
namespace {

TEST(SmscSeenSet, KnowsWhatCameAlsoAfterGrowing) {
  constexpr std::uint64_t many = 200'000, spread = 0x9e3779b97f4a7c15;
  SeenSet seen;
  for (std::uint64_t i = 0; i < many; ++i) ASSERT_FALSE(seen.add(i * spread)) << i;
  for (std::uint64_t i = 0; i < many; ++i) ASSERT_TRUE(seen.add(i * spread)) << i;
  EXPECT_EQ(seen.size(), many);
}

RC_GTEST_PROP(SmscSeenSetProperty, IsASet, (const std::vector<std::uint16_t>& values, bool high)) {
  SeenSet seen;
  std::unordered_set<std::uint64_t> model;
  for (const std::uint16_t value : values) {
    const std::uint64_t hash = (high ? std::uint64_t{value} << 48 : value) | 2;
    RC_ASSERT(seen.add(hash) == !model.insert(hash).second);
  }
}

}  // namespace
}  // namespace tongdai::smsc
