#include "people/secrets.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <new>
#include <stdexcept>
#include <vector>

#include "text/fold.hpp"

namespace tongdai::people {
namespace {

// OWASP's second choice for argon2id is 19 MiB and two passes; this is above it, and twenty at once fit.
constexpr unsigned long long passes = 3;
constexpr std::size_t memory_bytes = 32UL * 1024 * 1024;

constexpr std::size_t telling_name = 4;  // characters: "an" stands in many words
constexpr std::size_t fingerprint_bytes = 32;
constexpr std::string_view spoken = "abcdefghjkmnpqrstuvwxyz23456789";  // no i, l, o, 0, 1
constexpr std::size_t spoken_groups = 4, spoken_group = 5;              // 99 bits

void need_sodium() {
  static const int ready = sodium_init();
  if (ready < 0) throw std::runtime_error("the system's random generator is not there");
}

std::string hex(const unsigned char* bytes, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += fmt::format("{:02x}", bytes[i]);
  return out;
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

/// "aaaaaaaaaa", "1234567890", "zyxw...": no step between neighbours but one.
bool is_a_row(std::string_view text) {
  if (text.size() < 2) return true;
  const int step = text[1] - text[0];
  if (step < -1 || step > 1) return false;
  for (std::size_t i = 2; i < text.size(); ++i) {
    if (text[i] - text[i - 1] != step && !(text[i - 1] == '9' && text[i] == '0')) return false;
  }
  return true;
}

}  // namespace

Result<void> check_password(std::string_view password, std::string_view name) {
  if (characters(password) < password_characters_min) {
    return fail(Code::invalid, fmt::format("the password must have at least {} characters, got {}",
                                           password_characters_min, characters(password)));
  }
  if (password.size() > password_bytes_max) {
    return fail(Code::invalid, fmt::format("the password must have at most {} bytes, got {}",
                                           password_bytes_max, password.size()));
  }
  if (is_a_row(password)) {
    return fail(Code::invalid, "the password must not be one character or a row of neighbours");
  }
  const std::string folded = text::fold(password), own = text::fold(name);
  if (own.size() >= telling_name && folded.contains(own)) {
    return fail(Code::invalid, "the password must not hold the name it belongs to");
  }
  return {};
}

std::string hash_password(std::string_view password) {
  need_sodium();
  std::array<char, crypto_pwhash_STRBYTES> out{};
  if (crypto_pwhash_str(out.data(), password.data(), password.size(), passes, memory_bytes) != 0) {
    throw std::bad_alloc();
  }
  return out.data();
}

bool is_password(std::string_view hash, std::string_view password) {
  need_sodium();
  std::array<char, crypto_pwhash_STRBYTES> text{};  // libsodium reads to the zero
  if (hash.size() >= text.size()) return false;
  std::ranges::copy(hash, text.begin());
  return crypto_pwhash_str_verify(text.data(), password.data(), password.size()) == 0;
}

std::string random_hex(std::size_t bytes) {
  need_sodium();
  std::vector<unsigned char> raw(bytes);
  randombytes_buf(raw.data(), raw.size());
  return hex(raw.data(), raw.size());
}

std::string random_password() {
  need_sodium();
  std::string out;
  for (std::size_t i = 0; i < spoken_groups * spoken_group; ++i) {
    if (i > 0 && i % spoken_group == 0) out += '-';
    out += spoken[randombytes_uniform(spoken.size())];
  }
  return out;
}

std::string fingerprint(std::string_view secret) {
  need_sodium();
  std::array<unsigned char, fingerprint_bytes> out{};
  const auto* bytes = reinterpret_cast<const unsigned char*>(secret.data());  // NOLINT(*-reinterpret-cast)
  crypto_generichash(out.data(), out.size(), bytes, secret.size(), nullptr, 0);
  return hex(out.data(), out.size());
}

bool same_secret(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace tongdai::people
