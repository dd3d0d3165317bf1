#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/reader.hpp"
#include "text/time_zone.hpp"

namespace tongdai::text {

/// A local day without its zone.
using Date = std::chrono::year_month_day;

/// "2026-09-02"; nullopt for anything else and for days that are in no calendar.
[[nodiscard]] std::optional<Date> parse_date(std::string_view written);
/// The same, or as people here write it: "25/11/2021".
[[nodiscard]] std::optional<Date> parse_day(std::string_view written);
[[nodiscard]] std::string print(Date date);
[[nodiscard]] Date date_of(const LocalTime& local);
/// A required or optional day of a document; the fault says the form.
[[nodiscard]] std::optional<Date> read_date(config::Reader& r, std::string_view key);
/// The first instant of the day in a zone.
[[nodiscard]] TimePoint begin_of(Date date, const TimeZone& zone);

/// Public holidays, by name: a file with one [[holiday]] each, of a `date`, or `from` one day `to` another
/// (both included). Data, as they are decreed anew every year. Immutable; any thread.
class Holidays {
 public:
  /// Every fault with its place.
  [[nodiscard]] static Holidays read(const config::Node& document, config::Faults& faults);
  /// The name of the holiday; nullopt on other days.
  [[nodiscard]] std::optional<std::string_view> on(Date date) const;
  [[nodiscard]] bool empty() const noexcept { return spans_.empty(); }
  /// Does any begin in this year? One without is most likely not written down yet.
  [[nodiscard]] bool knows(std::chrono::year year) const;

 private:
  struct Span {
    Date first, last;  // both included
    std::string name;
  };
  std::vector<Span> spans_;
};

}  // namespace tongdai::text
