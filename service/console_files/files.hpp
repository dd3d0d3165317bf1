#pragma once

#include <span>
#include <string_view>

/// The web console as it was built into the program: its files' bytes, and no more.
namespace tongdai::console_files {

/// What it holds are constants of the program.
struct File {
  std::string_view path;    ///< "/index.html", "/assets/main-3f9a7c21.js"
  std::string_view type;    ///< its Content-Type
  std::string_view digest;  ///< of `plain`, hexadecimal digits: other bytes have another
  std::string_view plain;
  std::string_view gzip;    ///< RFC 1952; "" if it would not be smaller
  std::string_view brotli;  ///< RFC 7932; "" if it would not be smaller, or what built it could not make it
};

/// By path; empty if no console was there when the program was built. Any thread.
[[nodiscard]] std::span<const File> all() noexcept;

}  // namespace tongdai::console_files
