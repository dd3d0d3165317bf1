#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/enum_names.hpp"

/// All words of a report, in one table.
namespace tongdai::report {

enum class Language : std::uint8_t { vi, en };

enum class Word : std::uint8_t {
  title,
  service,
  period,
  made_at,
  to,
  campaigns,
  no_campaigns,
  campaign,
  kind,
  state,
  planned,
  texts_left,
  audience,
  reached,
  reached_share,
  awaiting,
  failed,
  left_out,
  not_sent,
  uncertain,
  parts,
  cost,
  opt_outs,
  total,
  people_reached,
  by_unit,
  unit,
  by_group,
  group,
  by_carrier,
  carrier,
  by_language,
  text_language,
  not_known,
  cases,
  cases_by_unit,
  cases_by_urgency,
  urgency,
  cases_by_service,
  other_units,
  note_reached,
  note_left_out,
  note_opt_outs,
  note_groups,
  note_cost,
  note_small,
  note_hidden,
  note_services,
  note_few,
};

[[nodiscard]] std::string_view word(Word word, Language language);

/// The name of a value of the service ("social_policy", "critical", "shelter") in words; itself if there are
/// none.
[[nodiscard]] std::string word_for(std::string_view value, Language language);

}  // namespace tongdai::report

template <>
struct tongdai::EnumNames<tongdai::report::Language> {
  static constexpr std::array<std::string_view, 2> names{"vi", "en"};
};
