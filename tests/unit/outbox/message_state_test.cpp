#include "outbox/message_state.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>
#include <utility>

#include "outbox_room.hpp"

namespace tongdai::outbox {
namespace {

using S = MessageState;
using E = MessageEvent;

/// The life cycle as docs/messages.md draws it: what is not here is not allowed.
const std::map<std::pair<S, E>, S>& documented() {
  static const std::map<std::pair<S, E>, S> table{
      {{S::queued, E::claimed}, S::submitting},
      {{S::queued, E::time_up}, S::expired},
      {{S::queued, E::taken_back}, S::cancelled},
      {{S::queued, E::stopped_by_rule}, S::suppressed},
      {{S::submitting, E::taken}, S::accepted},
      {{S::submitting, E::put_back}, S::queued},
      {{S::submitting, E::refused}, S::failed},
      {{S::submitting, E::lost_sight}, S::uncertain},
      {{S::submitting, E::all_delivered}, S::delivered},
      {{S::submitting, E::not_delivered}, S::undelivered},
      {{S::submitting, E::time_up}, S::expired},
      {{S::accepted, E::all_delivered}, S::delivered},
      {{S::accepted, E::not_delivered}, S::undelivered},
      {{S::uncertain, E::taken}, S::accepted},
      {{S::uncertain, E::all_delivered}, S::delivered},
      {{S::uncertain, E::not_delivered}, S::undelivered},
      {{S::uncertain, E::resent}, S::queued},
      {{S::uncertain, E::written_off}, S::failed},
  };
  return table;
}

template <class Enum>
constexpr int count_of = static_cast<int>(EnumNames<Enum>::names.size());

/// Only what sends a text again takes a message back; all else goes forward.
int rank(S state) {
  switch (state) {
    case S::queued:
      return 0;
    case S::submitting:
      return 1;
    case S::uncertain:
      return 2;
    case S::accepted:
      return 3;
    default:
      return 4;
  }
}

rc::Gen<E> any_event() {
  return rc::gen::map(rc::gen::inRange(0, count_of<E>), [](int n) { return static_cast<E>(n); });
}

TEST(MessageStateTable, IsTheDocumentedOne) {
  for (int s = 0; s < count_of<S>; ++s) {
    for (int e = 0; e < count_of<E>; ++e) {
      const auto from = static_cast<S>(s);
      const auto event = static_cast<E>(e);
      const auto got = next(from, event);
      const auto expected = documented().find({from, event});
      if (expected == documented().end()) {
        EXPECT_FALSE(got) << name_of(from) << " + " << name_of(event);
      } else {
        ASSERT_TRUE(got) << name_of(from) << " + " << name_of(event);
        EXPECT_EQ(*got, expected->second) << name_of(from) << " + " << name_of(event);
      }
    }
  }
}

TEST(MessageStateTable, FinalStatesAreThoseThatNothingLeaves) {
  std::set<S> left;
  for (const auto& [from, to] : documented()) left.insert(from.first);
  for (int s = 0; s < count_of<S>; ++s)
    EXPECT_EQ(is_final(static_cast<S>(s)), !left.contains(static_cast<S>(s)));
}

TEST(MessageStateTable, ARefusedEventSaysWhatWasAskedOfWhat) {
  const auto refused = next(S::delivered, E::claimed);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::not_allowed);
  EXPECT_EQ(refused.error().what, "a message that is delivered cannot be claimed");
}

RC_GTEST_PROP(MessageStateProperty, RanksGrowUnlessTheTextIsSentAgain, ()) {
  S state = S::queued;
  for (const E event : *rc::gen::container<std::vector<E>>(any_event())) {
    const auto to = next(state, event);
    if (!to) continue;
    const bool again = event == E::put_back || event == E::resent;
    RC_ASSERT(again || rank(*to) > rank(state));
    state = *to;
  }
}

RC_GTEST_PROP(MessageStateProperty, FinalStatesStay, ()) {
  S state = S::queued;
  bool ended = false;
  for (const E event : *rc::gen::container<std::vector<E>>(any_event())) {
    const auto to = next(state, event);
    RC_ASSERT(!(ended && to.has_value()));
    if (to) state = *to;
    ended = is_final(state);
  }
}

RC_GTEST_PROP(MessageStateProperty, NoReceiptMakesATextLeaveAgain, ()) {
  const auto state = static_cast<S>(*rc::gen::inRange(0, count_of<S>));
  for (const E event : {E::all_delivered, E::not_delivered, E::taken}) {
    const auto to = next(state, event);
    RC_ASSERT(!to || (*to != S::queued && *to != S::submitting));
  }
}

/// The ledger on disk does what the table says, whatever comes.
TEST_F(OutboxRoom, TheLedgerFollowsTheTableForAnySequenceOfEvents) {
  int number = 0;
  const bool held = rc::check("ledger equals table", [&] {
    const auto events = *rc::gen::container<std::vector<E>>(any_event());
    const Phone to = Phone::stored("+849" + std::to_string(10'000'000 + ++number));
    const MessageId id = admitted(alert_to(to));
    S expected = S::queued;
    std::size_t steps = 1;
    for (const E event : events) {
      const auto to_be = next(expected, event);
      const auto got = apply(id, event);
      RC_ASSERT(got.has_value() == to_be.has_value());
      if (to_be) {
        expected = *to_be;
        ++steps;
      }
    }
    const MessageView after = view(id);
    RC_ASSERT(after.state == expected);
    RC_ASSERT(after.history.size() == steps);
    RC_ASSERT(after.history.back().state == expected);
  });
  EXPECT_TRUE(held);
}

}  // namespace
}  // namespace tongdai::outbox
