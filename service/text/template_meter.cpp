#include "text/template_meter.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "text/fold.hpp"
#include "text/gsm7_table.hpp"

namespace tongdai::text {
namespace {

constexpr std::size_t values_kept = 65'536;

}  // namespace

TemplateMeter::TemplateMeter(Template text, bool strip) : text_(std::move(text)), strip_(strip) {
  for (const Template::Piece& piece : text_.pieces()) {
    const Cost c = cost_of(piece.words);
    words_.gsm7 = words_.gsm7 && c.gsm7;
    words_.is_simple = words_.is_simple && c.is_simple;
    words_.septets += c.septets;
    words_.units += c.units;
  }
}

TemplateMeter::Cost TemplateMeter::cost_of(std::string_view words) const {
  const std::string sent = strip_ ? strip_accents(words) : nfc(words);
  const auto text = icu::UnicodeString::fromUTF8(sent);
  Cost cost;
  for (std::int32_t i = 0; i < text.length(); ++i) {
    const auto place = gsm7_find(text.charAt(i));
    cost.gsm7 = cost.gsm7 && place.has_value();
    cost.septets += place && place->extended ? 2 : 1;
    // A mark may go together with what stands before it, in another piece; two units are never cut apart.
    if ((place && place->extended) || U16_IS_SURROGATE(text.charAt(i)) ||
        u_hasBinaryProperty(text.charAt(i), UCHAR_GRAPHEME_EXTEND))
      cost.is_simple = false;
  }
  cost.units = static_cast<std::size_t>(text.length());
  return cost;
}

const TemplateMeter::Cost& TemplateMeter::cost_of_value(const std::string& value) {
  if (const auto known = values_.find(value); known != values_.end()) return known->second;
  if (values_.size() >= values_kept) values_.clear();
  return values_.emplace(value, cost_of(value)).first->second;
}

Measure TemplateMeter::measure(std::span<const std::string> values) {
  Cost sum = words_;
  for (const Template::Piece& piece : text_.pieces()) {
    if (!piece.placeholder) continue;
    const Cost& c = cost_of_value(values[*piece.placeholder]);
    sum.gsm7 = sum.gsm7 && c.gsm7;
    sum.is_simple = sum.is_simple && c.is_simple;
    sum.septets += c.septets;
    sum.units += c.units;
  }
  if (!sum.is_simple) {
    const std::string whole = text_.render(values);
    return text::measure(strip_ ? strip_accents(whole) : whole);
  }
  Measure m;
  m.encoding = sum.gsm7 ? Encoding::gsm7 : Encoding::ucs2;
  m.units = sum.gsm7 ? sum.septets : sum.units;
  m.parts = parts_of(m.units, m.encoding);
  return m;
}

}  // namespace tongdai::text
