#include "hotline/case_state.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

#include "support/state_table.hpp"

namespace tongdai::hotline {
namespace {

using S = CaseState;
using E = CaseEvent;

const std::map<std::pair<S, E>, S> table{
    {{S::open, E::accepted}, S::accepted},    {{S::open, E::closed}, S::closed},
    {{S::accepted, E::renewed}, S::accepted}, {{S::accepted, E::lease_ended}, S::open},
    {{S::accepted, E::closed}, S::closed},    {{S::accepted, E::handed_back}, S::open},
    {{S::accepted, E::transferred}, S::open}, {{S::closed, E::reopened}, S::open},
};

TEST(CaseStateTable, AllowsExactlyTheTransitionsThatAreDrawn) {
  test::expect_exactly(table);
}

TEST(CaseStateTable, ARefusalNamesTheStateAndTheEvent) {
  EXPECT_EQ(next(S::closed, E::accepted).error().what, "a case that is closed cannot be accepted");
  EXPECT_EQ(next(S::open, E::renewed).error().what, "a case that is open cannot be renewed");
}

RC_GTEST_PROP(CaseStateTable, OnceClosedItStaysClosedUntilItIsReopened, (const std::vector<int>& events)) {
  S state = S::open;
  bool closed = false;
  for (const int e : events) {
    const auto event = static_cast<E>(static_cast<unsigned>(e) % EnumNames<E>::names.size());
    if (const auto to = next(state, event)) {
      RC_ASSERT(!closed || event == E::reopened);
      closed = closed && event != E::reopened;
      state = *to;
    }
    closed = closed || state == S::closed;
    RC_ASSERT(!closed || state == S::closed);
  }
}

template <class T>
void expect_names_lead_back() {
  std::set<std::string_view> names;
  for (const T value : test::all<T>()) {
    EXPECT_EQ(from_name<T>(name_of(value)), value);
    names.insert(name_of(value));
  }
  EXPECT_EQ(names.size(), EnumNames<T>::names.size());
  EXPECT_FALSE(from_name<T>("").has_value());
  EXPECT_FALSE(from_name<T>("Open").has_value());
}

TEST(HotlineNames, EachNameLeadsBackToItsValue) {
  expect_names_lead_back<CaseState>();
  expect_names_lead_back<CaseEvent>();
  expect_names_lead_back<Urgency>();
  expect_names_lead_back<Place>();
}

TEST(HotlineNames, AreThoseOfTheSchema) {
  EXPECT_EQ(name_of(CaseState::accepted), "accepted");
  EXPECT_EQ(name_of(CaseEvent::lease_ended), "lease_ended");
  EXPECT_EQ(name_of(Urgency::critical), "critical");
  EXPECT_EQ(name_of(Place::ambiguous), "ambiguous");
}

}  // namespace
}  // namespace tongdai::hotline
