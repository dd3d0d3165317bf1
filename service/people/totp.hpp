#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/time.hpp"

/// The second factor: a code of six digits that a phone's app shows for half a minute (RFC 6238 with SHA-1,
/// which is what all apps know). Pure. Any thread.
namespace tongdai::people::totp {

inline constexpr std::size_t secret_bytes = 20;  ///< RFC 4226 §4, R6
inline constexpr int digits = 6;
inline constexpr Duration step_length{30'000};

/// Which half minute `at` lies in.
[[nodiscard]] std::int64_t step_of(TimePoint at) noexcept;
/// The code of a half minute; `secret` are bytes.
[[nodiscard]] std::string code(std::string_view secret, std::int64_t step);
/// The half minute of which `written` is the code: now's, or one before or behind, for clocks differ. None
/// that is not later than `used`: no code opens twice (RFC 6238 §5.2). Blanks are forgiven. Never of an
/// empty secret.
[[nodiscard]] std::optional<std::int64_t> match(std::string_view secret, std::string_view written,
                                                TimePoint now, std::int64_t used);

/// RFC 4648 base32 without padding, as apps take it.
[[nodiscard]] std::string base32(std::string_view bytes);
/// "otpauth://totp/...", for the QR code.
[[nodiscard]] std::string uri(std::string_view service, std::string_view name, std::string_view secret);

}  // namespace tongdai::people::totp
