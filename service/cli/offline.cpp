#include "cli/offline.hpp"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>
#include <system_error>

#include "config/toml_file.hpp"
#include "text/encoding.hpp"
#include "text/fold.hpp"

namespace tongdai::cli {

namespace {

Json measured(std::string_view utf8) {
  const text::Measure measure = text::measure(utf8);
  return {{"encoding", name_of(measure.encoding)}, {"units", measure.units}, {"parts", measure.parts}};
}

Json or_null(const std::string& name) {
  return name.empty() ? Json(nullptr) : Json(name);
}

Failure failure_of(const config::Faults& faults, const std::filesystem::path& file) {
  Failure failed{Exit::refused, {}};
  for (const config::Fault& fault : faults) failed.lines.push_back(fault.print(file.string()));
  return failed;
}

}  // namespace

Json measure_text(std::string_view utf8) {
  const std::string unaccented = text::strip_accents(utf8);
  Json cheaper = {{"text", unaccented}};
  cheaper.update(measured(unaccented));
  Json document = measured(utf8);
  document["unaccented"] = std::move(cheaper);
  return document;
}

Json parse_number(const text::NumberingPlan& plan, std::string_view written) {
  const Result<text::ParsedNumber> number = plan.parse(written);
  if (!number) return {{"valid", false}, {"reason", number.error().what}};
  return {{"valid", true},
          {"e164", number->phone.reveal()},
          {"type", name_of(number->type)},
          {"carrier", or_null(number->carrier)},
          {"migrated_from", or_null(number->migrated_from)}};
}

Outcome<std::filesystem::path> find_plan(const Terminal& terminal, const std::string& option) {
  if (!option.empty()) return option;
  const std::optional<std::string> named = terminal.environment("TONGDAI_NUMBERING_PLAN");
  if (named && !named->empty()) return *named;
  std::vector<std::filesystem::path> places;
  if (!terminal.executable.empty()) {
    const std::filesystem::path checkout =
        terminal.executable.parent_path() / "../../config/numbering/vn.toml";
    places.push_back(checkout.lexically_normal());
  }
  places.emplace_back("/etc/tongdai/numbering/vn.toml");
  places.emplace_back("/usr/share/tongdai/numbering/vn.toml");
  for (const std::filesystem::path& place : places) {
    std::error_code ignored;
    if (std::filesystem::exists(place, ignored)) return place;
  }
  Failure none{Exit::refused,
               {"There is no numbering plan: name one with --plan FILE or $TONGDAI_NUMBERING_PLAN."}};
  for (const std::filesystem::path& place : places)
    none.lines.push_back(fmt::format("{}: no such file", place.string()));
  return std::unexpected(std::move(none));
}

Outcome<text::NumberingPlan> read_plan(const std::filesystem::path& file) {
  const std::expected<config::Node, config::Fault> document = config::read_toml_file(file);
  if (!document) return std::unexpected(failure_of({document.error()}, file));
  config::Faults faults;
  text::NumberingPlan plan = text::NumberingPlan::read(*document, faults);
  if (!faults.empty()) return std::unexpected(failure_of(faults, file));
  return plan;
}

}  // namespace tongdai::cli
