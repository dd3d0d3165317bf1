#include "campaigns/fitness.hpp"

#include <fmt/format.h>

#include "campaigns/filling.hpp"
#include "text/hints.hpp"

namespace tongdai::campaigns {
namespace {

/// What would be carried, in words: the first change that brings it down to what is allowed.
std::string remedy(const outbox::Body& body, const outbox::Router::Choice& choice, text::Kind kind) {
  for (const text::Hint& hint : text::hints(body.text)) {
    if (hint.change != "without accents") continue;
    if (check_fitness(outbox::measured_body(body.text, true), choice, kind))
      return "; without accents it would fit (accents = \"strip\")";
  }
  for (const text::Hint& hint : text::hints(body.text))
    return fmt::format("; {}: {} part{}", hint.change, hint.parts, hint.parts == 1 ? "" : "s");
  return "";
}

}  // namespace

config::Faults unfit_text(const Campaign& c, const Rendering::Variant& variant, const TrialsFor& trials,
                          const outbox::Router& router) {
  config::Faults faults;
  const text::Kind kind = kind_of(c);
  const std::string place = fmt::format("text[{}].body", variant.text.ordinal);
  for (const auto& choice : router.carriers(outbox::Purpose::campaign, c.schedule.gateway)) {
    for (const std::string& fill : trials(choice)) {
      const auto body = Rendering::body(variant, fill, choice.limits->strips_accents);
      const auto verdict = outbox::check_fitness(body, choice, kind);
      if (verdict) continue;
      const bool is_long = verdict.error().why == outbox::Refusal::too_long;
      faults.push_back({place, 0,
                        fmt::format("gateway \"{}\" cannot carry the text in \"{}\": {}{}", choice.gateway,
                                    variant.text.language, verdict.error().detail,
                                    is_long ? remedy(body, choice, kind) : "")});
      break;
    }
  }
  return faults;
}

config::Faults unfit(storage::Tx& tx, const Campaign& c, const outbox::Router& router) {
  config::Faults faults;
  if (router.carriers(outbox::Purpose::campaign, c.schedule.gateway).empty()) {
    faults.push_back({"schedule.gateway", 0,
                      c.schedule.gateway.empty()
                          ? "no route leads campaigns to a gateway that sends"
                          : fmt::format("gateway \"{}\" may not carry campaigns", c.schedule.gateway)});
    return faults;
  }
  if (!c.frozen) check_placeholders(tx, c.id, faults);
  const Rendering rendering(tx, c.id);
  const auto of_nobody_known = [](const outbox::Router::Choice&) { return std::vector<std::string>{""}; };
  for (const Rendering::Variant& variant : rendering.variants()) {
    const auto own = unfit_text(c, variant, of_nobody_known, router);
    faults.insert(faults.end(), own.begin(), own.end());
  }
  return faults;
}

}  // namespace tongdai::campaigns
