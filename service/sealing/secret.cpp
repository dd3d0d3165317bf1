#include "sealing/secret.hpp"

#include <sodium.h>

#include <array>
#include <new>
#include <stdexcept>
#include <utility>

namespace tongdai::sealing {
namespace {

constexpr std::array<char, crypto_kdf_CONTEXTBYTES> context{'t', 'o', 'n', 'g', 'd', 'a', 'i', '1'};
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
static_assert(Secret::bytes == crypto_kdf_KEYBYTES);
static_assert(Secret::bytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(lock_overhead == nonce_bytes + crypto_aead_xchacha20poly1305_ietf_ABYTES);

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());  // NOLINT(*-reinterpret-cast): the same bytes
}

unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());  // NOLINT(*-reinterpret-cast): the same bytes
}

}  // namespace

Secret::Secret() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be used");
  data_ = static_cast<unsigned char*>(sodium_malloc(bytes));
  if (data_ == nullptr) throw std::bad_alloc();
  sodium_memzero(data_, bytes);
}

Secret::~Secret() {
  sodium_free(data_);
}

Secret::Secret(Secret&& other) noexcept : data_(std::exchange(other.data_, nullptr)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
  std::swap(data_, other.data_);
  return *this;
}

Secret Secret::random() {
  Secret made;
  randombytes_buf(made.data_, bytes);
  return made;
}

Secret Secret::derive(std::uint64_t use) const {
  Secret made;
  (void)crypto_kdf_derive_from_key(made.data_, bytes, use, context.data(), data_);
  return made;
}

std::string lock_up(const unsigned char* key, std::string_view plain, std::string_view about) {
  std::string out(lock_overhead + plain.size(), '\0');
  unsigned char* nonce = bytes_of(out);
  randombytes_buf(nonce, nonce_bytes);
  (void)crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + nonce_bytes, nullptr, bytes_of(plain),
                                                   plain.size(), bytes_of(about), about.size(), nullptr,
                                                   nonce, key);
  return out;
}

bool open_up(const unsigned char* key, std::string_view locked, std::string_view about, std::string& plain) {
  if (locked.size() < lock_overhead) return false;
  plain.resize(locked.size() - lock_overhead);
  const std::string_view body = locked.substr(nonce_bytes);
  return crypto_aead_xchacha20poly1305_ietf_decrypt(bytes_of(plain), nullptr, nullptr, bytes_of(body),
                                                    body.size(), bytes_of(about), about.size(),
                                                    bytes_of(locked), key) == 0;
}

std::string keyed_hash(const Secret& key, std::string_view value, std::size_t size) {
  std::string hash(size, '\0');
  (void)crypto_generichash(bytes_of(hash), hash.size(), bytes_of(value), value.size(), key.data(),
                           Secret::bytes);
  return hash;
}

}  // namespace tongdai::sealing
