#include "people/totp.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <stdexcept>

#include "people/secrets.hpp"

namespace tongdai::people::totp {
namespace {

constexpr std::uint32_t modulus = 1'000'000;  // 10 to the digits
constexpr int steps_off_max = 1;

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~").contains(c);
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return out;
}

}  // namespace

std::int64_t step_of(TimePoint at) noexcept {
  return to_unix_ms(at) / step_length.count();
}

std::string code(std::string_view secret, std::int64_t step) {
  std::array<unsigned char, 8> counter{};  // RFC 4226 §5.1: eight bytes, the high-order first
  auto rest = static_cast<std::uint64_t>(step);
  for (std::size_t i = counter.size(); i-- > 0; rest >>= 8) counter[i] = rest & 0xff;
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned length = 0;
  if (HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(), counter.size(),
           mac.data(), &length) == nullptr) {
    throw std::runtime_error("HMAC-SHA1 failed");
  }
  const std::size_t at = mac[length - 1] & 0xf;  // dynamic truncation, RFC 4226 §5.3
  const std::uint32_t number = (std::uint32_t{mac[at]} & 0x7f) << 24 | std::uint32_t{mac[at + 1]} << 16 |
                               std::uint32_t{mac[at + 2]} << 8 | std::uint32_t{mac[at + 3]};
  return fmt::format("{:0{}}", number % modulus, digits);
}

std::optional<std::int64_t> match(std::string_view secret, std::string_view written, TimePoint now,
                                  std::int64_t used) {
  if (secret.empty())
    return std::nullopt;  // not there, or not to be unsealed: anybody could compute its codes
  std::string bare;
  for (const char c : written) {
    if (c != ' ') bare += c;
  }
  std::optional<std::int64_t> found;  // all are looked at: how long it takes tells nothing
  for (int off = -steps_off_max; off <= steps_off_max; ++off) {
    const std::int64_t candidate = step_of(now) + off;
    if (same_secret(code(secret, candidate), bare) && candidate > used && !found) found = candidate;
  }
  return found;
}

std::string base32(std::string_view bytes) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string out;
  std::uint32_t buffer = 0;
  int bits = 0;
  for (const char c : bytes) {
    buffer = buffer << 8 | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 5; bits -= 5) out += alphabet[buffer >> (bits - 5) & 31];
  }
  if (bits > 0) out += alphabet[buffer << (5 - bits) & 31];
  return out;
}

std::string uri(std::string_view service, std::string_view name, std::string_view secret) {
  return fmt::format("otpauth://totp/{0}:{1}?secret={2}&issuer={0}", percent_encoded(service),
                     percent_encoded(name), base32(secret));
}

}  // namespace tongdai::people::totp
