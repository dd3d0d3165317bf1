#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "campaigns/audience_query.hpp"
#include "campaigns/campaign_state.hpp"
#include "config/reader.hpp"
#include "text/holidays.hpp"
#include "text/windows.hpp"

namespace tongdai::campaigns {

enum class Accents : std::uint8_t { keep, strip };

struct SpecText {
  std::string language;  ///< ISO 639, a script may follow ("hmn-rpa"); the first text is the default
  Accents accents = Accents::keep;
  std::string body;                               ///< as written
  std::map<std::string, std::string> fallback{};  ///< by placeholder: what stands there if nothing is known

  /// As it will be sent to one of whom nothing is known.
  [[nodiscard]] std::string rendered() const;
};

/// When, and how fast.
struct Schedule {
  TimePoint start{};
  TimePoint end{};
  text::DayWindows windows;
  bool skip_holidays = false;
  int rate = 0;         ///< parts a second at most; 0 for the gateway's own
  std::string gateway;  ///< this one only; "" lets the routes choose
};

/// Why such a class may be sent so, if its author says nothing else (Decree 91/2020/ND-CP).
[[nodiscard]] std::string_view default_legal_basis(Class klass);

/// One date of a series.
struct SpecStep {
  std::string title;
  TimePoint start{};
  TimePoint end{};
  std::vector<SpecText> texts;  ///< empty: the campaign's
  std::string day{};            ///< of a drip: who it is for, as AudienceQuery::days
};

/// Days on which it goes out anew.
struct Repeat {
  text::Weekdays on{};              ///< every one of these days of the week, `until`
  std::optional<text::Date> until;  ///< included
  std::vector<text::Date> dates;    ///< or these, in order
};

/// Each person of the audience's list gets it so many days after the day that a column of the list has for
/// them.
struct Drip {
  static constexpr int days_max = 366;

  std::string column;
  int days = 0;  ///< after that day; before it if negative
};

/// A first share, and what halts the campaign after it.
struct Canary {
  int size = 0;  ///< recipients; 0 for none
  int failures_max_percent = 20;
  int opt_outs_max_percent = 5;
  Duration wait = 30min;  ///< for receipts and refusals
};

/// A campaign as its author wrote it (CONTRACT: a campaign file). Names only; the directory is not asked
/// here.
struct Spec {
  std::string title;
  Class klass = Class::social_policy;
  std::string legal_basis;  ///< why it may be sent so; recorded. Without one, its class's
  AudienceQuery audience;
  std::vector<SpecText> texts;  ///< at least one, unless every step has its own
  Schedule schedule;
  std::vector<SpecStep> steps;   ///< a series: each step is a campaign of its own
  std::optional<Repeat> repeat;  ///< a series of days; never with steps
  std::optional<Drip> drip;      ///< a series by the days of a list; never with either
  Canary canary;
  bool paced_by_cases = true;  ///< slows down while the hotline has more than its people can take

  /// Every fault with its place. Without an end, it ends `default_run` after its start or `now`.
  [[nodiscard]] static Spec read(const config::Node& document, TimePoint now, config::Faults& faults);
};

}  // namespace tongdai::campaigns

template <>
struct tongdai::EnumNames<tongdai::campaigns::Accents> {
  static constexpr std::array<std::string_view, 2> names{"keep", "strip"};
};
