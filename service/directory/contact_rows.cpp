#include "directory/contact_rows.hpp"

#include <fmt/format.h>

#include <numeric>

#include "text/language.hpp"

namespace tongdai::directory {
namespace {

constexpr std::size_t name_bytes_max = 200;
constexpr std::size_t groups_max = 32;  // of one contact
constexpr std::size_t tags_max = 32;    // of one contact
constexpr std::size_t near_digits = 6;  // "+84912": of a million numbers some thousands
// Rows that cannot be used come last.
constexpr std::string_view after_all_numbers = "~";

enum Column : std::size_t { phone, name, unit, language, groups, consent, tags };

/// "yes", or the day of the consent: that is its beginning in UTC.
bool read_consent(const std::string& field, ContactRow& c) {
  if (field.empty()) return true;
  c.consents = true;
  if (field == "yes" || field == "YES" || field == "Yes") return true;
  const auto day = parse_rfc3339(field + "T00:00:00Z");
  if (day) c.consented_at = *day;
  return day.has_value();
}

}  // namespace

CsvReader::Columns contact_columns() {
  return {{"phone"}, {"name", "unit", "language", "groups", "consent", "tags"}};
}

Result<ContactRow> read_contact(const CsvRow& row, const text::NumberingPlan& plan) {
  if (!row.fault.empty()) return fail(Code::invalid, row.fault);
  const auto number = plan.parse(row.fields[phone]);
  if (!number) return fail(Code::invalid, "phone: " + number.error().what);
  if (number->type != text::NumberType::mobile) {
    return fail(Code::invalid, fmt::format("phone: must be a mobile number that gets texts, this is a {}",
                                           name_of(number->type)));
  }
  ContactRow c{number->phone, row.fields[name], row.fields[unit], row.fields[language], {}, {}, false, {}};
  if (c.name.size() > name_bytes_max) return fail(Code::invalid, "name: must have at most 200 bytes");
  if (!c.language.empty() && !text::is_language(c.language)) {
    return fail(Code::invalid,
                "language: must be an ISO 639 code such as vi or hmn, or with a script such as hmn-rpa");
  }
  c.groups = cut_list(row.fields[groups]);
  if (c.groups.size() > groups_max) return fail(Code::invalid, "groups: at most 32, separated by ';'");
  c.tags = cut_list(row.fields[tags]);
  if (c.tags.size() > tags_max) return fail(Code::invalid, "tags: at most 32, separated by ';'");
  if (!read_consent(row.fields[consent], c)) {
    return fail(Code::invalid, "consent: must be yes or a day such as 2026-03-01; empty if there is none");
  }
  return c;
}

void ContactRun::add(Line line) {
  const std::string key =
      line.row ? line.row->phone.reveal().substr(0, near_digits) : std::string(after_all_numbers);
  near_by_[key].push_back(lines_.size());
  lines_.push_back(std::move(line));
}

void ContactRun::arrange() {
  std::vector<const std::vector<std::size_t>*> neighbourhoods;
  for (const auto& [digits, lines] : near_by_) neighbourhoods.push_back(&lines);
  const std::size_t count = neighbourhoods.size();
  std::size_t step = count * 5 / 8 + 1;  // far from one to the next, and every one once
  while (count > 0 && std::gcd(step, count) != 1) ++step;
  order_.reserve(lines_.size());
  for (std::size_t n = 0; n < count; ++n) {
    const auto& lines = *neighbourhoods[(n * step) % count];
    order_.insert(order_.end(), lines.begin(), lines.end());
  }
}

}  // namespace tongdai::directory
