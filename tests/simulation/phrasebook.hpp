#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hotline/words.hpp"

namespace tongdai::simulation {

/// Tells by the configured texts which of them one is, and what stands in its places.
class Phrasebook {
 public:
  explicit Phrasebook(const hotline::Words& words);

  struct Reading {
    std::string key;  ///< "alert"; of a language other than the first without its ending
    std::map<std::string, std::string> values;
  };
  [[nodiscard]] std::optional<Reading> to_facility(const std::string& text) const;
  [[nodiscard]] std::optional<Reading> to_reporter(const std::string& text) const;

 private:
  struct Form {
    std::string key;
    std::vector<std::string> between;  ///< what stands around the places, one more than those
    std::vector<std::string> names;    ///< of the places
  };
  [[nodiscard]] static std::vector<Form> forms_of(const std::map<std::string, std::string>& texts);
  [[nodiscard]] static std::optional<Reading> read(const std::vector<Form>& forms, const std::string& text);

  std::vector<Form> facility_;
  std::vector<Form> reporter_;
};

}  // namespace tongdai::simulation
