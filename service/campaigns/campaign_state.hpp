#pragma once

#include <cstdint>

#include "core/enum_names.hpp"
#include "core/error.hpp"

namespace tongdai::campaigns {

/// What the law calls a campaign (Decree 91/2020/ND-CP): it decides the hours and labels.
enum class Class : std::uint8_t { social_policy, advertising, transactional };

/// Where a campaign stands. docs/campaigns.md draws it.
enum class CampaignState : std::uint8_t {
  draft,      ///< being written
  submitted,  ///< waits for approval
  approved,   ///< its audience is frozen; waits for its start
  running,    ///< the pump works
  paused,     ///< nothing more leaves until it is resumed
  completed,  ///< everybody is accounted for. Final
  cancelled,  ///< stopped for good; who was not reached is accounted as cancelled. Final
};

enum class CampaignEvent : std::uint8_t {
  submit,
  approve,
  reject,
  start,
  pause,
  resume,
  finish,
  cancel,
  edit
};

/// The state after `event`, or not_allowed, which leaves the campaign as it is.
[[nodiscard]] Result<CampaignState> next(CampaignState from, CampaignEvent event);

}  // namespace tongdai::campaigns

template <>
struct tongdai::EnumNames<tongdai::campaigns::Class> {
  static constexpr std::array<std::string_view, 3> names{"social_policy", "advertising", "transactional"};
};
template <>
struct tongdai::EnumNames<tongdai::campaigns::CampaignState> {
  static constexpr std::array<std::string_view, 7> names{"draft",  "submitted", "approved", "running",
                                                         "paused", "completed", "cancelled"};
};
template <>
struct tongdai::EnumNames<tongdai::campaigns::CampaignEvent> {
  static constexpr std::array<std::string_view, 9> names{"submit", "approve", "reject", "start", "pause",
                                                         "resume", "finish",  "cancel", "edit"};
};
