#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/reader.hpp"
#include "core/enum_names.hpp"
#include "core/phone.hpp"

namespace tongdai::text {

/// What kind of line a number is.
enum class NumberType : std::uint8_t {
  mobile,      ///< can get a text
  landline,    ///< cannot, in most networks
  toll_free,   ///< 1800
  premium,     ///< 1900
  short_code,  ///< 3 to 5 digits
};

/// A number understood.
struct ParsedNumber {
  Phone phone;  ///< E.164, or the short code as dialled
  NumberType type = NumberType::mobile;
  std::string carrier;        ///< by prefix, "" if unknown; a hint only, numbers are portable
  std::string migrated_from;  ///< the old national number as written ("01632345678"), "" if it was new
};

/// A country's numbering: read from a file such as config/numbering/vn.toml, never from code.
/// Immutable; any thread.
class NumberingPlan {
 public:
  /// Faults go to `faults` with their lines; the plan is then not to be used.
  [[nodiscard]] static NumberingPlan read(const config::Node& document, config::Faults& faults);

  /// Accepts what people write: spaces, dots, dashes, brackets, "+84", "0084", "84", trunk 0, a missing
  /// trunk 0 where that is unambiguous, old 11-digit mobiles. Error: invalid, with what is wrong;
  /// the message never repeats the number.
  /// A number of another country, with "+" or the international prefix, is taken as a mobile of no known
  /// carrier if it has the 8 to 15 digits of E.164: who lives at a border may report from the other side's
  /// network. An alphanumeric sender is no number here; whoever expects one asks Phone::is_alphanumeric.
  [[nodiscard]] Result<ParsedNumber> parse(std::string_view written) const;

  [[nodiscard]] const std::string& country_code() const noexcept { return country_; }
  /// Whose ranges it knows, each once, in its order.
  [[nodiscard]] std::vector<std::string> carriers() const;
  /// Digits of a number of this country, with its code, after which no range tells two of one length apart.
  [[nodiscard]] std::size_t prefix_digits_max() const;

 private:
  struct Prefix {
    std::string digits;  ///< national, without trunk: "32"
    NumberType type;
    std::string carrier;
    std::size_t length;  ///< national digits without trunk
  };
  struct Migration {
    std::string from;    ///< national prefix without trunk: "162"
    std::string to;      ///< "32"
    std::size_t length;  ///< national digits of the old form, without trunk
  };
  void read_ranges(config::Reader& document);
  void read_migrations(config::Reader& document);
  [[nodiscard]] const Prefix* find(std::string_view national) const;
  /// `digits` are national, without trunk.
  [[nodiscard]] Result<ParsedNumber> national(std::string_view digits) const;
  /// `digits` begin with a country code.
  [[nodiscard]] Result<ParsedNumber> international(std::string_view digits) const;

  std::string country_;
  std::string trunk_;
  std::string international_ = "00";
  std::vector<Prefix> prefixes_;  // longest first
  std::vector<Migration> migrations_;
  std::size_t short_code_min_ = 3;
  std::size_t short_code_max_ = 5;
};

}  // namespace tongdai::text

template <>
struct tongdai::EnumNames<tongdai::text::NumberType> {
  static constexpr std::array<std::string_view, 5> names{"mobile", "landline", "toll_free", "premium",
                                                         "short_code"};
};
