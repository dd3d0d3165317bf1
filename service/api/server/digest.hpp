#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace tongdai::api {

[[nodiscard]] std::string to_hex(std::span<const unsigned char> bytes);

/// SHA-256 of what it is fed, piece by piece.
class Digest {
 public:
  Digest();
  void feed(std::string_view bytes);
  /// 64 hexadecimal digits. Once, at the end.
  [[nodiscard]] std::string finish();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const noexcept;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

}  // namespace tongdai::api
