// The state machines beside a case: its tracks and the law's clocks. docs/cases.md draws them.
#include <gtest/gtest.h>

#include <map>
#include <utility>

#include "hotline/law_clock.hpp"
#include "hotline/tracks.hpp"

namespace tongdai::hotline {
namespace {

/// Every pair of state and event leads where the table says, or nowhere; every name leads back.
template <class S, class E>
void expect_exactly(const std::map<std::pair<S, E>, S>& table) {
  for (std::size_t s = 0; s < EnumNames<S>::names.size(); ++s) {
    const S from = static_cast<S>(s);
    EXPECT_EQ(from_name<S>(name_of(from)), from);
    for (std::size_t e = 0; e < EnumNames<E>::names.size(); ++e) {
      const E event = static_cast<E>(e);
      const auto to = next(from, event);
      const auto drawn = table.find({from, event});
      ASSERT_EQ(to.has_value(), drawn != table.end()) << name_of(from) << ' ' << name_of(event);
      if (to) {
        EXPECT_EQ(*to, drawn->second);
      } else {
        EXPECT_EQ(to.error().code, Code::not_allowed);
      }
    }
  }
}

TEST(TrackStateTable, AllowsExactlyTheTransitionsThatAreDrawn) {
  using S = TrackState;
  using E = TrackEvent;
  expect_exactly<S, E>({
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
  expect_exactly<S, E>({
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
