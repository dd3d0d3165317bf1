#include <fmt/format.h>

#include <algorithm>

#include "campaigns/spec_parts.hpp"
#include "text/encoding.hpp"
#include "text/fold.hpp"

namespace tongdai::campaigns {
namespace {

constexpr std::size_t parts_max = 10;  // a longer blast is a mistake

bool is_language(std::string_view code) {
  return code.size() >= 2 && code.size() <= 3 &&
         std::ranges::all_of(code, [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

std::string SpecText::rendered() const {
  return accents == Accents::strip ? text::strip_accents(body) : text::nfc(body);
}

SpecText read_text(config::Reader& r, Class klass, const std::vector<SpecText>& earlier) {
  SpecText text;
  text.language = r.text("language", "vi");
  if (!is_language(text.language)) r.fault("language", "must be an ISO 639 code such as vi, hmn or en");
  text.accents = *from_name<Accents>(r.one_of("accents", {"keep", "strip"}, "keep"));
  text.body = r.text("body");
  const auto parts = text::measure(text.rendered()).parts;
  if (parts > parts_max) r.fault("body", fmt::format("must fit into {} parts, needs {}", parts_max, parts));
  const bool labelled = text.body.starts_with("[QC]") || text.body.starts_with("[AD]");
  if (klass == Class::advertising && !labelled) {
    r.fault("body", "must begin with [QC] or [AD]: the campaign's class is advertising (Decree 91/2020)");
  }
  if (std::ranges::find(earlier, text.language, &SpecText::language) != earlier.end()) {
    r.fault("language", fmt::format("has a text already: \"{}\"", text.language));
  }
  return text;
}

}  // namespace tongdai::campaigns
