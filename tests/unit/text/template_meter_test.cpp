#include "text/template_meter.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>

#include "text/fold.hpp"

namespace tongdai::text {
namespace {

// Pieces of every kind: plain, accented, extension characters, a pair of surrogates, a mark that joins.
constexpr std::array<std::string_view, 9> scraps{"Lo Thi A", "Đoàn Kết", "[x]",          "€", "😀", "\u0303",
                                                 "",         "àéìò",     "x\u0302\u0301"};

std::string scrap() {
  std::string out;
  for (int i = *rc::gen::inRange(0, 5); i > 0; --i)
    out += scraps[*rc::gen::inRange<std::size_t>(0, scraps.size())];
  return out;
}

RC_GTEST_PROP(TemplateMeter, AgreesWithMeasuringTheWholeText, ()) {
  std::string body;
  for (int i = *rc::gen::inRange(0, 12); i > 0; --i)
    body += scrap() + (*rc::gen::arbitrary<bool>() ? "{a}" : "{b}");
  const auto parsed = Template::parse(body);
  RC_ASSERT(parsed.has_value());
  const bool strip = *rc::gen::arbitrary<bool>();
  TemplateMeter meter(*parsed, strip);
  for (int i = 0; i < 4; ++i) {
    std::vector<std::string> values;
    for (std::size_t n = 0; n < parsed->placeholders().size(); ++n) values.push_back(clean_value(scrap()));
    const std::string whole = parsed->render(values);
    const Measure expected = measure(strip ? strip_accents(whole) : whole);
    const Measure got = meter.measure(values);
    RC_ASSERT(got.encoding == expected.encoding);
    RC_ASSERT(got.units == expected.units);
    RC_ASSERT(got.parts == expected.parts);
  }
}

TEST(TemplateMeter, KnowsTheLimits) {
  TemplateMeter meter(Template::parse("{a}").value(), false);
  const auto parts = [&](std::string value) { return meter.measure(std::array{std::move(value)}).parts; };
  EXPECT_EQ(parts(std::string(160, 'a')), 1U);
  EXPECT_EQ(parts(std::string(161, 'a')), 2U);
  EXPECT_EQ(parts(std::string(307, 'a')), 3U);
  EXPECT_EQ(parts("Đ" + std::string(69, 'a')), 1U);
  EXPECT_EQ(parts("Đ" + std::string(70, 'a')), 2U);
}

}  // namespace
}  // namespace tongdai::text
