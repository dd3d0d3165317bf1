#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "config/reader.hpp"
#include "hotline/case_state.hpp"
#include "inbox/recognise.hpp"
#include "outbox/discretion.hpp"

namespace tongdai::hotline {

/// The hotline's language, from config/hotline/phrases.toml: what it recognises and what it says. Immutable.
struct Words {
  inbox::Words commands;
  std::vector<std::string> critical;  ///< folded phrases that mean danger now
  std::vector<std::string> high;
  std::map<std::string, std::vector<std::string>> services;  ///< folded phrases by service
  std::vector<std::string> sensitive;                        ///< never on a reporter's phone
  std::map<std::string, std::string> replies;                ///< to reporters, by key: "ask_place_vi"
  std::map<std::string, std::string> facility;               ///< to facilities, by key: "alert"
  std::map<std::string, std::string> urgency_names;          ///< shown to facilities
  std::map<std::string, std::string> service_names;

  /// Every fault with its place. A reply that the discretion check would refuse is a fault: it could never be
  /// sent.
  [[nodiscard]] static Words read(const config::Node& document, config::Faults& faults);

  [[nodiscard]] outbox::Discretion discretion() const { return outbox::Discretion(sensitive); }
};

/// Puts values in for {names}; an unknown name stays as written, and so does a name within a value.
[[nodiscard]] std::string fill(std::string_view text, const std::map<std::string, std::string>& values);

}  // namespace tongdai::hotline
