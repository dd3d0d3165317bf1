#include "app/pressure.hpp"

#include <gtest/gtest.h>

namespace tongdai::app {
namespace {

double share(std::int64_t cases, std::int64_t overdue) {
  return pressure_of({cases, overdue}, 20).share;
}

TEST(Pressure, IsFullSpeedUpToTheCapacityAndNothingFromTwiceOfItOn) {
  EXPECT_EQ(share(0, 0), 1);
  EXPECT_EQ(share(20, 0), 1);
  EXPECT_EQ(share(21, 0), 0.75);
  EXPECT_EQ(share(25, 0), 0.75);
  EXPECT_EQ(share(30, 0), 0.5);
  EXPECT_EQ(share(35, 0), 0.25);
  EXPECT_EQ(share(36, 0), 0);
  EXPECT_EQ(share(1000, 1000), 0);
}

TEST(Pressure, ACaseThatNobodyAnsweredInTimeCountsTwice) {
  EXPECT_EQ(share(15, 5), 1);
  EXPECT_EQ(share(15, 15), 0.5);
}

TEST(Pressure, SaysWhyWithoutANumber) {
  EXPECT_EQ(pressure_of({20, 0}, 20).why, "");
  EXPECT_EQ(pressure_of({21, 0}, 20).why, "the hotline is busy");
}

}  // namespace
}  // namespace tongdai::app
