#include "campaigns/campaign_state.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

#include "campaigns/spec.hpp"
#include "support/state_table.hpp"

namespace tongdai::campaigns {
namespace {

using S = CampaignState;
using E = CampaignEvent;

const std::map<std::pair<S, E>, S> table{
    {{S::draft, E::submit}, S::submitted},     {{S::draft, E::cancel}, S::cancelled},
    {{S::submitted, E::approve}, S::approved}, {{S::submitted, E::reject}, S::draft},
    {{S::submitted, E::cancel}, S::cancelled}, {{S::approved, E::start}, S::running},
    {{S::approved, E::pause}, S::paused},      {{S::approved, E::cancel}, S::cancelled},
    {{S::running, E::pause}, S::paused},       {{S::running, E::finish}, S::completed},
    {{S::running, E::cancel}, S::cancelled},   {{S::paused, E::resume}, S::approved},
    {{S::paused, E::cancel}, S::cancelled},    {{S::draft, E::edit}, S::draft},
    {{S::submitted, E::edit}, S::draft},       {{S::approved, E::edit}, S::draft},
};

TEST(CampaignStateTable, AllowsExactlyTheTransitionsThatAreDrawn) {
  test::expect_exactly(table);
}

TEST(CampaignStateTable, ARefusalNamesTheEventAndTheState) {
  EXPECT_EQ(next(S::draft, E::approve).error().what,
            "\"approve\" is not possible while the campaign is draft");
}

RC_GTEST_PROP(CampaignStateTable, NothingRunsThatWasNotApproved, (const std::vector<int>& events)) {
  S state = S::draft;
  bool approved = false, ended = false;
  for (const int e : events) {
    const auto event = static_cast<E>(static_cast<unsigned>(e) % EnumNames<E>::names.size());
    const auto to = next(state, event);
    if (!to) continue;
    RC_ASSERT(!ended);
    approved = event == E::approve || (approved && event != E::edit);
    state = *to;
    ended = state == S::completed || state == S::cancelled;
    RC_ASSERT(approved ||
              (state != S::approved && state != S::running && state != S::paused && state != S::completed));
  }
}

TEST(CampaignStateTable, FromEveryStateThatIsNotFinalItCanBeCancelled) {
  const std::set<S> final{S::completed, S::cancelled};
  for (const S from : test::all<S>())
    EXPECT_EQ(next(from, E::cancel).has_value(), !final.contains(from)) << name_of(from);
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
}

TEST(CampaignNames, EachNameLeadsBackToItsValue) {
  expect_names_lead_back<CampaignState>();
  expect_names_lead_back<CampaignEvent>();
  expect_names_lead_back<Class>();
  expect_names_lead_back<Accents>();
}

}  // namespace
}  // namespace tongdai::campaigns
