#include <gtest/gtest.h>

#include "hotline/conversation/conversation_state.hpp"
#include "hotline/relay/relay_state.hpp"
#include "hotline/reporter/safe_contact.hpp"
#include "hotline/reporter/word_hash.hpp"

namespace tongdai::hotline {
namespace {

template <class State, class Event>
std::string to(State from, Event event) {
  const auto state = next(from, event);
  return state ? std::string(name_of(*state)) : "-";
}

template <class State, class Event>
std::string row(State from) {
  std::string out;
  for (std::size_t e = 0; e < EnumNames<Event>::names.size(); ++e)
    out += (out.empty() ? "" : " ") + to(from, static_cast<Event>(e));
  return out;
}

TEST(RelayStateTest, TheWholeTable) {  // held word refused threatened renewed idled
  const auto of = [](RelayState from) { return row<RelayState, RelayEvent>(from); };
  EXPECT_EQ(of(RelayState::open), "holding open stopped duress open expired");
  EXPECT_EQ(of(RelayState::holding), "holding open stopped duress open expired");
  EXPECT_EQ(of(RelayState::stopped), "- stopped stopped duress open expired");
  EXPECT_EQ(of(RelayState::duress), "- duress duress duress open expired");
  EXPECT_EQ(of(RelayState::expired), "- - - - - -");
}

TEST(ConversationStateTest, TheWholeTable) {  // begun answered finished refused timed_out overtaken
  const auto of = [](ConversationState from) { return row<ConversationState, ConversationEvent>(from); };
  EXPECT_EQ(of(ConversationState::asking), "- asking completed unsafe silent stopped");
  EXPECT_EQ(of(ConversationState::completed), "asking - - - - -");
  EXPECT_EQ(of(ConversationState::unsafe), "- - - - - -");
  EXPECT_EQ(of(ConversationState::silent), "asking - - - - -");
  EXPECT_EQ(of(ConversationState::stopped), "asking - - - - -");
}

class StandingTest : public ::testing::Test {
 protected:
  const TimePoint now = parse_rfc3339("2026-11-25T09:00:00+07:00").value();
  const text::TimeZone zone = *text::TimeZone::find("Asia/Ho_Chi_Minh");
  SafeContact contact{.channel = Channel::text, .content = Content::neutral, .expires_at = now + 24h};
  Relay relay{.heard_at = now - 1h, .moved_at = now};
  std::string bar() {
    const Standing s = standing_of(contact, relay, 12h, zone, now);
    return s.bar ? std::string(name_of(*s.bar)) : "";
  }
};

TEST_F(StandingTest, ASafeContactThatHoldsBarsNothing) {
  EXPECT_EQ(bar(), "");
  EXPECT_EQ(standing_of(contact, relay, 12h, zone, now).not_after, now + 24h);
}

TEST_F(StandingTest, TheWindowEndsWhatIsSent) {
  contact.hours = {"08:00-09:30", "20:00-21:00"};
  EXPECT_EQ(standing_of(contact, relay, 12h, zone, now).not_after, now + 30min);
  contact.hours = {"20:00-21:00"};
  EXPECT_EQ(bar(), "hours");
  contact.hours = {"no hours at all"};
  EXPECT_EQ(bar(), "hours");
}

TEST_F(StandingTest, TheGravestIsNamed) {
  relay.heard_at = now - 12h;
  EXPECT_EQ(bar(), "silent");
  contact.hours = {"20:00-21:00"};
  EXPECT_EQ(bar(), "hours");
  contact.expires_at = now;
  EXPECT_EQ(bar(), "lapsed");
  contact.channel = Channel::call;
  EXPECT_EQ(bar(), "unrecorded");
  relay.state = RelayState::stopped;
  EXPECT_EQ(bar(), "stopped");
  relay.state = RelayState::duress;
  EXPECT_EQ(bar(), "duress");
  relay.state = RelayState::expired;
  EXPECT_EQ(bar(), "expired");
}

TEST_F(StandingTest, NothingIsWrittenWhereNothingIsRecorded) {
  EXPECT_EQ(standing_of(std::nullopt, relay, 12h, zone, now).bar, Bar::unrecorded);
  contact.content = Content::none;
  EXPECT_EQ(bar(), "unrecorded");
}

TEST(WordHashTest, AWordMustBeSayable) {
  EXPECT_EQ(fault_of_word("hoa ban"), "");
  EXPECT_NE(fault_of_word(""), "");
  EXPECT_NE(fault_of_word("a"), "");
  EXPECT_NE(fault_of_word("mot hai ba bon"), "");
}

}  // namespace
}  // namespace tongdai::hotline
