#include "api/access.hpp"

#include <gtest/gtest.h>

#include "api/routes.hpp"

namespace tongdai::api {
namespace {

using people::Role;
using Kind = Caller::Kind;

constexpr Access desk{.roles = {Role::counsellor}};
const std::string secret(64, 'a');

Request from(Kind kind, Role role = Role::counsellor, Method method = Method::get) {
  Request request;
  request.method = method;
  request.caller.kind = kind;
  request.caller.role = role;
  request.caller.session = secret;
  return request;
}

/// 0 if it is let in.
int status(const Request& request, const Access& access) {
  const auto refused = object(request, access);
  return refused ? refused->status : 0;
}

TEST(Access, WhoHasNotSignedInIsAskedTo) {
  EXPECT_EQ(status(from(Kind::nobody), desk), 401);
  EXPECT_EQ(status(from(Kind::nobody), anybody), 0);
}

TEST(Access, TheRoleDecides) {
  for (const Kind kind : {Kind::person, Kind::program}) {
    EXPECT_EQ(status(from(kind), desk), 0);
    EXPECT_EQ(status(from(kind, Role::administrator), desk), 403);
  }
}

TEST(Access, TheSocketAndTheServicesOwnTokenMayAll) {
  for (const Kind kind : {Kind::socket, Kind::service}) {
    EXPECT_EQ(status(from(kind, Role::observer, Method::post), desk), 0);
    EXPECT_EQ(status(from(kind), Access{}), 0);
  }
}

TEST(Access, ARowWithoutRolesIsForNobody) {
  EXPECT_EQ(status(from(Kind::person, Role::administrator), Access{}), 403);
}

TEST(Access, APostOfABrowserNeedsTheFormTokenOfItsSession) {
  Request request = from(Kind::person, Role::counsellor, Method::post);
  EXPECT_EQ(status(request, desk), 403);
  request.headers["x-form-token"] = people::form_token(std::string(64, 'b'));
  EXPECT_EQ(status(request, desk), 403);
  request.headers["x-form-token"] = people::form_token(secret);
  EXPECT_EQ(status(request, desk), 0);
  EXPECT_EQ(status(from(Kind::program, Role::counsellor, Method::post), desk), 0)
      << "no cookie goes by itself";
}

TEST(Access, ATokenForLookingChangesNothing) {
  Request request = from(Kind::program);
  request.caller.reads_only = true;
  EXPECT_EQ(status(request, desk), 0);
  request.method = Method::post;
  EXPECT_EQ(status(request, desk), 403);
}

TEST(Access, AProgramIsNoSecondPairOfEyes) {
  constexpr Access second_eyes{.roles = {Role::counsellor}, .people_only = true};
  EXPECT_EQ(status(from(Kind::program), second_eyes), 403);
  EXPECT_EQ(status(from(Kind::person), second_eyes), 0);
  EXPECT_EQ(status(from(Kind::socket), second_eyes), 0);
  for (const Route& route : routes()) {
    EXPECT_EQ(route.access.people_only, route.pattern.ends_with("/approve")) << route.pattern;
  }
}

TEST(Access, APasswordForOnceMustBeChangedFirst) {
  Request request = from(Kind::person);
  request.caller.must_change_password = true;
  EXPECT_EQ(status(request, desk), 403);
  EXPECT_EQ(status(request, everybody), 403);
  EXPECT_EQ(status(request, signed_in), 0);
}

TEST(Access, OfCasesAndTextsOnlyTheDeskHears) {
  const auto hears = [](Role role, std::string_view topic) {
    return may_hear(from(Kind::person, role).caller, topic);
  };
  for (const std::string_view topic : {"case", "inbound"}) {
    EXPECT_TRUE(hears(Role::counsellor, topic));
    for (const Role role :
         {Role::administrator, Role::author, Role::approver, Role::facility, Role::observer}) {
      EXPECT_FALSE(hears(role, topic)) << topic << ' ' << name_of(role);
    }
  }
  EXPECT_TRUE(hears(Role::author, "campaign"));
  EXPECT_FALSE(hears(Role::author, "message")) << "an alert is one as well";
  EXPECT_FALSE(hears(Role::author, "what is to come"));
  EXPECT_FALSE(may_hear(Caller{}, "campaign"));
}

TEST(Access, OnlyTheDeskHearsEverything) {
  for (const Kind kind : {Kind::socket, Kind::service}) EXPECT_TRUE(hears_everything(from(kind).caller));
  EXPECT_TRUE(hears_everything(from(Kind::person, Role::counsellor).caller));
  EXPECT_FALSE(hears_everything(from(Kind::person, Role::administrator).caller));
  EXPECT_FALSE(hears_everything(from(Kind::program, Role::author).caller));
  EXPECT_FALSE(hears_everything(Caller{}));
}

TEST(Access, WhoWorksWithCampaignsCountsNoCases) {
  EXPECT_TRUE(counts_cases(from(Kind::person, Role::administrator).caller));
  EXPECT_TRUE(counts_cases(from(Kind::program, Role::counsellor).caller));
  EXPECT_TRUE(counts_cases(from(Kind::socket).caller));
  for (const Role role : {Role::author, Role::approver}) {
    EXPECT_FALSE(counts_cases(from(Kind::person, role).caller));
  }
  EXPECT_FALSE(counts_cases(Caller{}));
}

TEST(Access, EachRowOfTheTableSaysWhoMay) {
  for (const Route& route : routes()) {
    EXPECT_TRUE(route.access.open || !route.access.roles.empty()) << route.pattern;
  }
}

TEST(Access, OnlyASignInChangesSomethingWithoutOne) {
  for (const Route& route : routes()) {
    if (route.access.open && route.method != Method::get) EXPECT_EQ(route.pattern, "/api/v1/session");
  }
}

TEST(Cookie, IsFoundByItsWholeName) {
  EXPECT_EQ(cookie("a=1; __Host-tongdai=x=y;b=2", "__Host-tongdai"), "x=y");
  EXPECT_EQ(cookie("__Host-tongdai-device=d; __Host-tongdai=s", "__Host-tongdai"), "s");
  EXPECT_EQ(cookie("b=2", "b"), "2");
  for (const std::string_view header : {"", ";;", "bb=2", "b", " =2", "a=b=2"})
    EXPECT_EQ(cookie(header, "b"), "");
}

}  // namespace
}  // namespace tongdai::api
