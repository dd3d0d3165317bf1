// The state machines beside a case: its tracks and the law's clocks. docs/cases.md draws them.
#include <gtest/gtest.h>

#include <map>
#include <utility>

#include "hotline/law_clock.hpp"
#include "hotline/tracks.hpp"
#include "support/state_table.hpp"

namespace tongdai::hotline {
namespace {

TEST(TrackStateTable, AllowsExactlyTheTransitionsThatAreDrawn) {
  using S = TrackState;
  using E = TrackEvent;
  test::expect_exactly<S, E>({
      {{S::waiting, E::opened}, S::open},
      {{S::waiting, E::closed}, S::closed},
      {{S::open, E::accepted}, S::accepted},
      {{S::open, E::closed}, S::closed},
      {{S::accepted, E::let_go}, S::open},
      {{S::accepted, E::closed}, S::closed},
  });
}

TEST(ClockStateTable, AllowsExactlyTheTransitionsThatAreDrawn) {
  using S = ClockState;
  using E = ClockEvent;
  test::expect_exactly<S, E>({
      {{S::running, E::neared}, S::warned},
      {{S::running, E::ran_out}, S::overdue},
      {{S::running, E::met}, S::met},
      {{S::running, E::case_closed}, S::ended},
      {{S::warned, E::ran_out}, S::overdue},
      {{S::warned, E::met}, S::met},
      {{S::warned, E::case_closed}, S::ended},
      {{S::overdue, E::met}, S::met},
      {{S::overdue, E::case_closed}, S::ended},
      {{S::ended, E::case_reopened}, S::running},
  });
}

}  // namespace
}  // namespace tongdai::hotline
