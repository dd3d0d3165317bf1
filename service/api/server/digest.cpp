#include "api/server/digest.hpp"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace tongdai::api {
namespace {

void must(int done) {
  if (done != 1) throw std::runtime_error("the cryptographic library cannot make a SHA-256 digest");
}

}  // namespace

std::string to_hex(std::span<const unsigned char> bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const unsigned char byte : bytes) {
    out += digits[byte >> 4U];
    out += digits[byte & 0xfU];
  }
  return out;
}

void Digest::Free::operator()(evp_md_ctx_st* context) const noexcept {
  EVP_MD_CTX_free(context);
}

Digest::Digest() : context_(EVP_MD_CTX_new()) {
  must(context_ ? 1 : 0);
  must(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr));
}

void Digest::feed(std::string_view bytes) {
  must(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()));
}

std::string Digest::finish() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned size = 0;
  must(EVP_DigestFinal_ex(context_.get(), out.data(), &size));
  return to_hex(std::span(out).first(size));
}

}  // namespace tongdai::api
