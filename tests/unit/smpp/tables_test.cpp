#include <gtest/gtest.h>

#include <set>

#include "gateway_adapters/smpp/codec/command.hpp"
#include "gateway_adapters/smpp/codec/sequence.hpp"
#include "gateway_adapters/smpp/codec/status.hpp"

namespace tongdai::gateway::smpp {
namespace {

TEST(Status, NamesWhatTheStandardNames) {
  EXPECT_EQ(describe_status(status::throttled), "RTHROTTLED (0x58): allowed message rate exceeded");
  EXPECT_EQ(describe_status(0x400), "status 0x0400: not of SMPP 3.4");
  EXPECT_EQ(find_status(0x09), nullptr);
  EXPECT_EQ(find_status(0xffffffff), nullptr);
  std::set<std::string_view> names;
  for (const StatusEntry& entry : statuses()) {
    EXPECT_EQ(find_status(entry.code), &entry);
    EXPECT_TRUE(names.insert(entry.name).second) << entry.name;
    EXPECT_FALSE(entry.meaning.empty());
  }
}

TEST(Command, KnowsItsAnswers) {
  EXPECT_TRUE(is_response(CommandId::submit_sm_resp));
  EXPECT_TRUE(is_response(CommandId::generic_nack));
  EXPECT_FALSE(is_response(CommandId::deliver_sm));
  EXPECT_EQ(command_from(0x103), CommandId::data_sm);
  EXPECT_FALSE(command_from(0x104));
  EXPECT_FALSE(command_from(0x80000102));
}

TEST(Sequence, StartsAtOneAndWrapsPastThoseInFlight) {
  const auto none = [](std::uint32_t) { return false; };
  SequenceSource source;
  EXPECT_EQ(source.next(none), 1U);
  EXPECT_EQ(source.next(none), 2U);
  source = SequenceSource(sequence_max - 1);
  EXPECT_EQ(source.next(none), sequence_max);
  EXPECT_EQ(source.next([](std::uint32_t number) { return number < 5; }), 5U);
  source.reset();
  EXPECT_EQ(source.next(none), 1U);
}

}  // namespace
}  // namespace tongdai::gateway::smpp
