#include "api/http.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace tongdai::api {
namespace {

TEST(Problem, IsADocumentOfRfc9457) {
  const Response response = problem(400, "invalid", "Wrong", "row 3: must be a number", {"a: one", "b: two"});
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.content_type, "application/problem+json");
  const auto document = nlohmann::json::parse(response.body);
  EXPECT_EQ(document["type"], "/problems/invalid");
  EXPECT_EQ(document["title"], "Wrong");
  EXPECT_EQ(document["status"], 400);
  EXPECT_EQ(document["detail"], "row 3: must be a number");
  EXPECT_EQ(document["errors"], (nlohmann::json{"a: one", "b: two"}));
}

TEST(Problem, TakesAWholeTypeToo) {
  EXPECT_NE(problem(400, "/problems/invalid", "", "").body.find("\"/problems/invalid\""), std::string::npos);
}

TEST(Problem, OfAnErrorHasItsStatusAndType) {
  const Response response = problem({Code::refused, "the contact has refused texts"});
  EXPECT_EQ(response.status, 422);
  const auto document = nlohmann::json::parse(response.body);
  EXPECT_EQ(document["type"], "/problems/refused");
  EXPECT_FALSE(document.contains("errors"));
}

TEST(Problem, QuotesWhateverBytesCameIn) {
  EXPECT_NO_THROW(static_cast<void>(nlohmann::json::parse(problem({Code::invalid, "\xff\xfe"}).body)));
}

TEST(StatusOf, EveryCodeHasOne) {
  EXPECT_EQ(status_of(Code::invalid), 400);
  EXPECT_EQ(status_of(Code::not_found), 404);
  EXPECT_EQ(status_of(Code::not_allowed), 409);
  EXPECT_EQ(status_of(Code::conflict), 409);
  EXPECT_EQ(status_of(Code::limit), 429);
  EXPECT_EQ(status_of(Code::refused), 422);
  EXPECT_EQ(status_of(Code::unavailable), 503);
  EXPECT_EQ(status_of(Code::internal), 500);
}

TEST(Request, GivesWhatIsNotThereAsEmpty) {
  Request request;
  request.headers["x-a"] = "1";
  request.places["id"] = "2";
  EXPECT_EQ(request.header("x-a"), "1");
  EXPECT_EQ(request.header("x-b"), "");
  EXPECT_EQ(request.place("id"), "2");
  EXPECT_EQ(request.place("code"), "");
}

}  // namespace
}  // namespace tongdai::api
