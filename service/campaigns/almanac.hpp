#pragma once

#include <memory>

#include "campaigns/spec.hpp"
#include "text/hours.hpp"

namespace tongdai::campaigns {

/// By what days and hours the service goes. Constant while running; any thread.
struct Almanac {
  text::TimeZone zone;
  std::shared_ptr<const text::Holidays> holidays = std::make_shared<text::Holidays>();

  /// When texts of such a schedule may leave, its start and end apart: what asks "is it open, when does it
  /// open, when does it close" asks this.
  [[nodiscard]] text::Hours hours(const Schedule& schedule) const {
    return {schedule.windows, zone, schedule.skip_holidays ? holidays : nullptr};
  }
};

}  // namespace tongdai::campaigns
