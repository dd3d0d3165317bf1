#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tongdai::outbox {

/// What must never stand on a reporter's phone, which whoever they fear may read (the do-no-harm list, 1-3):
/// a word of the sensitive list, a name of a facility or programme, a case number, a link, a quotation of
/// what the reporter wrote. Immutable; any thread.
class Discretion {
 public:
  Discretion() = default;
  /// `words` in any spelling; compared as whole words after accent folding.
  explicit Discretion(const std::vector<std::string>& words);

  /// What is wrong with `text`, for people ("the word “bao luc”"), or nothing. `names`: facilities and
  /// programmes; `inbound`: what the reporter wrote, which must not be quoted.
  [[nodiscard]] std::optional<std::string> objection(std::string_view text,
                                                     const std::vector<std::string>& names = {},
                                                     std::string_view inbound = {}) const;

 private:
  std::vector<std::string> words_;  // folded
};

}  // namespace tongdai::outbox
