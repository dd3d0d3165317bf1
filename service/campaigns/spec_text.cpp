#include <fmt/format.h>

#include <algorithm>

#include "campaigns/spec_parts.hpp"
#include "text/encoding.hpp"
#include "text/fold.hpp"
#include "text/language.hpp"
#include "text/template.hpp"

namespace tongdai::campaigns {
namespace {

/// The [text.fallback] table: a value for each placeholder of the body, and for nothing else.
void read_fallback(config::Reader& r, const std::vector<std::string>& placeholders, SpecText& text) {
  for (const auto& [name, node] : r.members()) {
    if (std::ranges::find(placeholders, name) == placeholders.end()) {
      r.fault(name, fmt::format("there is no {{{}}} in the body", name));
      continue;
    }
    std::string value = r.text(name, "");
    if (text::clean_value(value) != text::nfc(value)) {
      r.fault(name, fmt::format("must be one line of at most {} characters, without braces, links and spaces "
                                "around it; \"\" for nothing",
                                text::value_chars_max));
    }
    text.fallback[name] = std::move(value);
  }
}

void read_placeholders(config::Reader& r, SpecText& text) {
  const auto parsed = text::Template::parse(text.body);
  if (!parsed) {
    (void)r.raw("fallback");
    r.fault("body", parsed.error().what);
    return;
  }
  const auto& names = parsed->placeholders();
  if (r.has("fallback")) {
    r.table("fallback", [&](config::Reader& own) { read_fallback(own, names, text); });
  }
  for (const std::string& name : names) {
    if (text.fallback.contains(name)) continue;
    r.fault("fallback." + name,
            fmt::format("is required: what stands in place of {{{}}} where it is not known, \"\" for nothing",
                        name));
  }
}

void check_body(config::Reader& r, Class klass, const SpecText& text) {
  if (!text.body.empty() && text.body.find_first_not_of(" \t\r\n") == std::string::npos)
    r.fault("body", "must not be blank");
  const auto parts = text::measure(text.rendered()).parts;
  if (parts > text_parts_max)
    r.fault("body", fmt::format("must fit into {} parts, needs {}", text_parts_max, parts));
  const bool labelled = text.body.starts_with("[QC]") || text.body.starts_with("[AD]");
  if (klass == Class::advertising && !labelled) {
    r.fault("body", "must begin with [QC] or [AD]: the campaign's class is advertising (Decree 91/2020)");
  }
}

}  // namespace

std::string SpecText::rendered() const {
  std::string whole = body;
  if (const auto parsed = text::Template::parse(body)) {
    std::vector<std::string> values;
    for (const std::string& name : parsed->placeholders()) {
      const auto known = fallback.find(name);
      values.push_back(known == fallback.end() ? "" : known->second);
    }
    whole = parsed->render(values);
  }
  return accents == Accents::strip ? text::strip_accents(whole) : text::nfc(whole);
}

SpecText read_text(config::Reader& r, Class klass, const std::vector<SpecText>& earlier) {
  SpecText text;
  text.language = r.text("language", "vi");
  if (!text::is_language(text.language))
    r.fault("language", "must be an ISO 639 code such as vi or en, with a script such as hmn-rpa if need be");
  text.accents = *from_name<Accents>(r.one_of("accents", {"keep", "strip"}, "keep"));
  text.body = r.text("body");
  read_placeholders(r, text);
  check_body(r, klass, text);
  if (std::ranges::find(earlier, text.language, &SpecText::language) != earlier.end()) {
    r.fault("language", fmt::format("has a text already: \"{}\"", text.language));
  }
  return text;
}

}  // namespace tongdai::campaigns
