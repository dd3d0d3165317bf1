#include "people/sessions.hpp"

#include <gtest/gtest.h>

#include "support/engine_room.hpp"

namespace tongdai::people {
namespace {

struct SessionsTest : testing::Test {
  test::EngineRoom room;
  PersonId an = add("an");
  TimePoint now = room.now();

  PersonId add(const std::string& name) {
    Person person;
    person.id = room.ids.next<PersonTag>();
    person.name = name;
    person.role = Role::counsellor;
    person.password = "hash";
    EXPECT_TRUE(room.on_database([&](storage::Tx& tx) { return insert_person(tx, person, room.now()); }));
    return person.id;
  }
  std::string start() {
    return room.on_database([&](storage::Tx& tx) { return start_session(tx, an, now); });
  }
  std::optional<SignedIn> find(const std::string& secret) {
    return room.on_database([&](storage::Tx& tx) { return find_session(tx, secret, {}, now); });
  }
  void touch(const std::string& secret) {
    room.on_database([&](storage::Tx& tx) { touch_session(tx, secret, now); });
  }
};

TEST_F(SessionsTest, ASessionTellsWhoItIs) {
  const auto found = find(start());
  ASSERT_TRUE(found);
  EXPECT_EQ(found->name, "an");
  EXPECT_EQ(found->role, Role::counsellor);
  EXPECT_FALSE(find("somebody else's"));
  EXPECT_FALSE(find(""));
}

TEST_F(SessionsTest, TheDatabaseHoldsNothingThatOpens) {
  const std::string secret = start();
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM session WHERE fingerprint = '" + secret + "'"), 0);
}

TEST_F(SessionsTest, ItEndsWhenItIsNotUsed) {
  const std::string secret = start();
  now += SessionLimits{}.idle - 1s;
  ASSERT_TRUE(find(secret));
  touch(secret);
  now += SessionLimits{}.idle - 1s;
  EXPECT_TRUE(find(secret));
  now += 1s;
  EXPECT_FALSE(find(secret));
}

TEST_F(SessionsTest, ItEndsAfterADayOfWorkHoweverOftenItIsUsed) {
  const std::string secret = start();
  for (const TimePoint end = now + SessionLimits{}.absolute; now < end; now += 20min) {
    ASSERT_TRUE(find(secret));
    touch(secret);
  }
  EXPECT_FALSE(find(secret));
}

TEST_F(SessionsTest, ItIsWrittenAtMostOnceAMinute) {
  const auto found = find(start()).value();
  EXPECT_FALSE(is_to_be_touched(found, now + 59s));
  EXPECT_TRUE(is_to_be_touched(found, now + 60s));
}

TEST_F(SessionsTest, AChangeOfPasswordEndsTheOthers) {
  const std::string mine = start(), other = start();
  room.on_database([&](storage::Tx& tx) { end_sessions(tx, an, mine); });
  EXPECT_TRUE(find(mine));
  EXPECT_FALSE(find(other));
}

TEST_F(SessionsTest, WhoseTimeIsUpIsSweptOut) {
  start();
  now += SessionLimits{}.idle;
  const std::string young = start();
  EXPECT_EQ(room.on_database([&](storage::Tx& tx) { return sweep_sessions(tx, {}, now); }), 1);
  EXPECT_TRUE(find(young));
}

TEST_F(SessionsTest, TheTokenOfFormsBelongsToOneSession) {
  const std::string a = start(), b = start();
  EXPECT_EQ(form_token(a), form_token(a));
  EXPECT_NE(form_token(a), form_token(b));
  EXPECT_NE(form_token(a), a);
}

TEST_F(SessionsTest, AProgramsTokenHasARoleAndAnEnd) {
  Token token;
  token.id = room.ids.next<TokenTag>();
  token.name = "report";
  token.role = Role::observer;
  token.created_at = now;
  token.expires_at = now + 24h;
  const auto secret = room.on_database([&](storage::Tx& tx) { return insert_token(tx, token); });
  ASSERT_TRUE(secret);
  EXPECT_TRUE(secret->starts_with("td_"));
  const auto find_it = [&] {
    return room.on_database([&](storage::Tx& tx) { return find_token(tx, *secret, now); });
  };
  ASSERT_TRUE(find_it());
  EXPECT_EQ(find_it()->role, Role::observer);
  token.id = room.ids.next<TokenTag>();
  EXPECT_FALSE(room.on_database([&](storage::Tx& tx) { return insert_token(tx, token); }))
      << "the name is taken";
  now += 24h;
  EXPECT_FALSE(find_it());
  EXPECT_TRUE(room.on_database([&](storage::Tx& tx) { return revoke_token(tx, "report"); }));
  EXPECT_FALSE(room.on_database([&](storage::Tx& tx) { return revoke_token(tx, "report"); }));
}

}  // namespace
}  // namespace tongdai::people
