#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "campaigns/campaign_state.hpp"
#include "directory/number_import.hpp"
#include "hotline/calls.hpp"
#include "hotline/case_state.hpp"
#include "hotline/conversation/conversation_state.hpp"
#include "hotline/law_clock.hpp"
#include "hotline/recognition/recogniser.hpp"
#include "hotline/relay/relay_state.hpp"
#include "hotline/reporter/safe_contact.hpp"
#include "hotline/tracks.hpp"
#include "inbox/inbox.hpp"
#include "outbox/message_state.hpp"
#include "outbox/purpose.hpp"
#include "outbox/suppression.hpp"
#include "support/engine_room.hpp"

namespace tongdai::storage {
namespace {

/// Every state machine is an enum in the program and a CHECK in the schema: here they are held to one set of
/// names.
struct SchemaNamesTest : testing::Test {
  test::EngineRoom room;

  /// The names in "CHECK (column IN ('a', 'b'))" or "CHECK (column = 'a' OR column = 'b')" of a table.
  std::set<std::string> allowed(const std::string& table, const std::string& column) {
    const auto sql = room.on_database([&](Tx& tx) {
      return tx.value<std::string>("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = $1", table);
    });
    EXPECT_TRUE(sql) << "no table " << table;
    std::set<std::string> names;
    const std::size_t from =
        std::min(sql->find("CHECK (" + column + " IN ("), sql->find("CHECK (" + column + " = '"));
    EXPECT_NE(from, std::string::npos) << table << '.' << column << " has no CHECK";
    if (from == std::string::npos) return names;
    const std::size_t end = sql->find("')", from) + 1;
    for (std::size_t at = from; at < end;) {
      const std::size_t open = sql->find('\'', at);
      if (open >= end) break;
      const std::size_t close = sql->find('\'', open + 1);
      names.insert(sql->substr(open + 1, close - open - 1));
      at = close + 1;
    }
    return names;
  }

  template <class E>
  static std::set<std::string> names_of() {
    return {EnumNames<E>::names.begin(), EnumNames<E>::names.end()};
  }
};

TEST_F(SchemaNamesTest, MessageStatesAreTheSchemas) {
  EXPECT_EQ(allowed("message", "state"), names_of<outbox::MessageState>());
}

TEST_F(SchemaNamesTest, PurposesAndLanesAreTheSchemas) {
  EXPECT_EQ(allowed("message", "purpose"), names_of<outbox::Purpose>());
  EXPECT_EQ(allowed("message", "lane"), names_of<outbox::Lane>());
}

TEST_F(SchemaNamesTest, EncodingsAreTheSchemas) {
  EXPECT_EQ(allowed("body", "encoding"), names_of<text::Encoding>());
}

TEST_F(SchemaNamesTest, SourcesOfOptOutsAreTheSchemas) {
  EXPECT_EQ(allowed("opt_out", "source"), names_of<outbox::OptOutSource>());
}

TEST_F(SchemaNamesTest, KindsOfInboundTextsAreTheSchemas) {
  EXPECT_EQ(allowed("inbound", "kind"), names_of<inbox::Kind>());
}

TEST_F(SchemaNamesTest, CampaignStatesAndClassesAreTheSchemas) {
  EXPECT_EQ(allowed("campaign", "state"), names_of<campaigns::CampaignState>());
  EXPECT_EQ(allowed("campaign", "class"), names_of<campaigns::Class>());
}

TEST_F(SchemaNamesTest, CaseStatesAreTheSchemas) {
  EXPECT_EQ(allowed("hotline_case", "state"), names_of<hotline::CaseState>());
  EXPECT_EQ(allowed("hotline_case", "urgency"), names_of<hotline::Urgency>());
  EXPECT_EQ(allowed("hotline_case", "place"), names_of<hotline::Place>());
}

TEST_F(SchemaNamesTest, ReferralStatesAreTheSchemas) {
  EXPECT_EQ(allowed("referral", "state"), names_of<hotline::ReferralState>());
}

TEST_F(SchemaNamesTest, CallBacksAndSuggestionsAreTheSchemas) {
  EXPECT_EQ(allowed("case_call_back", "state"), names_of<hotline::CallBackState>());
  EXPECT_EQ(allowed("case_suggestion", "kind"), names_of<hotline::recognition::Kind>());
}

TEST_F(SchemaNamesTest, KindsOfUploadedNumbersAreTheSchemas) {
  EXPECT_EQ(allowed("number_batch", "kind"), names_of<directory::NumberKind>());
  EXPECT_EQ(allowed("number_list", "kind"), names_of<directory::NumberKind>());
}

TEST_F(SchemaNamesTest, ClocksAndTracksAreTheSchemas) {
  EXPECT_EQ(allowed("case_clock", "kind"), names_of<hotline::ClockKind>());
  EXPECT_EQ(allowed("case_clock", "state"), names_of<hotline::ClockState>());
  EXPECT_EQ(allowed("case_track", "state"), names_of<hotline::TrackState>());
  EXPECT_EQ(allowed("case_track", "consent"), names_of<hotline::Consent>());
}

TEST_F(SchemaNamesTest, ThreadsConversationsAndSafeContactsAreTheSchemas) {
  EXPECT_EQ(allowed("relay", "state"), names_of<hotline::RelayState>());
  EXPECT_EQ(allowed("conversation", "state"), names_of<hotline::ConversationState>());
  for (const char* table : {"safe_contact", "conversation"}) {
    EXPECT_EQ(allowed(table, "channel"), names_of<hotline::Channel>());
    EXPECT_EQ(allowed(table, "content"), names_of<hotline::Content>());
  }
}

/// What a receipt can say is a message's state as well.
TEST_F(SchemaNamesTest, OutcomesOfReceiptsAreMessageStates) {
  for (const std::string& name : allowed("receipt_parked", "outcome")) {
    EXPECT_TRUE(from_name<outbox::MessageState>(name)) << name;
  }
  for (const std::string& name : allowed("message_part", "state")) {
    EXPECT_TRUE(from_name<outbox::MessageState>(name)) << name;
  }
}

}  // namespace
}  // namespace tongdai::storage
