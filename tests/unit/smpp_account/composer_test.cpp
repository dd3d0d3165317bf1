#include "gateway_adapters/smpp/account/composer.hpp"

#include <gtest/gtest.h>

#include <set>

namespace tongdai::gateway::smpp {
namespace {

Habits habits() {
  Habits made;
  made.source = {.ton = 5, .npi = 0, .value = "LAICHAU"};
  made.destination = {.ton = 1, .npi = 1, .value = {}};
  return made;
}

Submission message(std::string_view text, std::string_view to = "+84912345678", std::int64_t id = 1) {
  const text::Measure m = text::measure(text);
  return {MessageId{id}, to, text, m.encoding, m.parts, 90s};
}

SubmitSm one(Composer& composer, const Submission& submission) {
  auto parts = composer.compose(submission);
  if (!parts || parts->size() != 1) {
    ADD_FAILURE() << "not one part";
    return {};
  }
  return parts->front();
}

TEST(Composer, WritesAddressesReceiptAndValidity) {
  Composer composer(habits());
  const SubmitSm pdu = one(composer, message("xin chao"));
  EXPECT_EQ(pdu.source, (Address{.ton = 5, .npi = 0, .value = "LAICHAU"}));
  EXPECT_EQ(pdu.destination, (Address{.ton = 1, .npi = 1, .value = "84912345678"}));
  EXPECT_EQ(pdu.registered_delivery, 1);
  EXPECT_EQ(pdu.validity_period, "000000000130000R");
  EXPECT_EQ(pdu.data_coding, 0);
}

TEST(Composer, KeepsToTheRoutesHabits) {
  Habits own = habits();
  own.destination_plus = true;
  own.receipts = false;
  own.validity = false;
  own.service_type = "VMA";
  Composer composer(own);
  const SubmitSm pdu = one(composer, message("xin chao"));
  EXPECT_EQ(pdu.destination.value, "+84912345678");
  EXPECT_EQ(pdu.registered_delivery, 0);
  EXPECT_EQ(pdu.validity_period, "");
  EXPECT_EQ(pdu.service_type, "VMA");
}

TEST(Composer, AShortCodeIsNoInternationalNumber) {
  Composer composer(habits());
  const SubmitSm pdu = one(composer, message("xin chao", "9029"));
  EXPECT_EQ(pdu.destination, (Address{.ton = 0, .npi = 1, .value = "9029"}));
}

TEST(Composer, ATextThatCameBeforeIsWrittenTheSame) {
  Composer composer(habits());
  Composer fresh(habits());
  for (int n = 0; n < 40; ++n) {  // more texts than are kept
    const std::string text = "Chào bạn số " + std::to_string(n % 20);
    const std::string to = "+8491200000" + std::to_string(n % 10);
    EXPECT_EQ(one(composer, message(text, to)), one(fresh, message(text, to)));
    EXPECT_EQ(one(composer, message(text, to)).destination.value, to.substr(1));
  }
}

TEST(Composer, TheSameWordsInAnotherEncodingAreAnotherText) {
  Composer composer(habits());
  Submission gsm = message("xin chao");
  Submission ucs2 = gsm;
  ucs2.encoding = text::Encoding::ucs2;
  EXPECT_EQ(one(composer, gsm).data_coding, 0);
  EXPECT_EQ(one(composer, ucs2).data_coding, data_coding_ucs2);
}

TEST(Composer, ValidityIsTheRemainingOneAtEachAttempt) {
  Composer composer(habits());
  Submission again = message("xin chao");
  (void)composer.compose(again);
  again.valid_for = 30s;
  EXPECT_EQ(one(composer, again).validity_period, "000000000030000R");
}

TEST(Composer, WhatIsNoGsm7IsAnError) {
  Composer composer(habits());
  Submission wrong = message("xin chao");
  wrong.text = "chữ";
  EXPECT_FALSE(composer.compose(wrong));
}

TEST(Reference, IsTheSameAtEachAttemptAndSpreads) {
  EXPECT_EQ(concatenation_reference(MessageId{42}), concatenation_reference(MessageId{42}));
  std::set<int> low;
  for (std::int64_t id = 456'507'097'375'309'000; id < 456'507'097'375'309'256; ++id)
    low.insert(concatenation_reference(MessageId{id}) & 0xff);
  EXPECT_GT(low.size(), 100U) << "neighbours mostly differ";
}

}  // namespace
}  // namespace tongdai::gateway::smpp
