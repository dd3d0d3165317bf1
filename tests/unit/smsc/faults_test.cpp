#include "unit/smsc/kit.hpp"

namespace tongdai::smsc {
namespace {

Faults some() {
  Faults faults;
  faults.seed = 7;
  faults.rejected = 0.1;
  faults.throttled = 0.2;
  faults.unanswered = 0.1;
  faults.without_id = 0.1;
  return faults;
}

TEST(SmscFaults, TheSameSeedThrowsTheSame) {
  Dice one(some()), same(some());
  Faults other_faults = some();
  other_faults.seed = 8;
  Dice other(other_faults);
  int different = 0;
  for (int i = 0; i < 1000; ++i) {
    const Fate fate = one.next().fate;
    EXPECT_EQ(fate, same.next().fate);
    different += other.next().fate == fate ? 0 : 1;
  }
  EXPECT_GT(different, 0);
}

TEST(SmscFaults, SharesAreKept) {
  constexpr int throws = 100'000;
  Faults faults = some();
  faults.receipts_twice = 0.3;
  Dice dice(faults);
  std::array<int, 5> met{};
  int twice = 0;
  for (int i = 0; i < throws; ++i) {
    const Throw one = dice.next();
    ++met[static_cast<std::size_t>(one.fate)];
    twice += one.receipt_twice ? 1 : 0;
  }
  const std::array<double, 5> shares{0.5, 0.1, 0.2, 0.1, 0.1};
  for (std::size_t fate = 0; fate < met.size(); ++fate)
    EXPECT_NEAR(met[fate], throws * shares[fate], throws * 0.01);
  EXPECT_NEAR(twice, throws * 0.3, throws * 0.01);
}

TEST(SmscFaults, EveryFateIsAnsweredAndCounted) {
  constexpr std::uint32_t submits = 300;
  Options options;
  options.faults = some();
  Kit kit(options);
  Client client = kit.client();
  client.bind();
  Dice expected(some());
  std::array<std::uint64_t, 5> met{};
  for (std::uint32_t i = 0; i < submits; ++i) {
    client.send(text_to("84912345678"), i + 2);
    const Fate fate = expected.next().fate;
    ++met[static_cast<std::size_t>(fate)];
    if (fate == Fate::unanswered) {
      client.expect_silence();
      continue;
    }
    const auto [header, pdu] = client.next_as<smpp::SubmitSmResp>();
    const std::uint32_t wanted = fate == Fate::rejected    ? 11
                                 : fate == Fate::throttled ? status::throttled
                                                           : status::ok;
    EXPECT_EQ(header.status, wanted);
    EXPECT_EQ(pdu.message_id.empty(), fate != Fate::accepted);
  }
  const Counters now = kit.centre->counters();
  EXPECT_EQ(now.rejected, met[1]);
  EXPECT_EQ(now.throttled, met[2]);
  EXPECT_EQ(now.unanswered, met[3]);
  EXPECT_EQ(now.submits, submits - met[1] - met[2]);
  EXPECT_EQ(now.repeats, now.submits - 1);
  EXPECT_EQ(kit.centre->carried().size(), now.submits);
}

TEST(SmscFaults, AnAnswerForAllHoldsFromTheNextSubmitOn) {
  Kit kit;
  Client client = kit.client();
  client.bind();
  const auto answer_of = [&](Answer answer) {
    Faults faults;
    faults.answer = answer;
    EXPECT_TRUE(kit.centre->set_faults(faults));
    client.send(text_to("84912345678"), 2);
    return client.next_as<smpp::SubmitSmResp>().first.status;
  };
  EXPECT_EQ(answer_of(Answer::reject), 11U);
  EXPECT_EQ(answer_of(Answer::throttle), status::throttled);
  EXPECT_EQ(answer_of(Answer::accept), status::ok);
  ASSERT_TRUE(kit.centre->set_faults({.answer = Answer::silent}));
  client.send(text_to("84912345678"), 3);
  client.expect_silence();
  EXPECT_EQ(kit.centre->counters().submits, 2U);
}

TEST(SmscFaults, SharesThatMakeNoSenseAreRefused) {
  Kit kit;
  for (const Faults& faults :
       {Faults{.rejected = 1.5}, Faults{.receipts_twice = -0.1}, Faults{.rejected = 0.6, .throttled = 0.6}}) {
    EXPECT_FALSE(kit.centre->set_faults(faults));
    Options options;
    options.faults = faults;
    EXPECT_FALSE(Centre::open(kit.loop.get_executor(), options));
  }
  EXPECT_EQ(kit.centre->faults().rejected, 0);
}

}  // namespace
}  // namespace tongdai::smsc
