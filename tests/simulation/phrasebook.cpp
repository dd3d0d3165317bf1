#include "simulation/phrasebook.hpp"

#include <algorithm>

namespace tongdai::simulation {
namespace {

/// "acknowledge_vi" -> "acknowledge".
std::string without_language(const std::string& key) {
  const auto mark = key.rfind('_');
  const bool ends_with_language = mark != std::string::npos && key.size() - mark == 3;
  return ends_with_language ? key.substr(0, mark) : key;
}

bool is_code(const std::string& value) {
  return value.size() >= 4 && value.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

Phrasebook::Phrasebook(const hotline::Words& words)
    : facility_(forms_of(words.facility)), reporter_(forms_of(words.replies)) {}

std::vector<Phrasebook::Form> Phrasebook::forms_of(const std::map<std::string, std::string>& texts) {
  std::vector<Form> forms;
  for (const auto& [key, text] : texts) {
    Form form{without_language(key), {}, {}};
    std::size_t from = 0;
    for (std::size_t open = text.find('{'); open != std::string::npos; open = text.find('{', from)) {
      const std::size_t close = text.find('}', open);
      if (close == std::string::npos) break;
      form.between.push_back(text.substr(from, open - from));
      form.names.push_back(text.substr(open + 1, close - open - 1));
      from = close + 1;
    }
    form.between.push_back(text.substr(from));
    forms.push_back(std::move(form));
  }
  return forms;
}

std::optional<Phrasebook::Reading> Phrasebook::read(const std::vector<Form>& forms, const std::string& text) {
  for (const Form& form : forms) {
    if (!text.starts_with(form.between.front())) continue;
    Reading reading{form.key, {}};
    std::size_t at = form.between.front().size();
    bool fits = true;
    for (std::size_t i = 0; fits && i < form.names.size(); ++i) {
      const std::string& next = form.between[i + 1];
      const bool is_last = i + 1 == form.names.size();
      const std::size_t end = is_last ? (text.ends_with(next) ? text.size() - next.size() : std::string::npos)
                                      : text.find(next, at);
      fits = end != std::string::npos && end >= at;
      if (!fits) break;
      const std::string value = text.substr(at, end - at);
      const auto [place, is_new] = reading.values.emplace(form.names[i], value);
      fits = (is_new || place->second == value) && (form.names[i] != "code" || is_code(value));
      at = end + next.size();
    }
    if (fits && at == text.size()) return reading;
  }
  return std::nullopt;
}

std::optional<Phrasebook::Reading> Phrasebook::to_facility(const std::string& text) const {
  return read(facility_, text);
}

std::optional<Phrasebook::Reading> Phrasebook::to_reporter(const std::string& text) const {
  return read(reporter_, text);
}

}  // namespace tongdai::simulation
