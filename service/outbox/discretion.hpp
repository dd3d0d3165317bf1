#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/enum_names.hpp"

namespace tongdai::outbox {

/// What a text must not do on a reporter's phone.
enum class Offence : std::uint8_t {
  word,   ///< say a word of the sensitive list
  name,   ///< name a facility or programme
  link,   ///< lead somewhere, with a scheme or without
  code,   ///< hold six digits or more together, which may be a case's code or somebody's number
  quote,  ///< repeat what the reporter wrote
};

/// What is wrong with a text, and where.
struct Objection {
  Offence offence = Offence::word;
  std::string found;   ///< the word or name as it stands in the list; "" for the others
  std::size_t at = 0;  ///< the character it begins with, from 1

  /// For people, with what to do: `the word "bao luc" at character 9 is on the sensitive list: ...`. Never
  /// holds the reporter's words.
  [[nodiscard]] std::string print() const;
  friend bool operator==(const Objection&, const Objection&) = default;
};

/// What must never stand on a reporter's phone, which whoever they fear may read (the do-no-harm list, 1-3).
/// Compared as the eye takes it: after NFC, without accents, through look-alikes and spacing
/// (text/seen_words.hpp). Immutable; any thread.
class Discretion {
 public:
  Discretion() = default;
  /// `words` in any spelling; compared as whole words.
  explicit Discretion(const std::vector<std::string>& words);

  /// What is wrong with `text`, or nothing. `names`: facilities and programmes; `inbound`: what the reporter
  /// wrote, text by text, which must not be quoted.
  [[nodiscard]] std::optional<Objection> objection(std::string_view text,
                                                   const std::vector<std::string>& names = {},
                                                   const std::vector<std::string>& inbound = {}) const;
  /// All that is wrong with it: each word, name and number, of links and quotations the first; that of
  /// `objection` stands first.
  [[nodiscard]] std::vector<Objection> objections(std::string_view text,
                                                  const std::vector<std::string>& names = {},
                                                  const std::vector<std::string>& inbound = {}) const;

 private:
  std::vector<std::pair<std::string, std::vector<std::string>>> words_;  ///< as written, folded; as seen
};

/// Does `text` repeat what is in `inbound`: four of its words in a row, a number of three digits or more, or
/// a passage in quotation marks? Asked by itself of who agreed to explicit texts.
[[nodiscard]] std::optional<Objection> quotation(std::string_view text,
                                                 const std::vector<std::string>& inbound);

/// Where a link begins, the character from 1: by its scheme, "www", a domain of those in use here, an address
/// of four numbers, or "cham vn" in words.
[[nodiscard]] std::optional<std::size_t> link_in(std::string_view text);

}  // namespace tongdai::outbox

template <>
struct tongdai::EnumNames<tongdai::outbox::Offence> {
  static constexpr std::array<std::string_view, 5> names{"word", "name", "link", "code", "quote"};
};
