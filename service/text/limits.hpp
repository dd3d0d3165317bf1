#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/encoding.hpp"

namespace tongdai::text {

/// What a carrier takes of a text. Of a gateway's configuration.
struct Limits {
  bool unicode = true;                      ///< takes UCS-2
  std::size_t parts_max = text::parts_max;  ///< of one text
  std::string forbidden{};                  ///< characters it refuses, UTF-8
  bool strips_accents = false;              ///< what goes this way is stripped of its accents before
  /// Where each part ends, in characters; what is longer than the last is refused. Empty: as the encoding has
  /// it. Vietnamese carriers: 160, 306, 459, and 122, 268, 421 for advertising.
  std::vector<std::size_t> chars{};
  std::vector<std::size_t> advertising_chars{};
  /// Approved texts of campaigns, "{}" standing for any words. Empty: all.
  std::vector<std::string> templates{};
};

/// What both allow: `own` of the gateway's kind, `configured` by whoever knows its contract.
[[nodiscard]] Limits narrowed(Limits own, const Limits& configured);

/// What kind of text it is, to a carrier.
enum class Kind : std::uint8_t {
  other,        ///< no campaign
  care,         ///< a campaign that is no advertising
  advertising,  ///< Decree 91/2020
};

/// Why a carrier would refuse a text.
struct Misfit {
  bool is_too_long = false;  ///< else something in it
  std::string what;          ///< and what to change
};

/// `text` as it would be sent (NFC, stripped if the gateway strips), with its measure. nullopt if it fits.
/// Any thread.
[[nodiscard]] std::optional<Misfit> misfit(std::string_view text, const Measure& measure,
                                           const Limits& limits, Kind kind);

/// How many parts the carrier charges: by its own ends of parts where it has some.
[[nodiscard]] std::size_t charged_parts(const Measure& measure, const Limits& limits, Kind kind);

/// Does the text read as `pattern`, where each "{}" stands for any words, none included? Any thread.
[[nodiscard]] bool matches_template(std::string_view text, std::string_view pattern);

}  // namespace tongdai::text
