#include <string>

#include "config/toml_file.hpp"
#include "fuzz/input.hpp"
#include "hotline/words.hpp"
#include "support/source_dir.hpp"
#include "text/fold.hpp"

/// Any bytes are read as a report. Promised: it ends, what is found stands within the text, and the urgency
/// has a flag that says why.
namespace {

using namespace tongdai;
using fuzz::require;

const hotline::recognition::Recogniser& recogniser() {
  static const hotline::Words words = [] {
    config::Faults faults;
    auto read = hotline::Words::read(
        config::read_toml_file(in_checkout("/config/hotline/phrases.toml")).value(), faults);
    std::string printed;
    read.add_languages(in_checkout("/config/hotline/languages"), printed);
    require(faults.empty() && printed.empty());
    return read;
  }();
  return *words.recogniser;
}

std::size_t characters(std::string_view utf8) {
  std::size_t n = 0;
  for (const char c : utf8) n += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U ? 1 : 0;
  return n;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string octets(reinterpret_cast<const char*>(data), size);
  // As stored: what is no UTF-8 is gone.
  const std::string text = text::nfc(octets);
  const auto found = recogniser().recognise(text);
  const std::size_t length = characters(text);
  for (const auto& finding : found.findings) {
    require(finding.from + finding.length <= length);
    require(!finding.value.empty());
  }
  require(found.urgency == hotline::Urgency::normal || !found.flags.empty());
  return 0;
}
