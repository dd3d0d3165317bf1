#include "report/locale.hpp"

#include <fmt/format.h>
#include <unicode/dtfmtsym.h>
#include <unicode/numberformatter.h>
#include <unicode/smpdtfmt.h>
#include <unicode/unistr.h>

#include <chrono>
#include <memory>

namespace tongdai::report {
namespace {

icu::Locale locale_of(Language language) {
  return language == Language::vi ? icu::Locale("vi", "VN") : icu::Locale("en", "GB");
}

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

/// A day of the calendar, by an ICU pattern.
std::string print_day(int year, int month, int day, const char* pattern, Language language) {
  using namespace std::chrono;
  const sys_days date{std::chrono::year{year} / std::chrono::month{static_cast<unsigned>(month)} /
                      std::chrono::day{static_cast<unsigned>(day)}};
  UErrorCode error = U_ZERO_ERROR;
  icu::SimpleDateFormat format(icu::UnicodeString::fromUTF8(pattern), locale_of(language), error);
  if (U_FAILURE(error)) return fmt::format("{}-{:02}-{:02}", year, month, day);
  format.setTimeZone(*icu::TimeZone::getGMT());
  icu::UnicodeString out;
  format.format(static_cast<UDate>(duration_cast<milliseconds>(date.time_since_epoch()).count()), out);
  return utf8(out);
}

}  // namespace

std::string print_number(double number, int decimals, Language language) {
  UErrorCode error = U_ZERO_ERROR;
  const auto out = icu::number::NumberFormatter::withLocale(locale_of(language))
                       .grouping(UNUM_GROUPING_ON_ALIGNED)
                       .precision(icu::number::Precision::maxFraction(decimals))
                       .formatDouble(number, error)
                       .toString(error);
  return U_FAILURE(error) ? fmt::format("{}", number) : utf8(out);
}

std::string print_share(double share, Language language) {
  constexpr double percent = 100;
  UErrorCode error = U_ZERO_ERROR;
  const auto out = icu::number::NumberFormatter::withLocale(locale_of(language))
                       .precision(icu::number::Precision::fixedFraction(1))
                       .formatDouble(share * percent, error)
                       .toString(error);
  return (U_FAILURE(error) ? fmt::format("{}", share * percent) : utf8(out)) + '%';
}

std::string print_date(TimePoint at, const text::TimeZone& zone, Language language) {
  const auto t = zone.local(at);
  return print_day(t.year, t.month, t.day, language == Language::vi ? "dd/MM/yyyy" : "d MMMM yyyy", language);
}

std::string print_moment(TimePoint at, const text::TimeZone& zone, Language language) {
  constexpr int hour = 60;  // minutes
  const auto t = zone.local(at);
  return fmt::format("{:02}:{:02} {}", t.minute_of_day / hour, t.minute_of_day % hour,
                     print_date(at, zone, language));
}

std::string print_interval(const std::string& interval, Language language) {
  const std::size_t dash = interval.find('-');
  if (dash == std::string::npos || dash + 1 >= interval.size()) return interval;
  const std::string year = interval.substr(0, dash);
  const std::string rest = interval.substr(dash + 1);
  if (rest.front() == 'W') {
    return fmt::format("{} {}/{}", language == Language::vi ? "Tuần" : "Week", rest.substr(1), year);
  }
  return print_day(std::stoi(year), std::stoi(rest), 1, language == Language::vi ? "MM/yyyy" : "MMMM yyyy",
                   language);
}

}  // namespace tongdai::report
