#include "api/codec.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tongdai::api {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> errors_of(const Response& response) {
  return Json::parse(response.body)["errors"].get<std::vector<std::string>>();
}

std::string fault_of(std::string_view body) {
  const auto document = read_json(body);
  return document ? "" : document.error().print("");
}

Request with_query(Fields query) {
  Request request;
  request.query = std::move(query);
  return request;
}

TEST(ReadJson, KeepsEveryKindOfValue) {
  const auto node = read_json(R"({"a": "ấ", "b": [1, 2.5, true], "c": {"d": -3}})");
  ASSERT_TRUE(node);
  config::Faults faults;
  config::Reader r(*node, "", faults);
  EXPECT_EQ(r.text("a"), "ấ");
  const auto* list = r.raw("b");
  ASSERT_NE(list, nullptr);
  EXPECT_EQ(std::get<config::Node::Array>(list->value()).size(), 3U);
  r.table("c", [](config::Reader& inner) { EXPECT_EQ(inner.integer("d", -5, 5), -3); });
  EXPECT_TRUE(faults.empty());
}

TEST(ReadJson, TakesAnEmptyBodyForAnEmptyObject) {
  const auto node = read_json("");
  ASSERT_TRUE(node);
  EXPECT_TRUE(node->is_table());
}

TEST(ReadJson, NeverRepeatsWhatItCouldNotRead) {
  const std::string fault = fault_of(R"({"text": "cuu toi voi" "to": "+84912345678"})");
  EXPECT_THAT(fault, HasSubstr("must be JSON in UTF-8"));
  EXPECT_THAT(fault, HasSubstr("it is not from byte"));
  EXPECT_THAT(fault, Not(HasSubstr("cuu")));
  EXPECT_THAT(fault, Not(HasSubstr("912")));
}

TEST(ReadJson, RefusesWhatIsNotUtf8) {
  EXPECT_THAT(fault_of("{\"text\": \"\xC3\x28\"}"), HasSubstr("UTF-8"));
}

TEST(ReadJson, RefusesNul) {
  EXPECT_THAT(fault_of(R"({"a": ["x", "y\u0000z"]})"), HasSubstr("a[1]: must not hold"));
}

TEST(ReadJson, RefusesDeepNesting) {
  EXPECT_THAT(fault_of(std::string(1000, '[') + std::string(1000, ']')), HasSubstr("nested deeper than 16"));
}

TEST(ReadJson, TakesNumbersBeyondAWholeNumberForRealOnes) {
  const auto node = read_json(R"({"n": 18446744073709551615})");
  ASSERT_TRUE(node);
  config::Faults faults;
  config::Reader r(*node, "", faults);
  (void)r.integer("n", 0, 10);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults.front().what, "must be a whole number, got a number");
}

TEST(ReadBody, TellsEveryFaultAtOnce) {
  Request request;
  request.body = R"({"too": 1, "purpose": 5})";
  const auto read = read_body(request, [](config::Reader& r) {
    (void)r.text("purpose", "");
    return r.text("to");
  });
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().status, 400);
  EXPECT_THAT(errors_of(read.error()),
              ElementsAre("purpose: must be a text, got a whole number", "to: is required",
                          "too: is not known here; known: purpose, to"));
}

TEST(ReadBody, WantsAnObject) {
  Request request;
  request.body = "[1]";
  const auto read = read_body(request, [](config::Reader& r) { return r.text("to", ""); });
  ASSERT_FALSE(read);
  EXPECT_THAT(errors_of(read.error()), ElementsAre("must be a table, got a list"));
}

TEST(ReadPage, HasDefaults) {
  const auto page = read_query(with_query({}), [](config::Reader& r) { return read_page(r); });
  ASSERT_TRUE(page);
  EXPECT_EQ(page->limit, page_default);
  EXPECT_EQ(page->number(), 0);
}

TEST(ReadPage, TakesOneToAThousand) {
  for (const std::string limit : {"1", "1000"}) {
    const auto page =
        read_query(with_query({{"limit", limit}}), [](config::Reader& r) { return read_page(r); });
    ASSERT_TRUE(page) << limit;
    EXPECT_EQ(std::to_string(page->limit), limit);
  }
  for (const std::string limit : {"0", "1001", "-1", "", "5x", "99999999999999999999"}) {
    const auto page =
        read_query(with_query({{"limit", limit}}), [](config::Reader& r) { return read_page(r); });
    ASSERT_FALSE(page) << limit;
    EXPECT_THAT(errors_of(page.error()),
                Contains(HasSubstr("limit: must be a whole number between 1 and 1000")));
  }
}

TEST(ReadPage, RefusesAForeignCursorAndUnknownNames) {
  const auto page = read_query(with_query({{"cursor", "abc"}, {"page", "2"}}),
                               [](config::Reader& r) { return read_page(r); });
  ASSERT_FALSE(page);
  EXPECT_THAT(errors_of(page.error()), ElementsAre("cursor: must be the \"next\" of the page before",
                                                   "page: is not known here; known: cursor, limit"));
}

TEST(PageOf, GivesTheNextCursorUntilTheEnd) {
  const std::vector<int> all{1, 2, 3, 4, 5};
  const auto same = [](int n) { return Json(n); };
  const Json first = page_of(all, Page{2, ""}, same);
  EXPECT_EQ(first.dump(), R"({"items":[1,2],"next":"2"})");
  EXPECT_EQ(page_of(all, Page{2, "4"}, same).dump(), R"({"items":[5],"next":null})");
  EXPECT_EQ(page_of(all, Page{5, ""}, same)["next"], nullptr);
  EXPECT_EQ(page_of(all, Page{2, "999"}, same).dump(), R"({"items":[],"next":null})");
}

TEST(ReadDay, TakesADateOrATime) {
  for (const auto& [written, wanted] : {std::pair{"2025-07-01", "2025-07-01T00:00:00.000Z"},
                                        std::pair{"2025-07-01T07:00:00+07:00", "2025-07-01T00:00:00.000Z"}}) {
    const auto day =
        read_query(with_query({{"from", written}}), [](config::Reader& r) { return read_day(r, "from"); });
    ASSERT_TRUE(day && *day) << written;
    EXPECT_EQ(to_rfc3339(**day), wanted);
  }
  EXPECT_FALSE(
      read_query(with_query({{"from", "1/7/2025"}}), [](config::Reader& r) { return read_day(r, "from"); }));
}

TEST(ReadText, StopsAtTheMostParts) {
  Request request;
  request.body = Json{{"text", std::string(255 * 153, 'a')}}.dump();
  EXPECT_TRUE(read_body(request, [](config::Reader& r) { return read_text(r, "text"); }));
  request.body = Json{{"text", std::string(255 * 153 + 1, 'a')}}.dump();
  const auto over = read_body(request, [](config::Reader& r) { return read_text(r, "text"); });
  ASSERT_FALSE(over);
  EXPECT_THAT(errors_of(over.error()), ElementsAre("text: must fit into 255 parts"));
}

TEST(JsonResponse, NeverFailsOnWhatIsNotUtf8) {
  EXPECT_EQ(json_response(200, {{"text", "\xFF"}}).body, "{\"text\":\"\xEF\xBF\xBD\"}");
}

TEST(PlaceId, NamesThePlace) {
  Request request;
  request.places["id"] = "12a";
  const auto id = place_id<MessageId>(request);
  ASSERT_FALSE(id);
  EXPECT_THAT(id.error().what, HasSubstr("id: must be an identifier"));
}

}  // namespace
}  // namespace tongdai::api
