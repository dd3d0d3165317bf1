#include "text/time_zone.hpp"

#include <fmt/format.h>
#include <unicode/basictz.h>
#include <unicode/timezone.h>
#include <unicode/tztrans.h>
#include <unicode/unistr.h>

namespace tongdai::text {
namespace {

constexpr std::size_t shown_max = 40;  // of a wrong name, in the fault

}  // namespace

struct TimeZone::Impl {
  std::unique_ptr<icu::BasicTimeZone> zone;

  [[nodiscard]] Duration offset(TimePoint t) const {
    std::int32_t raw = 0, dst = 0;
    UErrorCode error = U_ZERO_ERROR;
    zone->getOffset(static_cast<UDate>(to_unix_ms(t)), 0, raw, dst, error);
    return Duration{U_FAILURE(error) ? 0 : raw + dst};
  }

  /// The instant at which the clocks show `shown` (a local time written as if it were UTC). Where a change of
  /// the clocks makes it come twice or not at all, `side` says whose offset counts.
  [[nodiscard]] TimePoint instant(TimePoint shown, UTimeZoneLocalOption side) const {
    std::int32_t raw = 0, dst = 0;
    UErrorCode error = U_ZERO_ERROR;
    zone->getOffsetFromLocal(static_cast<UDate>(to_unix_ms(shown)), side, side, raw, dst, error);
    return shown - Duration{U_FAILURE(error) ? 0 : raw + dst};
  }
};

TimeZone::TimeZone(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
TimeZone::TimeZone(const TimeZone&) = default;
TimeZone& TimeZone::operator=(const TimeZone&) = default;
TimeZone::TimeZone(TimeZone&&) noexcept = default;
TimeZone& TimeZone::operator=(TimeZone&&) noexcept = default;
TimeZone::~TimeZone() = default;

Result<TimeZone> TimeZone::find(std::string_view name) {
  const auto id =
      icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size())));
  icu::UnicodeString canonical;
  UBool known = false;
  UErrorCode error = U_ZERO_ERROR;
  icu::TimeZone::getCanonicalID(id, canonical, known, error);
  if (U_FAILURE(error) || !known) {  // "GMT+7" has an offset but no rules, and is refused
    return fail(Code::invalid,
                fmt::format("must be a zone of the tz database such as Asia/Ho_Chi_Minh, got \"{}\"",
                            name.substr(0, shown_max)));
  }
  auto impl = std::make_shared<Impl>();
  std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(id));
  auto* basic = dynamic_cast<icu::BasicTimeZone*>(zone.get());
  if (basic == nullptr) return fail(Code::internal, "the zone has no rules in ICU");
  static_cast<void>(zone.release());
  impl->zone.reset(basic);
  return TimeZone(std::move(impl));
}

LocalTime TimeZone::local(TimePoint t) const {
  const TimePoint shifted = t + impl_->offset(t);
  const auto day = std::chrono::floor<std::chrono::days>(shifted);
  const std::chrono::year_month_day date{day};
  LocalTime local;
  local.year = static_cast<int>(date.year());
  local.month = static_cast<int>(static_cast<unsigned>(date.month()));
  local.day = static_cast<int>(static_cast<unsigned>(date.day()));
  local.weekday = static_cast<int>(std::chrono::weekday{day}.c_encoding());
  local.minute_of_day = static_cast<int>(std::chrono::floor<std::chrono::minutes>(shifted - day).count());
  return local;
}

TimePoint TimeZone::next_at(TimePoint t, int minute) const {
  const auto today = std::chrono::floor<std::chrono::days>(t + impl_->offset(t));
  TimePoint wanted = today + std::chrono::minutes{minute};
  for (;; wanted += std::chrono::days{1}) {
    for (const auto side : {UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_LATTER}) {
      if (const TimePoint at = impl_->instant(wanted, side); at >= t) return at;
    }
  }
}

std::optional<TimePoint> TimeZone::next_change(TimePoint t) const {
  icu::TimeZoneTransition change;
  if (!impl_->zone->getNextTransition(static_cast<UDate>(to_unix_ms(t)), false, change)) return std::nullopt;
  return from_unix_ms(static_cast<std::int64_t>(change.getTime()));
}

std::string TimeZone::print(TimePoint t) const {
  const LocalTime l = local(t);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", l.year, l.month, l.day, l.minute_of_day / 60,
                     l.minute_of_day % 60);
}

}  // namespace tongdai::text
