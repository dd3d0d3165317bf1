#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "config/reader.hpp"
#include "hotline/case_state.hpp"
#include "hotline/recognition/recogniser.hpp"
#include "inbox/recognise.hpp"
#include "outbox/discretion.hpp"

namespace tongdai::hotline {

/// The hotline's language: what it says and the words of answers, from config/hotline/phrases.toml, and what
/// it recognises, from config/hotline/languages. Immutable.
struct Words {
  inbox::Words commands;
  std::vector<std::string> sensitive;                ///< never on a reporter's phone
  std::map<std::string, std::string> replies;        ///< to reporters, by key: "ask_place_vi"
  std::map<std::string, std::string> facility;       ///< to facilities, by key: "alert"
  std::map<std::string, std::string> relay;          ///< likewise, of what they write to reporters: "held"
  std::map<std::string, std::string> urgency_names;  ///< shown to facilities
  std::map<std::string, std::string> service_names;  ///< likewise; its keys are the services there are
  std::map<std::string, std::string> clock_names;    ///< of the law's clocks
  std::shared_ptr<const recognition::Recogniser> recogniser;  ///< by `add_languages`
  std::vector<std::pair<std::string, std::string>> sounds;    ///< of all languages: written, meant

  /// Every fault with its place. A reply that the discretion check would refuse is a fault: it could never be
  /// sent.
  [[nodiscard]] static Words read(const config::Node& document, config::Faults& faults);

  /// What is recognised: a file a language, in `folder`. Prints every fault into `printed`.
  void add_languages(const std::filesystem::path& folder, std::string& printed);
  [[nodiscard]] std::vector<std::string> services() const;

  [[nodiscard]] outbox::Discretion discretion() const { return outbox::Discretion(sensitive); }
};

/// Puts values in for {names}; an unknown name stays as written, and so does a name within a value.
[[nodiscard]] std::string fill(std::string_view text, const std::map<std::string, std::string>& values);

}  // namespace tongdai::hotline
