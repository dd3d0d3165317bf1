#include "people/store.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

#include "people/sessions.hpp"
#include "support/engine_room.hpp"

namespace tongdai::people {
namespace {

struct PeopleTest : testing::Test {
  test::EngineRoom room;

  PersonId add(const std::string& name, Role role = Role::counsellor) {
    Person person;
    person.id = room.ids.next<PersonTag>();
    person.name = name;
    person.role = role;
    person.password = "hash";
    EXPECT_TRUE(room.on_database([&](storage::Tx& tx) { return insert_person(tx, person, room.now()); }));
    return person.id;
  }
  Person find(PersonId id) {
    return room.on_database([&](storage::Tx& tx) { return find_person(tx, id); }).value();
  }
};

TEST_F(PeopleTest, ANameStandsForOne) {
  add("an");
  Person other;
  other.id = room.ids.next<PersonTag>();
  other.name = "an";
  const auto refused =
      room.on_database([&](storage::Tx& tx) { return insert_person(tx, other, room.now()); });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::conflict);
  EXPECT_EQ(refused.error().what, "there is somebody of the name \"an\" already");
}

TEST_F(PeopleTest, TheRolesAreTheSchemas) {
  std::string listed;
  for (const std::string_view name : EnumNames<Role>::names) {
    listed += (listed.empty() ? "'" : ", '") + std::string(name) + "'";
  }
  const auto sql = room.on_database([](storage::Tx& tx) {
    return tx.value<std::string>("SELECT sql FROM sqlite_master WHERE name = 'person'").value();
  });
  std::string on_one_line;
  std::ranges::unique_copy(sql, std::back_inserter(on_one_line), [](char a, char b) {
    const auto is_blank = [](char c) { return c == ' ' || c == '\n'; };
    return is_blank(a) && is_blank(b);
  });
  std::ranges::replace(on_one_line, '\n', ' ');
  EXPECT_NE(on_one_line.find("role IN (" + listed + ")"), std::string::npos) << on_one_line;
}

TEST_F(PeopleTest, NamesArePlainSoThatNoTwoLookAlike) {
  for (const char* good : {"an", "an.nguyen", "dieu-phoi_2"}) EXPECT_TRUE(check_name(good)) << good;
  for (const char* bad : {"", "a", "An", "ân", "an nguyen", "an/b", "an\n", "socket", "token"})
    EXPECT_FALSE(check_name(bad)) << bad;
  EXPECT_FALSE(check_name(std::string(41, 'a')));
}

TEST_F(PeopleTest, ANewSecretIsNotOnUntilACodeOfItWasShown) {
  const PersonId an = add("an");
  room.on_database([&](storage::Tx& tx) { set_totp_secret(tx, an, "abcd"); });
  EXPECT_FALSE(find(an).totp_is_on);
  room.on_database([&](storage::Tx& tx) { turn_totp_on(tx, an); });
  EXPECT_TRUE(find(an).totp_is_on);
  room.on_database([&](storage::Tx& tx) { set_totp_secret(tx, an, ""); });
  EXPECT_FALSE(find(an).totp_is_on);
}

TEST_F(PeopleTest, OfTwoWhoShowTheSameCodeOneComesIn) {
  const PersonId an = add("an");
  const auto use = [&](std::int64_t step) {
    return room.on_database([&](storage::Tx& tx) { return use_totp_step(tx, an, step); });
  };
  EXPECT_TRUE(use(100));
  EXPECT_FALSE(use(100));
  EXPECT_FALSE(use(99));
  EXPECT_TRUE(use(101));
}

TEST_F(PeopleTest, ARecoveryCodeOpensOnce) {
  const PersonId an = add("an");
  const PersonId binh = add("binh");
  room.on_database([&](storage::Tx& tx) { set_recovery_codes(tx, an, {"one", "two"}); });
  const auto use = [&](PersonId id, const char* code) {
    return room.on_database([&](storage::Tx& tx) { return use_recovery_code(tx, id, code); });
  };
  EXPECT_FALSE(use(binh, "one"));
  EXPECT_TRUE(use(an, "one"));
  EXPECT_FALSE(use(an, "one"));
  EXPECT_EQ(room.on_database([&](storage::Tx& tx) { return count_recovery_codes(tx, an); }), 1);
}

TEST_F(PeopleTest, WhoIsDisabledIsOutAtOnce) {
  const PersonId an = add("an");
  const auto secret = room.on_database([&](storage::Tx& tx) { return start_session(tx, an, room.now()); });
  room.on_database([&](storage::Tx& tx) { set_disabled(tx, an, room.now()); });
  EXPECT_FALSE(room.on_database([&](storage::Tx& tx) { return find_session(tx, secret, {}, room.now()); }));
  room.on_database([&](storage::Tx& tx) { set_disabled(tx, an, std::nullopt); });
  EXPECT_FALSE(room.on_database([&](storage::Tx& tx) { return find_session(tx, secret, {}, room.now()); }))
      << "an old session does not come back with the person";
}

TEST_F(PeopleTest, AdministratorsWhoMaySignInAreCounted) {
  add("an", Role::administrator);
  const PersonId binh = add("binh", Role::administrator);
  room.on_database([&](storage::Tx& tx) { set_disabled(tx, binh, room.now()); });
  EXPECT_EQ(room.on_database([](storage::Tx& tx) { return count_administrators(tx); }), 1);
}

}  // namespace
}  // namespace tongdai::people
