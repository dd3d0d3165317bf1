#include "hotline/recognition/language.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "config/toml_file.hpp"
#include "text/fold.hpp"
#include "text/phrase_book.hpp"

namespace tongdai::hotline::recognition {
namespace {

constexpr std::size_t code_max = 8;

/// The phrases of `key`; those that could never be found are faults.
std::vector<std::string> phrases(config::Reader& r, std::string_view key, bool required) {
  auto list = r.texts(key);
  if (required && list.empty()) r.fault(key, "must be a list of at least one phrase");
  text::PhraseBook book;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (book.add(list[i]) != text::PhraseBook::none) continue;
    r.fault(fmt::format("{}[{}]", key, i),
            fmt::format("must have 1 to {} words, \"~\" only between words, got \"{}\"",
                        text::PhraseBook::phrase_words_max, list[i]));
  }
  return list;
}

void check_services(config::Reader& r, const std::vector<std::string>& named,
                    const std::vector<std::string>& known) {
  for (const std::string& service : named) {
    if (std::ranges::find(known, service) == known.end()) {
      r.fault("services", fmt::format("must be of {}, as [service_names] has them, got \"{}\"",
                                      fmt::join(known, ", "), service));
    }
  }
}

std::string flag(config::Reader& r, std::string_view key) {
  std::string name = r.text(key);
  if (!name.empty() && std::ranges::find(flag_names, name) == flag_names.end()) {
    r.fault(key, fmt::format("must be one of {}, got \"{}\"", fmt::join(flag_names, ", "), name));
  }
  return name;
}

Urgency level(config::Reader& r) {
  return from_name<Urgency>(r.one_of("level", {"critical", "high", "normal"})).value_or(Urgency::normal);
}

/// meant = [written...], as pairs (written, meant).
std::vector<std::pair<std::string, std::string>> pairs(config::Reader& r) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& [meant, node] : r.members()) {
    for (const std::string& written : r.texts(meant)) {
      if (text::fold(written).empty() || text::fold(written) == text::fold(meant)) {
        r.fault(meant, fmt::format("must be written otherwise than it is meant, got \"{}\"", written));
      }
      out.emplace_back(written, meant);
    }
  }
  return out;
}

void read_urgency(config::Reader& top, const std::vector<std::string>& services, Language& language) {
  top.tables("urgency", [&](config::Reader& r, std::size_t) {
    UrgencyPhrases& each = language.urgency.emplace_back();
    each.flag = flag(r, "flag");
    each.level = level(r);
    each.services = r.texts("services");
    check_services(r, each.services, services);
    each.phrases = phrases(r, "phrases", true);
  });
  top.tables("together", [&](config::Reader& r, std::size_t) {
    Together& each = language.together.emplace_back();
    each.flags = r.texts("flags");
    if (each.flags.size() < 2) r.fault("flags", "must be two flags or more");
    each.flag = flag(r, "flag");
    each.level = level(r);
  });
}

}  // namespace

Language Language::read(const config::Node& document, const std::vector<std::string>& services,
                        config::Faults& faults) {
  Language language;
  config::Reader top(document, "", faults);
  if (!top.has("language")) top.fault("language", "is required");
  top.table("language", [&](config::Reader& r) {
    language.code = r.text("code");
    if (language.code.size() > code_max) r.fault("code", "must be a language's code such as vi");
    language.markers = phrases(r, "markers", true);
    language.ordinary = r.texts("ordinary");
  });
  top.table("short_forms", [&](config::Reader& r) { language.short_forms = pairs(r); });
  top.table("sounds", [&](config::Reader& r) { language.sounds = pairs(r); });
  read_urgency(top, services, language);
  if (language.urgency.empty()) top.fault("urgency", "must be at least one [[urgency]]");
  top.table("services", [&](config::Reader& r) {
    for (const auto& [name, node] : r.members()) {
      check_services(r, {name}, services);
      language.services[name] = phrases(r, name, true);
    }
  });
  top.table("for_whom", [&](config::Reader& r) {
    language.self = phrases(r, "self", false);
    language.asking = phrases(r, "asking", false);
    language.other = phrases(r, "other", false);
  });
  top.table("harmless", [&](config::Reader& r) { language.harmless = phrases(r, "phrases", false); });
  return language;
}

std::vector<Language> read_languages(const std::filesystem::path& folder,
                                     const std::vector<std::string>& services, std::string& printed) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  if (files.empty()) {
    printed +=
        fmt::format("{}: must be a folder with a file for each language, such as vi.toml\n", folder.string());
  }
  std::vector<Language> languages;
  for (const auto& file : files) {
    const auto document = config::read_toml_file(file);
    if (!document) {
      printed += document.error().print(file.string()) + "\n";
      continue;
    }
    config::Faults faults;
    languages.push_back(Language::read(*document, services, faults));
    printed += config::print(faults, file.string());
  }
  return languages;
}

}  // namespace tongdai::hotline::recognition
