#include "hotline/service_lists.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tongdai::hotline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ServiceLists, AreJoinedAndSplit) {
  EXPECT_EQ(join_services({"a", "b"}), "a;b");
  EXPECT_EQ(join_services({}), "");
  EXPECT_THAT(split_services("a;b"), ElementsAre("a", "b"));
  EXPECT_THAT(split_services(""), IsEmpty());
  EXPECT_THAT(split_services(";a;;b;"), ElementsAre("a", "b"));
}

TEST(ServiceLists, AreMergedInOrderEachOnce) {
  EXPECT_THAT(merge_services({"police", "medical"}, {"legal", "medical"}),
              ElementsAre("legal", "medical", "police"));
  EXPECT_THAT(merge_services({}, {}), IsEmpty());
}

}  // namespace
}  // namespace tongdai::hotline
