#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/reader.hpp"
#include "hotline/case_state.hpp"

/// What one language's file of config/hotline/languages says. Plain values; docs/recognition.md explains
/// them.
namespace tongdai::hotline::recognition {

/// What a text may tell of its urgency. `now` is none by itself: with violence it is danger.
inline constexpr std::array<std::string_view, 11> flag_names{"danger",      "weapon", "child",    "injury",
                                                             "suicide",     "sexual", "violence", "threat",
                                                             "trafficking", "help",   "now"};

struct UrgencyPhrases {
  std::string flag;  ///< one of flag_names
  Urgency level = Urgency::normal;
  std::vector<std::string> services;  ///< that these words suggest as well
  std::vector<std::string> phrases;
};

/// Flags that together are more than each.
struct Together {
  std::vector<std::string> flags;
  std::string flag;
  Urgency level = Urgency::critical;
};

struct Language {
  std::string code;                   ///< "vi"
  std::vector<std::string> markers;   ///< words by which a text is known to be of it
  std::vector<std::string> ordinary;  ///< words that are never mended into others
  std::vector<std::pair<std::string, std::string>> short_forms;  ///< written, meant
  std::vector<std::pair<std::string, std::string>> sounds;       ///< written, meant
  std::vector<UrgencyPhrases> urgency;
  std::vector<Together> together;
  std::map<std::string, std::vector<std::string>> services;
  std::vector<std::string> self;    ///< the writer is who needs help
  std::vector<std::string> asking;  ///< the writer asks for help, perhaps for another
  std::vector<std::string> other;   ///< somebody else needs it
  std::vector<std::string> harmless;

  /// Gathers every fault with its place: an unknown flag or level, a phrase that could never be found, a
  /// service that is none of `services`.
  [[nodiscard]] static Language read(const config::Node& document, const std::vector<std::string>& services,
                                     config::Faults& faults);
};

/// Every *.toml of `folder`, in the order of their names. Faults are printed into `printed`, each under its
/// file's name; a folder without a language is one.
[[nodiscard]] std::vector<Language> read_languages(const std::filesystem::path& folder,
                                                   const std::vector<std::string>& services,
                                                   std::string& printed);

}  // namespace tongdai::hotline::recognition
