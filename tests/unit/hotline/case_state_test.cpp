#include "hotline/case_state.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

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

template <class T>
std::vector<T> all() {
  std::vector<T> values;
  for (std::size_t i = 0; i < EnumNames<T>::names.size(); ++i) values.push_back(static_cast<T>(i));
  return values;
}

TEST(CaseStateTable, AllowsExactlyTheTransitionsThatAreDrawn) {
  for (const S from : all<S>()) {
    for (const E event : all<E>()) {
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
  for (const T value : all<T>()) {
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
