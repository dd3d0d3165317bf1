#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "app/config.hpp"
#include "text/fold.hpp"
#include "text/template.hpp"

namespace tongdai::app {
namespace {

constexpr double price_max = 1'000'000;     // of a part, in any currency
constexpr std::int64_t chars_max = 39'015;  // 255 parts of GSM 7-bit
constexpr std::size_t ends_max = 10;        // parts

/// Where parts end: "chars = [160, 306, 459]".
std::vector<std::size_t> read_ends(config::Reader& r, std::string_view key) {
  const config::Node* const node = r.raw(key);
  if (node == nullptr) return {};
  std::vector<std::size_t> ends;
  const auto* const list = std::get_if<config::Node::Array>(&node->value());
  bool sound = list != nullptr && !list->empty() && list->size() <= ends_max;
  for (std::size_t i = 0; sound && i < list->size(); ++i) {
    const auto* const end = std::get_if<std::int64_t>(&(*list)[i].value());
    sound = end != nullptr && *end >= 1 && *end <= chars_max &&
            (ends.empty() || *end > static_cast<std::int64_t>(ends.back()));
    if (sound) ends.push_back(static_cast<std::size_t>(*end));
  }
  if (!sound) {
    r.fault(key,
            fmt::format("must be a list of 1 to {} rising numbers of characters, such as [160, 306, 459]",
                        ends_max));
  }
  return ends;
}

std::vector<std::string> read_templates(config::Reader& r) {
  std::vector<std::string> templates = r.texts("templates");
  for (std::string& t : templates) {
    if (t.find_first_not_of("{} ") == std::string::npos)
      r.fault("templates", fmt::format("must each hold words beside {{}}, got \"{}\"", t));
    t = text::nfc(t);
  }
  return templates;
}

}  // namespace

void read_limits(config::Reader& r, gateway::Settings& settings) {
  text::Limits& limits = settings.limits;
  limits.strips_accents = r.one_of("accents", {"keep", "strip"}, "keep") == "strip";
  limits.unicode = r.boolean("unicode", true);
  limits.parts_max =
      static_cast<std::size_t>(r.integer("parts_max", 1, static_cast<std::int64_t>(text::parts_max),
                                         static_cast<std::int64_t>(text::parts_max)));
  limits.forbidden = text::nfc(r.text("forbidden", ""));
  limits.chars = read_ends(r, "chars");
  limits.advertising_chars = read_ends(r, "advertising_chars");
  limits.templates = read_templates(r);
}

void read_prices(config::Reader& r, const text::NumberingPlan& plan, gateway::Settings& settings) {
  settings.prices.per_part = r.number("price_per_part", 0, price_max, 0);
  const std::vector<std::string> carriers = plan.carriers();
  r.table("prices", [&](config::Reader& own) {
    for (const auto& [name, node] : own.members()) {
      const double price = own.number(name, 0, price_max, 0);
      const auto carrier = std::ranges::find_if(
          carriers, [&](const std::string& c) { return text::fold(c) == text::fold(name); });
      if (carrier == carriers.end()) {
        own.fault(name, fmt::format("there is no such carrier in the numbering plan; known: {}",
                                    fmt::join(carriers, ", ")));
      } else {
        settings.prices.by_carrier[*carrier] = price;
      }
    }
  });
}

void read_way_out(config::Reader& r, Config& config) {
  config.opt_out_line = r.text("opt_out_line", config.opt_out_line);
  if (config.opt_out_line.empty()) return;
  const auto line = text::Template::parse(config.opt_out_line);
  if (!line) {
    r.fault("opt_out_line", line.error().what);
  } else if (std::ranges::any_of(line->placeholders(), [](const std::string& n) { return n != "line"; })) {
    r.fault("opt_out_line", "may name {line} only: the number that people text to");
  }
}

void complete_way_out(Config& config, config::Reader& top) {
  const auto line = text::Template::parse(config.opt_out_line);
  if (!line || line->pieces().empty() || config.words.commands.opt_out.empty()) return;
  const bool needs_number = !line->is_plain();
  if (needs_number && config.line_as_written.empty()) {
    config.opt_out_line.clear();  // authors of advertising write theirs
    return;
  }
  std::vector<std::string> values(line->placeholders().size(), config.line_as_written);
  config.opt_out_line = line->render(values);
  if (campaigns::names_way_out(config.opt_out_line, config.words.commands.opt_out)) return;
  top.fault(
      "campaigns.opt_out_line",
      fmt::format("must hold a word of refusal and behind it the number that takes it, such as \"Tu choi: "
                  "soan TC gui {{line}}\", got \"{}\"",
                  config.opt_out_line));
}

}  // namespace tongdai::app
