#include "hotline/referral_state.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <vector>

#include "support/state_table.hpp"

namespace tongdai::hotline {
namespace {

using S = ReferralState;
using E = ReferralEvent;

/// docs/cases.md draws it.
const std::map<std::pair<S, E>, S> table{
    {{S::planned, E::asked}, S::alerted},
    {{S::planned, E::unreached}, S::unreachable},
    {{S::alerted, E::asked}, S::alerted},
    {{S::alerted, E::accepted}, S::accepted},
    {{S::alerted, E::declined}, S::declined},
    {{S::alerted, E::ran_out}, S::timed_out},
    {{S::alerted, E::superseded}, S::superseded},
    {{S::accepted, E::ran_out}, S::timed_out},
    {{S::accepted, E::handed_back}, S::handed_back},
    {{S::accepted, E::transferred}, S::transferred},
    {{S::accepted, E::closed}, S::closed},
    {{S::declined, E::asked}, S::alerted},
    {{S::declined, E::accepted}, S::accepted},
    {{S::declined, E::declined}, S::declined},
    {{S::timed_out, E::asked}, S::alerted},
    {{S::timed_out, E::accepted}, S::accepted},
    {{S::timed_out, E::declined}, S::declined},
    {{S::unreachable, E::asked}, S::alerted},
    {{S::unreachable, E::accepted}, S::accepted},
    {{S::unreachable, E::declined}, S::declined},
    {{S::handed_back, E::asked}, S::alerted},
    {{S::handed_back, E::accepted}, S::accepted},
    {{S::superseded, E::asked}, S::alerted},
    {{S::superseded, E::accepted}, S::accepted},
    {{S::transferred, E::asked}, S::alerted},
    {{S::closed, E::asked}, S::alerted},
    {{S::closed, E::reopened}, S::accepted},
};

TEST(ReferralStateTable, AllowsExactlyTheTransitionsThatAreDrawn) {
  test::expect_exactly(table);
}

TEST(ReferralStateTable, ALateYesCountsUnlessTheCaseIsGone) {
  const std::set<S> may{S::alerted, S::timed_out, S::declined, S::unreachable, S::handed_back, S::superseded};
  for (const S state : test::all<S>()) EXPECT_EQ(may_accept(state), may.contains(state)) << name_of(state);
}

TEST(ReferralStateTable, EachNameLeadsBackToItsValue) {
  std::set<std::string_view> names;
  for (const S value : test::all<S>()) {
    EXPECT_EQ(from_name<S>(name_of(value)), value);
    names.insert(name_of(value));
  }
  EXPECT_EQ(names.size(), EnumNames<S>::names.size());
}

TEST(ReferralStateTable, ARefusalNamesTheStateAndTheEvent) {
  EXPECT_EQ(next(S::transferred, E::accepted).error().what,
            "a referral that is transferred cannot be accepted");
}

}  // namespace
}  // namespace tongdai::hotline
