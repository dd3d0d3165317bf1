#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "text/encoding.hpp"
#include "text/fold.hpp"
#include "text_generators.hpp"

namespace tongdai::text {
namespace {

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += part;
  return text;
}

RC_GTEST_PROP(SplitProperty, PartsRejoinToTheTextInNfc, ()) {
  const std::string text = *any_text();
  RC_ASSERT(joined(split(text).value()) == nfc(text));
}

RC_GTEST_PROP(SplitProperty, GivesAsManyPartsAsMeasured, ()) {
  const std::string text = *any_text();
  RC_ASSERT(split(text).value().size() == measure(text).parts);
}

RC_GTEST_PROP(SplitProperty, EachPartIsOnePartOf67Units, ()) {
  const std::string text = "ư" + *any_text();
  const auto parts = split(text).value();
  RC_CLASSIFY(parts.size() > 1, "long");
  for (const std::string& part : parts) {
    RC_ASSERT(measure(part).parts == 1U);
    RC_ASSERT(to_ucs2(part).size() / 2 <= (parts.size() == 1 ? 70U : 67U));
  }
}

RC_GTEST_PROP(SplitProperty, EachPartIsOnePartOf153Septets, ()) {
  const auto parts = split(*any_gsm7_text()).value();
  RC_CLASSIFY(parts.size() > 1, "long");
  for (const std::string& part : parts) {
    RC_ASSERT(measure(part).parts == 1U);
    RC_ASSERT(to_gsm7(part).value().size() <= (parts.size() == 1 ? 160U : 153U));
  }
}

RC_GTEST_PROP(MeasureProperty, UnitsAreThoseOfTheEncodedText, ()) {
  const std::string text = *rc::gen::oneOf(any_text(), any_gsm7_text(), rc::gen::string<std::string>());
  const Measure m = measure(text);
  RC_CLASSIFY(is_ascii(text), "ASCII");
  RC_ASSERT(m.units == (fits_gsm7(text) ? to_gsm7(text).value().size() : to_ucs2(text).size() / 2));
  RC_ASSERT(m.parts == split(text).value().size());
}

RC_GTEST_PROP(Gsm7Property, RoundTrip, ()) {
  const std::string text = *any_gsm7_text();
  RC_ASSERT(from_gsm7(to_gsm7(text).value()) == text);
}

RC_GTEST_PROP(Gsm7Property, AgreesWithFits, ()) {
  const std::string text = *any_text();
  RC_ASSERT(to_gsm7(text).has_value() == fits_gsm7(text));
}

RC_GTEST_PROP(Ucs2Property, RoundTrip, ()) {
  const std::string text = *any_text();
  RC_ASSERT(from_ucs2(to_ucs2(text)) == nfc(text));
}

RC_GTEST_PROP(OctetsProperty, AnyOctetsAreReadAndMeasured, ()) {
  const std::string octets = *any_octets();
  const std::vector<std::uint8_t> raw(octets.begin(), octets.end());
  for (const std::string& text : {octets, from_gsm7(raw), from_ucs2(raw)}) {
    RC_ASSERT(joined(split(text).value()) == nfc(text));
    RC_ASSERT(nfc(nfc(text)) == nfc(text));
    RC_ASSERT(fold(fold(text)) == fold(text));
  }
}

}  // namespace
}  // namespace tongdai::text
