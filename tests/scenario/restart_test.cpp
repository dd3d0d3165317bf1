// A restart with many timers pending: none is lost, none is fired twice, and all that are due are fired at
// once.
#include <ctime>

#include "hotline/escalation.hpp"
#include "hotline/store.hpp"
#include "scenario/scenario.hpp"

namespace tongdai::test {
namespace {

constexpr int timers = 10'000;
constexpr int of_later = 1'000;

class Restart : public Scenario {
 protected:
  FacilityId named(storage::Tx& tx, std::string_view name) {
    return tx.value<FacilityId>("SELECT id FROM facility WHERE name = $1", name).value();
  }
  /// Cases that the health station was asked about, and whose answers are due then.
  void pending(int cases, TimePoint due) {
    on_database([&](storage::Tx& tx) {
      const FacilityId plan[] = {named(tx, "Than Uyen health station"), named(tx, "Than Uyen police"),
                                 engine().desk().duty_desk};
      for (int i = 0; i < cases; ++i) {
        hotline::Case c;
        c.id = engine().ids().next<CaseTag>();
        c.code = std::to_string(++code_);
        c.urgency = hotline::Urgency::normal;
        hotline::insert_case(tx, c, now());
        for (int step = 1; step <= 3; ++step) {
          hotline::insert_referral(tx, {engine().ids().next<ReferralTag>(), c.id, plan[step - 1], step}, "");
        }
        hotline::move_referral(tx, *hotline::referral_at(tx, c.id, 1), hotline::ReferralEvent::asked, now());
        hotline::set_timer(tx, c, 1, due, now());
      }
      return true;
    });
  }
  std::int64_t fired() { return count("SELECT COUNT(*) FROM case_event WHERE kind = 'no_answer'"); }
  std::int64_t fired_twice() {
    return count(
        "SELECT COUNT(*) FROM (SELECT 1 FROM case_event WHERE kind = 'no_answer' GROUP BY case_id, "
        "facility_id "
        "HAVING COUNT(*) > 1)");
  }

 private:
  int code_ = 500'000;
};

TEST_F(Restart, OfTenThousandTimersNoneIsLostNoneFiresTwiceAndTheDueOnesFireAtOnce) {
  recorder = [](const Phone&, const gateway::Heard&) { return true; };  // what they say is another test's
  for (int i = 0; i < 10; ++i) pending(timers / 10, now() + 1h);
  pending(of_later, now() + 3h);
  const std::clock_t began = std::clock();
  crash(2h);
  clock.advance(3s);
  const double cpu_s = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
  RecordProperty("cpu_ms", static_cast<int>(cpu_s * 1000));
  EXPECT_EQ(fired(), timers);
  EXPECT_EQ(fired_twice(), 0);
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case WHERE due_at IS NULL"), 0);
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case WHERE step = 1"), of_later);

  crash(1s);  // at once again: what was fired is not fired anew
  clock.advance(3s);
  EXPECT_EQ(fired(), timers);
  EXPECT_EQ(fired_twice(), 0);
}

TEST_F(Restart, AKillBetweenTheTurnsLosesAndRepeatsNothing) {
  recorder = [](const Phone&, const gateway::Heard&) { return true; };
  pending(3'000, now() + 1h);
  const auto first = on_database(
      [&](storage::Tx& tx) { return hotline::escalate_due(tx, engine().desk(), now() + 1h + 1s); });
  EXPECT_EQ(first, hotline::due_max);
  crash(1h + 2s);
  clock.advance(3s);
  EXPECT_EQ(fired(), 3'000);
  EXPECT_EQ(fired_twice(), 0);
}

}  // namespace
}  // namespace tongdai::test
