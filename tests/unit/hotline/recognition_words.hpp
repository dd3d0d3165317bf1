#pragma once

#include "config/toml_file.hpp"
#include "hotline/words.hpp"
#include "support/source_dir.hpp"

namespace tongdai::hotline {

/// The words that come with the service, its languages included.
inline const Words& words_of_the_service() {
  static const Words read = [] {
    config::Faults faults;
    Words words =
        Words::read(config::read_toml_file(in_checkout("/config/hotline/phrases.toml")).value(), faults);
    std::string printed;
    words.add_languages(in_checkout("/config/hotline/languages"), printed);
    if (!faults.empty() || !printed.empty()) throw std::runtime_error(config::print(faults, "") + printed);
    return words;
  }();
  return read;
}

}  // namespace tongdai::hotline
