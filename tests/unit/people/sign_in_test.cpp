#include "people/sign_in.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "people/secrets.hpp"
#include "people/totp.hpp"
#include "support/engine_room.hpp"

namespace tongdai::people {
namespace {

struct SignInTest : testing::Test {
  test::EngineRoom room;
  const std::string password = "con trâu đen";
  TimePoint now = room.now();
  PersonId an = add("an");

  PersonId add(const std::string& name) {
    Person person;
    person.id = room.ids.next<PersonTag>();
    person.name = name;
    person.role = Role::counsellor;
    person.password = hash_password(password);
    EXPECT_TRUE(room.on_database([&](storage::Tx& tx) { return insert_person(tx, person, room.now()); }));
    return person.id;
  }
  std::expected<Entered, Denial> sign_in(const Credentials& shown, std::string_view device = "") {
    return room.on_database([&](storage::Tx& tx) -> std::expected<Entered, Denial> {
      const auto person = match_password(tx, shown);
      if (!person) return std::unexpected(Denial::wrong);
      return enter(tx, *person, shown, device, now);
    });
  }
  /// The bytes are those of RFC 6238's examples.
  void turn_second_factor_on() {
    room.on_database([&](storage::Tx& tx) {
      set_totp_secret(tx, an, "3132333435363738393031323334353637383930");
      turn_totp_on(tx, an);
    });
  }
  [[nodiscard]] std::string code() const { return totp::code("12345678901234567890", totp::step_of(now)); }
};

TEST_F(SignInTest, NameAndPasswordOpenASession) {
  const auto entered = sign_in({"an", password, ""});
  ASSERT_TRUE(entered);
  const auto session =
      room.on_database([&](storage::Tx& tx) { return find_session(tx, entered->session, {}, now); });
  ASSERT_TRUE(session);
  EXPECT_EQ(session->name, "an");
}

TEST_F(SignInTest, WhatIsWrongIsNotTold) {
  EXPECT_EQ(sign_in({"an", "con trâu trắng", ""}).error(), Denial::wrong);
  EXPECT_EQ(sign_in({"binh", password, ""}).error(), Denial::wrong);
  EXPECT_EQ(sign_in({"", "", ""}).error(), Denial::wrong);
}

TEST_F(SignInTest, WhoIsDisabledStaysOut) {
  room.on_database([&](storage::Tx& tx) { set_disabled(tx, an, now); });
  EXPECT_EQ(sign_in({"an", password, ""}).error(), Denial::wrong);
}

TEST_F(SignInTest, WhatHappenedSinceThePasswordWasLookedAtCounts) {
  const auto entered = sign_in({"an", password, ""});
  ASSERT_TRUE(entered);
  const auto seen = room.on_database([&](storage::Tx& tx) { return find_person(tx, an); });
  const auto unchanged = [&] {
    return room
        .on_database([&](storage::Tx& tx) { return find_unchanged(tx, *seen, entered->session, {}, now); })
        .has_value();
  };
  EXPECT_TRUE(unchanged());
  room.on_database([&](storage::Tx& tx) { set_password(tx, an, "a reset", true); });
  EXPECT_FALSE(unchanged());
  room.on_database([&](storage::Tx& tx) { set_password(tx, an, seen->password, false); });
  EXPECT_TRUE(unchanged());
  room.on_database([&](storage::Tx& tx) { end_session(tx, entered->session); });
  EXPECT_FALSE(unchanged());
}

TEST_F(SignInTest, ASecondFactorIsAskedFor) {
  turn_second_factor_on();
  EXPECT_EQ(sign_in({"an", password, ""}).error(), Denial::code_needed);
  EXPECT_EQ(sign_in({"an", password, "000000"}).error(), Denial::wrong);
  EXPECT_TRUE(sign_in({"an", password, code()}));
  EXPECT_EQ(sign_in({"an", password, code()}).error(), Denial::wrong) << "no code opens twice";
  now += totp::step_length;
  EXPECT_TRUE(sign_in({"an", password, code()}));
}

TEST_F(SignInTest, ASecretThatIsNotConfirmedIsNotAskedFor) {
  room.on_database([&](storage::Tx& tx) { set_totp_secret(tx, an, "00"); });
  EXPECT_TRUE(sign_in({"an", password, ""}));
}

TEST_F(SignInTest, ASecondFactorIsConfirmedOnce) {
  const auto confirm = [&](const std::string& shown) {
    return room.on_database([&](storage::Tx& tx) { return confirm_second_factor(tx, an, shown, now); });
  };
  EXPECT_EQ(confirm(code()).error().code, Code::not_allowed) << "there is no secret";
  room.on_database(
      [&](storage::Tx& tx) { set_totp_secret(tx, an, "3132333435363738393031323334353637383930"); });
  EXPECT_EQ(confirm("000000").error().code, Code::invalid);
  const auto codes = confirm(code());
  ASSERT_TRUE(codes);
  now += totp::step_length;
  EXPECT_EQ(confirm(code()).error().code, Code::not_allowed) << "no place to try codes at";
  EXPECT_TRUE(sign_in({"an", password, codes->front()})) << "and the codes are not renewed";
}

TEST_F(SignInTest, WhoLostThePhoneHasTenCodes) {
  turn_second_factor_on();
  const auto codes = room.on_database([&](storage::Tx& tx) { return renew_recovery_codes(tx, an); });
  ASSERT_EQ(codes.size(), 10U);
  EXPECT_TRUE(sign_in({"an", password, codes.front()}));
  EXPECT_EQ(sign_in({"an", password, codes.front()}).error(), Denial::wrong);
  (void)room.on_database([&](storage::Tx& tx) { return renew_recovery_codes(tx, an); });
  EXPECT_EQ(sign_in({"an", password, codes.back()}).error(), Denial::wrong) << "new ones make the old void";
}

TEST_F(SignInTest, ABrowserIsKnownFromItsFirstSignInOn) {
  const auto known = [&](const std::string& name, const std::string& device) {
    return room.on_database([&](storage::Tx& tx) { return knows_device(tx, name, device); });
  };
  EXPECT_FALSE(known("an", "made up"));
  const auto first = sign_in({"an", password, ""}, "made up");
  ASSERT_TRUE(first);
  EXPECT_NE(first->device, "made up") << "what is not known is not believed";
  EXPECT_TRUE(known("an", first->device));
  EXPECT_FALSE(known("binh", first->device));
  EXPECT_EQ(sign_in({"an", password, ""}, first->device)->device, first->device);
}

TEST_F(SignInTest, ASharedDesksBrowserIsKnownForEach) {
  add("binh");
  const auto known = [&](const std::string& name, const std::string& device) {
    return room.on_database([&](storage::Tx& tx) { return knows_device(tx, name, device); });
  };
  const auto first = sign_in({"an", password, ""});
  ASSERT_TRUE(first);
  EXPECT_FALSE(known("binh", first->device)) << "not before they signed in there";
  EXPECT_EQ(sign_in({"binh", password, ""}, first->device)->device, first->device);
  EXPECT_TRUE(known("an", first->device));
  EXPECT_TRUE(known("binh", first->device));
}

TEST_F(SignInTest, OldBrowsersAreForgotten) {
  for (int i = 0; i < 25; ++i, now += 1s) ASSERT_TRUE(sign_in({"an", password, ""}));
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM device"), 20);
}

TEST_F(SignInTest, TheFirstAdministratorIsMadeOnce) {
  test::EngineRoom fresh;
  const auto make = [&] {
    return fresh.on_database(
        [&](storage::Tx& tx) { return add_first_administrator(tx, fresh.ids, "hash", fresh.now()); });
  };
  EXPECT_TRUE(make());
  EXPECT_FALSE(make());
  const auto admin = fresh.on_database([](storage::Tx& tx) { return find_person(tx, first_administrator); });
  ASSERT_TRUE(admin);
  EXPECT_TRUE(admin->password_is_for_once);
  EXPECT_EQ(admin->role, Role::administrator);
}

TEST_F(SignInTest, NobodyIsMadeWhereThereIsSomebody) {
  EXPECT_FALSE(
      room.on_database([&](storage::Tx& tx) { return add_first_administrator(tx, room.ids, "hash", now); }));
}

}  // namespace
}  // namespace tongdai::people
