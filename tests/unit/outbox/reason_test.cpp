#include "outbox/reason.hpp"

#include <gtest/gtest.h>

namespace tongdai::outbox {
namespace {

TEST(ReasonTest, ANumberInWhatAGatewaySaysIsNotKept) {
  EXPECT_EQ(without_numbers("invalid number 84967319482"), "invalid number (...)");
  EXPECT_EQ(without_numbers("+84967319482: barred"), "+(...): barred");
  EXPECT_EQ(without_numbers("to 0967 319 482, from 0967.319.483"), "to (...), from (...)");
}

TEST(ReasonTest, CodesAndTheWordsStay) {
  for (const char* reason :
       {"rejected: 11 invalid destination", "error 0x0000000b", "code 403 after 12 tries", ""})
    EXPECT_EQ(without_numbers(reason), reason);
}

}  // namespace
}  // namespace tongdai::outbox
