#include <gmock/gmock.h>

#include <stdexcept>

#include "inbox_room.hpp"

namespace tongdai::inbox {
namespace {

using testing::Each;
using testing::ElementsAre;

struct HandlingTest : InboxRoom {};

TEST_F(HandlingTest, TextsAreHandledOnceInTheOrderOfTheirComing) {
  for (const char* words : {"mot", "hai", "ba"}) (void)give(from_citizen(words));
  EXPECT_EQ(run_once(), 0U) << "each was handled in the commit that stored it";
  ASSERT_EQ(handled.size(), 3U);
  EXPECT_EQ(handled[0].text, "mot");
  EXPECT_EQ(handled[2].text, "ba");
  EXPECT_THAT(states(), Each("handled"));
}

TEST_F(HandlingTest, TheHandlerSeesWhatWasRecognised) {
  (void)give(from_citizen("NHẬN 482913"));
  (void)run_once();
  ASSERT_TRUE(handled.at(0).recognised.command);
  EXPECT_EQ(handled[0].recognised.command->code, "482913");
}

TEST_F(HandlingTest, WhatItWasIsWrittenDown) {
  handle = [](const InboundText&) { return Kind::opt_out; };
  (void)give(from_citizen("stop"));
  (void)run_once();
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM inbound WHERE kind = 'opt_out'"), 1);
}

TEST_F(HandlingTest, WhatAFailedHandlerDidIsUndone) {
  inbox.set_handlers(
      [](storage::Tx& tx, const InboundText&, TimePoint) -> Kind {
        tx.run("INSERT INTO meta (key, value) VALUES ('trace', '')");
        throw std::runtime_error("no");
      },
      [](storage::Tx&, const InboundText&, TimePoint) {});
  (void)give(from_citizen("mot"));
  (void)run_once();
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM meta WHERE key = 'trace'"), 0);
}

TEST_F(HandlingTest, ATextThatFailsOnceIsTriedAgain) {
  int tries = 0;
  handle = [&](const InboundText&) {
    if (++tries == 1) throw std::runtime_error("no");
    return Kind::report;
  };
  (void)give(from_citizen("mot"));
  (void)run_once();
  EXPECT_THAT(states(), ElementsAre("handled"));
  EXPECT_TRUE(handed_over.empty());
}

TEST_F(HandlingTest, ATextThatKeepsFailingIsHandedToAHumanAndTheOthersGoOn) {
  handle = [](const InboundText& text) {
    if (text.text == "bad") throw std::runtime_error("cannot be understood");
    return Kind::report;
  };
  for (const char* words : {"bad", "good"}) (void)give(from_citizen(words));
  (void)run_once();
  ASSERT_EQ(handed_over.size(), 1U);
  EXPECT_EQ(handed_over[0].text, "bad");
  EXPECT_THAT(states(), ElementsAre("failed", "handled"));
  EXPECT_EQ(room.log.count("alarm a text could not be handled"), 3U);
}

TEST_F(HandlingTest, WhateverTheHandlerThrowsTheTextIsHandedOver) {
  handle = [](const InboundText& text) -> Kind {
    if (text.text == "number") throw 42;
    throw std::runtime_error("");
  };
  for (const char* words : {"number", "nothing said"}) (void)give(from_citizen(words));
  (void)run_once();
  EXPECT_EQ(handed_over.size(), 2U);
  EXPECT_THAT(states(), Each("failed"));
}

TEST_F(HandlingTest, AHandOverThatFailsLosesNothingAndHoldsNobodyUp) {
  bool desk_works = false;
  std::vector<std::string> seen;
  inbox.set_handlers(
      [&](storage::Tx&, const InboundText& text, TimePoint) -> Kind {
        if (text.text == "bad") throw std::runtime_error("cannot be understood");
        seen.push_back(text.text);
        return Kind::report;
      },
      [&](storage::Tx&, const InboundText& text, TimePoint) {
        if (!desk_works) throw std::runtime_error("no desk");
        seen.push_back("handed over: " + text.text);
      });
  for (const char* words : {"bad", "good"}) (void)give(from_citizen(words));
  for (int turn = 0; turn < 5; ++turn) (void)run_once();
  EXPECT_THAT(seen, ElementsAre("good"));
  EXPECT_THAT(states(), ElementsAre("received", "handled")) << "it still waits";
  desk_works = true;
  for (int turn = 0; turn < 5; ++turn) (void)run_once();
  EXPECT_THAT(seen, ElementsAre("good", "handed over: bad"));
  EXPECT_THAT(states(), ElementsAre("failed", "handled"));
}

TEST_F(HandlingTest, ADatabaseThatRefusesCostsATextNoTry) {
  left_unhandled(1);
  room.on_database([](storage::Tx& tx) { tx.connection().raw().setBusyTimeout(1); });
  {
    storage::Connection other(room.file(), storage::Connection::Mode::read_write);
    other.execute("BEGIN IMMEDIATE");
    for (int i = 0; i < 5; ++i) EXPECT_THROW((void)run_once(), storage::StorageDown);
    other.execute("ROLLBACK");
  }
  EXPECT_EQ(room.count("SELECT attempts FROM inbound"), 0);
  EXPECT_EQ(run_once(), 1U);
}

TEST_F(HandlingTest, ATurnIsBoundedAndTheNextGoesOn) {
  left_unhandled(250);
  EXPECT_EQ(run_once(), 200U);
  EXPECT_EQ(run_once(), 50U);
}

TEST_F(HandlingTest, TheAlarmTellsNoText) {
  handle = [](const InboundText&) -> Kind { throw std::runtime_error("fault"); };
  (void)give(from_citizen("toi bi danh"));
  (void)run_once();
  EXPECT_EQ(room.log.count("bi danh"), 0U);
}

}  // namespace
}  // namespace tongdai::inbox
