#pragma once

#include <optional>
#include <string>
#include <vector>

#include "campaigns/campaign_state.hpp"
#include "config/reader.hpp"
#include "text/windows.hpp"

namespace tongdai::campaigns {

enum class Accents : std::uint8_t { keep, strip };

struct SpecText {
  std::string language;  ///< ISO 639; the first text is the default
  Accents accents = Accents::keep;
  std::string body;  ///< as written

  /// As it will be sent.
  [[nodiscard]] std::string rendered() const;
};

/// A campaign as its author wrote it (CONTRACT: a campaign file). Names only; the directory is not asked
/// here.
struct Spec {
  std::string title;
  Class klass = Class::social_policy;
  std::vector<std::string> groups;
  std::vector<std::string> units;  ///< codes
  std::vector<std::string> exclude_groups;
  std::vector<SpecText> texts;  ///< at least one
  TimePoint start{};
  TimePoint end{};
  text::DayWindows windows;
  int rate = 0;  ///< parts a second at most; 0 for the gateway's own

  /// Every fault with its place. Without an end, it ends `default_run` after its start or `now`.
  [[nodiscard]] static Spec read(const config::Node& document, TimePoint now, config::Faults& faults);
};

}  // namespace tongdai::campaigns

template <>
struct tongdai::EnumNames<tongdai::campaigns::Accents> {
  static constexpr std::array<std::string_view, 2> names{"keep", "strip"};
};
