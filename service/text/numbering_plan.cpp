#include "text/numbering_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "text/fold.hpp"

namespace tongdai::text {
namespace {

constexpr std::size_t e164_min = 8,
                      e164_max = 15;     // digits; ITU-T E.164 allows 15, shorter ones serve nobody's phone
constexpr std::size_t written_max = 64;  // octets: the longest number with all its spaces and brackets
constexpr std::int64_t national_min = 4, national_max = 14;  // digits: E.164 less a country code
constexpr std::int64_t code_min = 2, code_max = 8;           // digits of a short code, in any country

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// The digits, with the "+" if there is one; nullopt if there is anything that people do not write in a
/// number.
std::optional<std::string> bare(std::string_view written) {
  if (written.size() > written_max) return std::nullopt;
  std::string out;
  for (const char c :
       strip_accents(written)) {  // the no-break spaces and dashes of a contact list become plain
    if ((c >= '0' && c <= '9') || (c == '+' && out.empty())) {
      out += c;
    } else if (std::string_view(" .-()\t").find(c) == std::string_view::npos) {
      return std::nullopt;
    }
  }
  return out;
}

/// Is `prefix` there to be taken off? A country without a trunk prefix has "".
bool begins(std::string_view digits, std::string_view prefix) {
  return !prefix.empty() && digits.starts_with(prefix);
}

/// A key of digits; required if there is no fallback.
std::string digits_of(config::Reader& reader, std::string_view key, std::string_view fallback = "") {
  std::string digits = fallback.empty() ? reader.text(key) : reader.text(key, fallback);
  if (!digits.empty() && !all_digits(digits)) reader.fault(key, "must be digits");
  return digits;
}

}  // namespace

NumberingPlan NumberingPlan::read(const config::Node& document, config::Faults& faults) {
  NumberingPlan plan;
  config::Reader top(document, "", faults);
  plan.country_ = digits_of(top, "country_code");
  if (plan.country_.size() > 3) top.fault("country_code", "must have 1 to 3 digits");
  plan.trunk_ = digits_of(top, "trunk", "0");
  plan.international_ = digits_of(top, "international", "00");
  const auto least = top.integer("short_code_digits_min", code_min, code_max, 3);
  const auto most = top.integer("short_code_digits_max", code_min, code_max, 5);
  if (most < least)
    top.fault("short_code_digits_max", fmt::format("must be at least short_code_digits_min, {}", least));
  plan.short_code_min_ = static_cast<std::size_t>(least);
  plan.short_code_max_ = static_cast<std::size_t>(most);
  plan.read_ranges(top);
  plan.read_migrations(top);
  return plan;
}

void NumberingPlan::read_ranges(config::Reader& document) {
  document.tables("range", [&](config::Reader& range, std::size_t) {
    const auto type =
        from_name<NumberType>(range.one_of("type", {"mobile", "landline", "toll_free", "premium"}));
    const std::string carrier = range.text("carrier", "");
    const auto length = static_cast<std::size_t>(range.integer("digits", national_min, national_max));
    const std::vector<std::string> prefixes = range.texts("prefixes");
    if (prefixes.empty()) range.fault("prefixes", "is required: a list of texts such as \"32\"");
    for (const std::string& digits : prefixes) {
      if (!all_digits(digits) || begins(digits, trunk_) || digits.size() > length) {
        range.fault("prefixes",
                    fmt::format("must be digits without the trunk {}, no more than digits says, got \"{}\"",
                                trunk_, digits));
      } else if (std::ranges::any_of(
                     prefixes_, [&](const Prefix& p) { return p.digits == digits && p.length == length; })) {
        range.fault("prefixes", fmt::format("must each stand once, got {} again", digits));
      }
      prefixes_.push_back({digits, type.value_or(NumberType::mobile), carrier, length});
    }
  });
  if (prefixes_.empty() && !document.has("range"))
    document.fault("range", "is required: [[range]] with type, digits and prefixes");
  std::ranges::sort(prefixes_, std::greater{}, [](const Prefix& p) { return p.digits.size(); });
}

void NumberingPlan::read_migrations(config::Reader& document) {
  document.tables("migration", [&](config::Reader& migration, std::size_t) {
    const std::string from = digits_of(migration, "from");
    const std::string to = digits_of(migration, "to");
    const auto length = static_cast<std::size_t>(migration.integer("digits", national_min, national_max));
    if (from.empty() || to.empty() || from.size() > length) return;
    const std::size_t moved = length - from.size() + to.size();
    const bool reaches = std::ranges::any_of(prefixes_, [&](const Prefix& p) {
      return p.length == moved && (to.starts_with(p.digits) || p.digits.starts_with(to));
    });
    if (!reaches)
      migration.fault("to", fmt::format("must lead to numbers of a range, got {} with {} digits", to, moved));
    if (std::ranges::any_of(migrations_,
                            [&](const Migration& m) { return m.from == from && m.length == length; })) {
      migration.fault("from", fmt::format("must each stand once, got {} again", from));
    }
    migrations_.push_back({from, to, length});
  });
}

const NumberingPlan::Prefix* NumberingPlan::find(std::string_view national) const {
  const auto found = std::ranges::find_if(prefixes_, [&](const Prefix& p) {
    return national.size() == p.length && national.starts_with(p.digits);
  });
  return found == prefixes_.end() ? nullptr : &*found;
}

std::vector<std::string> NumberingPlan::carriers() const {
  std::vector<std::string> names;
  for (const Prefix& p : prefixes_) {
    if (!p.carrier.empty() && std::ranges::find(names, p.carrier) == names.end()) names.push_back(p.carrier);
  }
  return names;
}

std::size_t NumberingPlan::prefix_digits_max() const {
  return country_.size() + (prefixes_.empty() ? 0 : prefixes_.front().digits.size());  // the longest is first
}

Result<ParsedNumber> NumberingPlan::national(std::string_view digits) const {
  ParsedNumber number;
  std::string current(digits);
  for (const Migration& m : migrations_) {
    if (digits.size() != m.length || !digits.starts_with(m.from)) continue;
    number.migrated_from = trunk_ + current;
    current = m.to + std::string(digits.substr(m.from.size()));
    break;
  }
  const Prefix* prefix = find(current);
  if (prefix == nullptr) {
    return fail(Code::invalid,
                fmt::format("must be a number of the plan of +{}: no range has this prefix with {} digits",
                            country_, digits.size()));
  }
  number.phone = Phone::stored("+" + country_ + current);
  number.type = prefix->type;
  number.carrier = prefix->carrier;
  return number;
}

Result<ParsedNumber> NumberingPlan::international(std::string_view digits) const {
  if (digits.starts_with(country_)) {
    digits.remove_prefix(country_.size());
    if (begins(digits, trunk_)) digits.remove_prefix(trunk_.size());  // "+84 (0)91..."
    return national(digits);
  }
  if (digits.size() < e164_min || digits.size() > e164_max || digits.front() == '0') {
    return fail(Code::invalid,
                fmt::format("must have {} to {} digits after the +, beginning with a country's code",
                            e164_min, e164_max));
  }
  return ParsedNumber{Phone::stored("+" + std::string(digits)), NumberType::mobile, "", ""};
}

Result<ParsedNumber> NumberingPlan::parse(std::string_view written) const {
  const auto bared = bare(written);
  if (!bared || bared->empty() || *bared == "+") {
    return fail(Code::invalid,
                "must be a phone number: digits, with spaces, dots, dashes, brackets and a + at most");
  }
  const std::string_view digits = *bared;
  if (digits.starts_with('+')) return international(digits.substr(1));
  if (begins(digits, international_)) return international(digits.substr(international_.size()));
  if (begins(digits, trunk_)) return national(digits.substr(trunk_.size()));
  if (digits.size() >= short_code_min_ && digits.size() <= short_code_max_) {
    return ParsedNumber{Phone::stored(*bared), NumberType::short_code, "", ""};
  }
  if (auto number = national(digits)) return number;  // a spreadsheet took the trunk 0 off
  if (digits.starts_with(country_)) return international(digits);
  return fail(Code::invalid, fmt::format("must begin with {} or +{}, or be a short code of {} to {} digits",
                                         trunk_, country_, short_code_min_, short_code_max_));
}

}  // namespace tongdai::text
