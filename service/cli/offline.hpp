#pragma once

#include <filesystem>
#include <string_view>

#include "cli/client.hpp"
#include "cli/print.hpp"
#include "cli/terminal.hpp"
#include "text/numbering_plan.hpp"

/// What needs no daemon.
namespace tongdai::cli {

/// {encoding, units, parts, unaccented: {text, encoding, units, parts}} of a text as it would be sent.
[[nodiscard]] Json measure_text(std::string_view utf8);

/// {valid: true, e164, type, carrier, migrated_from}, unknown ones null; or {valid: false, reason}, which
/// never repeats the number.
[[nodiscard]] Json parse_number(const text::NumberingPlan& plan, std::string_view written);

/// `option` if not "", else $TONGDAI_NUMBERING_PLAN, else the first that exists of: the checkout's from its
/// build folder, /etc/tongdai, /usr/share/tongdai. Failure: refused, if none is there; it lists them.
[[nodiscard]] Outcome<std::filesystem::path> find_plan(const Terminal& terminal, const std::string& option);

/// Failure: refused, a line a fault of the file.
[[nodiscard]] Outcome<text::NumberingPlan> read_plan(const std::filesystem::path& file);

}  // namespace tongdai::cli
