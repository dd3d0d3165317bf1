#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "campaigns/audience_query.hpp"
#include "campaigns/campaign_state.hpp"
#include "config/reader.hpp"
#include "text/windows.hpp"

namespace tongdai::campaigns {

enum class Accents : std::uint8_t { keep, strip };

struct SpecText {
  std::string language;  ///< ISO 639, a script may follow ("hmn-rpa"); the first text is the default
  Accents accents = Accents::keep;
  std::string body;                               ///< as written
  std::map<std::string, std::string> fallback{};  ///< by placeholder: what stands there if nothing is known

  /// As it will be sent.
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

/// One date of a series.
struct SpecStep {
  std::string title;
  TimePoint start{};
  TimePoint end{};
  std::vector<SpecText> texts;  ///< empty: the campaign's
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
  std::string legal_basis;  ///< why it may be sent so; recorded
  AudienceQuery audience;
  std::vector<SpecText> texts;  ///< at least one
  Schedule schedule;
  std::vector<SpecStep> steps;  ///< a series: each step is a campaign of its own
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
