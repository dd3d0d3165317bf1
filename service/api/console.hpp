#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "api/http.hpp"
#include "console_files/files.hpp"

/// The web console's files as answers. Pure: they come with the program, hold no data, and ask nobody who
/// they are.
namespace tongdai::api {

enum class Coding : std::uint8_t { identity, gzip, brotli };

/// The smallest form of `file` among those that a client likes best (RFC 9110 §12.5.3). Whoever takes no
/// coding that there is, or does not say which, gets it as it is, also if they refuse that: programs that do
/// not speak of codings mostly cannot undo one, and a 406 would help nobody.
[[nodiscard]] Coding coding_for(std::string_view accept_encoding, const console_files::File& file);

/// Does an If-None-Match stand for what has this tag? Compares weakly: a proxy that changes the coding makes
/// tags weak (RFC 9110 §13.1.2).
[[nodiscard]] bool stands_for(std::string_view if_none_match, std::string_view tag) noexcept;

/// The file at the request's path, "/" being the page: 200, or 304 to who has it. 404 if there is none, and
/// for the page how to build one.
[[nodiscard]] Response console_answer(std::span<const console_files::File> files, const Request& request);

/// robots.txt: nothing here is for search engines.
[[nodiscard]] Response robots_answer();

}  // namespace tongdai::api
