#pragma once

#include <memory>
#include <vector>

#include "text/holidays.hpp"
#include "text/windows.hpp"

namespace tongdai::text {

/// When something may happen, asked with instants: windows of the day in a zone, without the holidays that
/// are skipped (whole local days). A value; any thread.
class Hours {
 public:
  /// `skipped` null: every day counts.
  Hours(DayWindows windows, TimeZone zone, std::shared_ptr<const Holidays> skipped = nullptr)
      : windows_(std::move(windows)), zone_(std::move(zone)), skipped_(std::move(skipped)) {}

  [[nodiscard]] bool open_at(TimePoint t) const;
  /// `t` itself if open, else the next opening; TimePoint::max() if there is none within 400 days.
  [[nodiscard]] TimePoint next_open(TimePoint t) const;
  /// When they close that are open at `t`, whatever the clocks do in between; `t` itself if they are closed
  /// then, TimePoint::max() if not within 400 days.
  [[nodiscard]] TimePoint closes_at(TimePoint t) const;

  struct Span {
    TimePoint from{}, to{};
  };
  /// When they are open in [from, to), in order.
  [[nodiscard]] std::vector<Span> spans(TimePoint from, TimePoint to) const;
  [[nodiscard]] const TimeZone& zone() const noexcept { return zone_; }

 private:
  DayWindows windows_;
  TimeZone zone_;
  std::shared_ptr<const Holidays> skipped_;
};

}  // namespace tongdai::text
