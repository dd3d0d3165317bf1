#include "config/reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/toml_file.hpp"

namespace tongdai::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Reads `toml` with `read` and gives its faults as --check prints them.
std::string faults_of(std::string_view toml, const std::function<void(Reader&)>& read) {
  Faults faults;
  const Node document = read_toml(toml).value();
  {
    Reader reader(document, "", faults);
    read(reader);
  }
  return print(faults, "t.toml");
}

TEST(Reader, GivesWhatIsWritten) {
  const std::string_view toml =
      "name = \"lc\"\nrate = 100\nratio = 2\ntls = true\nwindows = [\"a\", \"b\"]\n"
      "start = 2021-11-25T07:00:00+07:00\nend = \"2021-11-25T22:00:00+07:00\"\n";
  EXPECT_THAT(faults_of(toml,
                        [](Reader& r) {
                          EXPECT_EQ(r.text("name"), "lc");
                          EXPECT_EQ(r.integer("rate", 1, 1000), 100);
                          EXPECT_DOUBLE_EQ(r.number("ratio", 0, 5, 1), 2);
                          EXPECT_TRUE(r.boolean("tls", false));
                          EXPECT_THAT(r.texts("windows"), ElementsAre("a", "b"));
                          EXPECT_EQ(r.maybe_time("start"), parse_rfc3339("2021-11-25T00:00:00Z").value());
                          EXPECT_EQ(r.maybe_time("end"), parse_rfc3339("2021-11-25T15:00:00Z").value());
                        }),
              IsEmpty());
}

TEST(Reader, GivesFallbacksForWhatIsAbsent) {
  EXPECT_THAT(faults_of("",
                        [](Reader& r) {
                          EXPECT_EQ(r.text("name", "x"), "x");
                          EXPECT_EQ(r.integer("rate", 1, 9, 5), 5);
                          EXPECT_EQ(r.one_of("kind", {"a", "b"}, "b"), "b");
                          EXPECT_EQ(r.maybe_text("other"), std::nullopt);
                          EXPECT_EQ(r.maybe_time("start"), std::nullopt);
                          EXPECT_THAT(r.texts("list"), IsEmpty());
                          r.table("inner", [](Reader&) { FAIL(); });
                          r.tables("inners", [](Reader&, std::size_t) { FAIL(); });
                        }),
              IsEmpty());
}

TEST(Reader, GathersEveryFaultWithItsLine) {
  EXPECT_EQ(
      faults_of(
          "name = \"\"\nrate = 0\nratio = 9.5\ntls = \"yes\"\nkind = \"c\"\nstart = 2021-11-25T07:00:00\n",
          [](Reader& r) {
            EXPECT_EQ(r.text("name"), "");
            EXPECT_EQ(r.integer("rate", 1, 100000, 7), 7);
            EXPECT_DOUBLE_EQ(r.number("ratio", 0, 5, 1), 1);
            EXPECT_TRUE(r.boolean("tls", true));
            EXPECT_EQ(r.one_of("kind", {"a", "b"}), "a");
            EXPECT_EQ(r.maybe_time("start"), std::nullopt);
          }),
      "t.toml:1: name: must not be empty\n"
      "t.toml:2: rate: must be between 1 and 100000, got 0\n"
      "t.toml:3: ratio: must be between 0 and 5, got 9.5\n"
      "t.toml:4: tls: must be true or false, got a text\n"
      "t.toml:5: kind: must be one of a, b, got \"c\"\n"
      "t.toml:6: start: must be a time with its offset, such as 2021-11-25T07:00:00+07:00\n");
}

TEST(Reader, NamesWhatIsMissing) {
  const std::string faults = faults_of("", [](Reader& r) {
    static_cast<void>(r.text("name"));
    static_cast<void>(r.integer("rate", 1, 9));
    static_cast<void>(r.one_of("kind", {"a", "b"}));
  });
  EXPECT_THAT(faults, HasSubstr("name: is required"));
  EXPECT_THAT(faults, HasSubstr("rate: is required: a whole number between 1 and 9"));
  EXPECT_THAT(faults, HasSubstr("kind: is required: one of a, b"));
}

TEST(Reader, NotesKeysThatNobodyAskedFor) {
  EXPECT_EQ(
      faults_of("rate = 1\n\nraet = 2\n", [](Reader& r) { static_cast<void>(r.integer("rate", 1, 9)); }),
      "t.toml:3: raet: is not known here; known: rate\n");
}

TEST(Reader, NotesUnknownKeysOnce) {
  Faults faults;
  const Node document = read_toml("a = 1\n").value();
  {
    Reader reader(document, "", faults);
    reader.finish();
    reader.finish();
  }
  EXPECT_EQ(faults.size(), 1U);
}

TEST(Reader, NamesThePlaceInsideListsOfTables) {
  EXPECT_EQ(
      faults_of("[[gateway]]\nrate = 5\n\n[[gateway]]\nrate = 0\n[gateway.smpp]\nport = \"x\"\nhots = 1\n",
                [](Reader& r) {
                  r.tables("gateway", [](Reader& g, std::size_t) {
                    static_cast<void>(g.integer("rate", 1, 9, 1));
                    g.table("smpp", [](Reader& s) { static_cast<void>(s.integer("port", 1, 65535, 1)); });
                  });
                }),
      "t.toml:5: gateway[1].rate: must be between 1 and 9, got 0\n"
      "t.toml:7: gateway[1].smpp.port: must be a whole number, got a text\n"
      "t.toml:8: gateway[1].smpp.hots: is not known here; known: port\n");
}

TEST(Reader, RefusesTheWrongShape) {
  EXPECT_EQ(faults_of("list = \"a\"\nmixed = [\"a\",\n1]\ninner = 3\ninners = 4\nrows = [5]\n",
                      [](Reader& r) {
                        EXPECT_THAT(r.texts("list"), IsEmpty());
                        EXPECT_THAT(r.texts("mixed"), ElementsAre("a"));
                        r.table("inner", [](Reader&) { FAIL(); });
                        r.tables("inners", [](Reader&, std::size_t) { FAIL(); });
                        r.tables("rows", [](Reader&, std::size_t) { FAIL(); });
                      }),
            "t.toml:1: list: must be a list of texts such as [\"a\", \"b\"], got a text\n"
            "t.toml:3: mixed[1]: must be a text, got a whole number\n"
            "t.toml:4: inner: must be a table, got a whole number\n"
            "t.toml:5: inners: must be a list of tables ([[inners]]), got a whole number\n"
            "t.toml:6: rows[0]: must be a table, got a whole number\n");
}

TEST(Reader, MarksTheMembersOfADataTableKnown) {
  EXPECT_THAT(faults_of("[codes]\n\"88\" = \"slow\"\n",
                        [](Reader& r) {
                          r.table("codes", [](Reader& codes) {
                            ASSERT_EQ(codes.members().size(), 1U);
                            EXPECT_EQ(codes.members().front().first, "88");
                          });
                        }),
              IsEmpty());
}

TEST(Fault, PrintsWithoutFileAndLineForABody) {
  EXPECT_EQ((Fault{"rate", 0, "is required"}.print("")), "rate: is required");
  EXPECT_EQ((Fault{"rate", 0, "is required"}.print("a.toml")), "a.toml: rate: is required");
  EXPECT_EQ((Fault{"", 3, "is broken"}.print("a.toml")), "a.toml:3: is broken");
}

}  // namespace
}  // namespace tongdai::config
