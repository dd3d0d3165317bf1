#include "config/toml_file.hpp"
#include "support/source_dir.hpp"

#include <gtest/gtest.h>

namespace tongdai::config {
namespace {

TEST(TomlFile, GivesEveryTypeWithItsLine) {
  const Node document =
      read_toml("a = 1\nb = 1.5\nc = true\nd = \"x\"\ne = 2021-11-25T07:00:00+07:00\nf = [1]\n[g]\n").value();
  const std::vector<std::pair<std::string, std::string>> expected{
      {"a", "a whole number"}, {"b", "a number"}, {"c", "true or false"}, {"d", "a text"},
      {"e", "a time"},         {"f", "a list"},   {"g", "a table"}};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const Node* node = document.find(expected[i].first);
    ASSERT_NE(node, nullptr) << expected[i].first;
    EXPECT_EQ(node->type_name(), expected[i].second);
    EXPECT_EQ(node->line(), static_cast<int>(i) + 1);
  }
  EXPECT_EQ(document.find("h"), nullptr);
  EXPECT_EQ(document.find("a")->find("b"), nullptr);
}

TEST(TomlFile, KeepsTheMillisecondsAndTheOffsetOfATime) {
  const Node document = read_toml("t = 2021-11-25T07:00:00.250+07:00\n").value();
  EXPECT_EQ(std::get<TimePoint>(document.find("t")->value()),
            parse_rfc3339("2021-11-25T00:00:00.250Z").value());
}

TEST(TomlFile, NamesTheLineThatCannotBeParsed) {
  const auto broken = read_toml("a = 1\nb = = 2\n");
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().line, 2);
  EXPECT_FALSE(broken.error().what.empty());
}

TEST(TomlFile, SaysThatAFileCannotBeRead) {
  const auto missing = read_toml_file("/nonexistent/tongdai.toml");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().print("/nonexistent/tongdai.toml"), "/nonexistent/tongdai.toml: cannot be read");
}

TEST(TomlFile, ReadsTheNumberingPlanOfVietnam) {
  EXPECT_TRUE(read_toml_file(in_checkout("/config/numbering/vn.toml")));
}

}  // namespace
}  // namespace tongdai::config
