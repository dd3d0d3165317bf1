#include "report/html.hpp"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace tongdai::report {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Why a page is not well-formed: tags that do not match, a bare & or <. "" if it is.
std::string fault_of(const std::string& page) {
  std::vector<std::string> open;
  std::size_t at = page.find("<html");
  while (at < page.size()) {
    if (page[at] == '&' && page.find(';', at) > at + 6) return "a bare & at " + std::to_string(at);
    if (page[at] != '<') {
      ++at;
      continue;
    }
    const std::size_t end = page.find('>', at);
    if (end == std::string::npos) return "an open tag at the end";
    const std::string tag = page.substr(at + 1, end - at - 1);
    if (tag.find('<') != std::string::npos) return "a bare < in " + tag;
    const std::string name =
        tag.substr(tag.front() == '/' ? 1 : 0, tag.find_first_of(" /", 1) - (tag.front() == '/' ? 1 : 0));
    if (tag.front() == '/') {
      if (open.empty() || open.back() != name) return "closed without being open: " + name;
      open.pop_back();
    } else if (tag.back() != '/') {
      open.push_back(name);
    }
    at = end + 1;
  }
  return open.empty() ? "" : "never closed: " + open.back();
}

Document document() {
  Document d;
  d.title = "Báo cáo <script>alert(1)</script> & \"x\"";
  d.facts = {{"Đơn vị", "Lai Châu & <b>"}};
  d.sections = {{"Các đợt",
                 "Các đợt",
                 {"Đợt", "Số <người>"},
                 {{Cell::of("<img src=x onerror=alert(1)>"), Cell::count(450000)},
                  {Cell::of("Tổng"), Cell::of("<5")},
                  {Cell::of("Tổng"), Cell::share(0.5)}},
                 true,
                 {"a < b"}}};
  return d;
}

TEST(Html, IsWellFormedWhateverTheTextsAre) {
  EXPECT_EQ(fault_of(print_html(document())), "");
  EXPECT_NE(fault_of("<html><p></html>"), "") << "the check itself";
}

TEST(Html, EveryTextIsEscaped) {
  const std::string page = print_html(document());
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("<img")));
  EXPECT_THAT(page, HasSubstr("&lt;img src=x onerror=alert(1)&gt;"));
  EXPECT_EQ(escape_html("a\"b'c\x01"), "a&quot;b&#39;c");
}

TEST(Html, HasNothingFromElsewhereAndIsForPrint) {
  const std::string page = print_html(document());
  for (const char* no : {"http://", "https://", "//", "src=\"", "url(", "@import"})
    EXPECT_THAT(page, Not(HasSubstr(no)));
  EXPECT_THAT(page, HasSubstr("size: A4"));
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
}

TEST(Html, TablesCanBeReadAloud) {
  const std::string page = print_html(document());
  EXPECT_THAT(page, HasSubstr("<html lang=\"vi\">"));
  EXPECT_THAT(page, HasSubstr("<caption>Các đợt</caption>"));
  EXPECT_THAT(page, HasSubstr("<th scope=\"col\">Đợt</th>"));
  EXPECT_THAT(page, HasSubstr("<th scope=\"row\">Tổng</th><td class=\"n\">50,0%</td>"));
  EXPECT_THAT(page, HasSubstr("<td class=\"n\">450.000</td>"));
}

}  // namespace
}  // namespace tongdai::report
