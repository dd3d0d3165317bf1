#pragma once

#include <string>
#include <string_view>

#include "core/error.hpp"

/// Passwords and the words that stand for a person: made, kept as what cannot be turned back, compared. Pure
/// but for the system's generator. Any thread.
namespace tongdai::people {

inline constexpr std::size_t password_characters_min = 10;  ///< NIST SP 800-63B asks for 8
inline constexpr std::size_t password_bytes_max = 256;

/// Is it good enough? Long, not the person's name, not one character or a row of neighbours. Error: invalid,
/// and never a part of the password.
[[nodiscard]] Result<void> check_password(std::string_view password, std::string_view name);

/// argon2id with 32 MiB (libsodium's own text form, which carries its parameters). About 50 ms of a core: on
/// the readers' threads, never on the loop. Throws std::bad_alloc.
[[nodiscard]] std::string hash_password(std::string_view password);
/// In a time that does not depend on where they differ. False also for a text that is no hash.
[[nodiscard]] bool is_password(std::string_view hash, std::string_view password);

/// `bytes` of the system's generator as lower-case hex.
[[nodiscard]] std::string random_hex(std::size_t bytes);
/// A password to be said once on the phone: twenty of the characters that are not mistaken for each other, in
/// groups of five.
[[nodiscard]] std::string random_password();
/// What is kept of a random secret (a session, a token, a recovery code): BLAKE2b, 32 bytes as hex. Not for
/// passwords, which are not random.
[[nodiscard]] std::string fingerprint(std::string_view secret);
/// In a time that does not depend on where they differ.
[[nodiscard]] bool same_secret(std::string_view a, std::string_view b) noexcept;

}  // namespace tongdai::people
