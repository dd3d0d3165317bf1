#include "unit/smsc/kit.hpp"

namespace tongdai::smsc {
namespace {

TEST(SmscBind, TheRightAccountIsBoundAndCounted) {
  Kit kit;
  Client one = kit.client(), two = kit.client();
  EXPECT_EQ(one.bind(), status::ok);
  EXPECT_EQ(two.bind(smpp::BindMode::transmitter), status::ok);
  EXPECT_EQ(kit.centre->counters().binds, 2U);
}

TEST(SmscBind, AWrongPasswordIsSaidAndTheLinkClosed) {
  Kit kit;
  Client client = kit.client();
  EXPECT_EQ(client.bind(smpp::BindMode::transceiver, "wrong"), status::invalid_password);
  EXPECT_TRUE(client.is_closed());
  EXPECT_EQ(kit.centre->counters().binds, 0U);
}

TEST(SmscBind, ASecondBindOnALinkIsRefused) {
  Kit kit;
  Client client = kit.client();
  EXPECT_EQ(client.bind(), status::ok);
  EXPECT_EQ(client.bind(), status::already_bound);
}

TEST(SmscBind, UnbindIsAnsweredAndTheLinkClosed) {
  Kit kit;
  Client client = kit.client();
  client.bind();
  client.send(smpp::Unbind{}, 7);
  EXPECT_EQ(client.next_as<smpp::UnbindResp>().first.sequence, 7U);
  EXPECT_TRUE(client.is_closed());
  EXPECT_EQ(kit.centre->counters().binds, 0U);
}

TEST(SmscBind, EnquireLinkIsAnswered) {
  Kit kit;
  Client client = kit.client();
  client.bind();
  client.send(smpp::EnquireLink{}, 9);
  EXPECT_EQ(client.next_as<smpp::EnquireLinkResp>().first.sequence, 9U);
}

TEST(SmscBind, WhatItDoesNotDoIsSaid) {
  Kit kit;
  Client client = kit.client();
  client.bind();
  client.send(smpp::QuerySm{}, 5);
  const auto [header, nack] = client.next_as<smpp::GenericNack>();
  EXPECT_EQ(header.sequence, 5U);
  EXPECT_EQ(header.status, status::invalid_command_id);
}

TEST(SmscBind, AStreamOutOfStepIsSaidAndTheLinkClosed) {
  Kit kit;
  Client client = kit.client();
  client.bind();
  client.send_bytes({0, 0, 0, 15, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 3});
  const auto [header, nack] = client.next_as<smpp::GenericNack>();
  EXPECT_EQ(header.sequence, 3U);
  EXPECT_EQ(header.status, status::invalid_command_length);
  EXPECT_TRUE(client.is_closed());
}

TEST(SmscBind, APortThatIsTakenIsAnError) {
  Kit kit;
  Options options;
  options.port = kit.centre->port();
  const auto second = Centre::open(kit.loop.get_executor(), options);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::unavailable);
}

}  // namespace
}  // namespace tongdai::smsc
