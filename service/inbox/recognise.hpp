#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"

namespace tongdai::inbox {

/// What a facility's person can tell us by a reply.
enum class Verb : std::uint8_t {
  accept,     ///< "nhan 482913"
  decline,    ///< "tu choi 482913 dang ban": with a reason or without
  done,       ///< "xong 482913"
  transfer,   ///< "chuyen 482913 cong an": to whom, by a service's or a facility's name
  hand_back,  ///< "tra lai 482913"
  progress,   ///< "dang lam 482913": the lease begins anew
  reopen,     ///< "mo lai 482913"
  beds,       ///< "giuong 3": how many are free. Of no case
};

/// The words that commands and refusals are made of, folded. Data, from the configuration.
struct Words {
  std::vector<std::string> accept;
  std::vector<std::string> decline;
  std::vector<std::string> done;
  std::vector<std::string> opt_out;
  std::vector<std::string> opt_in;
  std::vector<std::string> transfer{};
  std::vector<std::string> hand_back{};
  std::vector<std::string> progress{};
  std::vector<std::string> reopen{};
  std::vector<std::string> beds{};  ///< with a number
  std::vector<std::string> full{};  ///< no bed is free
};

struct Command {
  Verb verb = Verb::accept;
  std::string code;     ///< digits; "" if none was written
  std::string words{};  ///< what stands behind the code, folded: a reason, or to whom
  int beds = 0;         ///< of `beds`, 0..999
};

/// What a text could mean. Which of it holds depends on who sent it: to a citizen "tu choi" is a refusal of
/// campaigns, to a facility an answer, and any text may be a report.
struct Recognised {
  std::optional<Command> command;
  bool opt_out = false;  ///< the whole message is an opt-out word
  bool opt_in = false;   ///< likewise
};

/// Case, accents, spaces and punctuation are forgiven. A command is a verb with a code behind or before it,
/// or a verb and nothing else; "giuong" goes with a number of beds and without a code. "stop" inside a report
/// is text. Pure.
[[nodiscard]] Recognised recognise(std::string_view text, const Words& words);

}  // namespace tongdai::inbox

template <>
struct tongdai::EnumNames<tongdai::inbox::Verb> {
  static constexpr std::array<std::string_view, 8> names{"accept",    "decline",  "done",   "transfer",
                                                         "hand_back", "progress", "reopen", "beds"};
};
