#pragma once

#include <gtest/gtest.h>

#include <map>
#include <utility>
#include <vector>

#include "core/enum_names.hpp"
#include "core/error.hpp"

/// A state machine against its table, every state with every event.
namespace tongdai::test {

template <class T>
std::vector<T> all() {
  std::vector<T> values;
  for (std::size_t i = 0; i < EnumNames<T>::names.size(); ++i) values.push_back(static_cast<T>(i));
  return values;
}

/// The machine's `next` allows what stands in `drawn` and refuses the rest with not_allowed; each state's
/// name leads back to it.
template <class State, class Event>
void expect_exactly(const std::map<std::pair<State, Event>, State>& drawn) {
  for (const State from : all<State>()) {
    EXPECT_EQ(from_name<State>(name_of(from)), from);
    for (const Event event : all<Event>()) {
      const auto to = next(from, event);
      const auto found = drawn.find({from, event});
      ASSERT_EQ(to.has_value(), found != drawn.end()) << name_of(from) << ' ' << name_of(event);
      if (to) {
        EXPECT_EQ(*to, found->second);
      } else {
        EXPECT_EQ(to.error().code, Code::not_allowed);
      }
    }
  }
}

}  // namespace tongdai::test
