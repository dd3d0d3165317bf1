#include "api/console.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace tongdai::api {
namespace {

using console_files::File;

constexpr std::string_view page_path = "/index.html";
constexpr std::string_view assets_path = "/assets/";
constexpr std::string_view page_cache = "no-cache";  // asks each time whether it changed
constexpr std::string_view asset_cache =
    "public, max-age=31536000, immutable";  // a changed one has another name
constexpr std::string_view robots_cache = "public, max-age=86400";
constexpr std::string_view page_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
constexpr std::string_view no_devices =
    "camera=(), display-capture=(), geolocation=(), hid=(), microphone=(), midi=(), payment=(), serial=(), "
    "usb=()";
constexpr int weight_full = 1000;  // thousandths
constexpr int weight_least = 1;

bool is_blank(char c) noexcept {
  return c == ' ' || c == '\t';
}

std::string_view trimmed(std::string_view text) noexcept {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// The text up to `mark`, trimmed; `text` goes on behind it.
std::string_view cut(std::string_view& text, char mark) noexcept {
  const std::size_t end = std::min(text.find(mark), text.size());
  const std::string_view piece = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return trimmed(piece);
}

bool is_word(std::string_view text, std::string_view lower) noexcept {
  return std::ranges::equal(text, lower, {},
                            [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
}

/// "0", "1", "0.5", "1.000" in thousandths (RFC 9110 §12.4.2); 0 for anything else: it was not asked for.
int thousandths(std::string_view text) noexcept {
  constexpr std::size_t digits_max = 3;
  if (text.empty() || (text.front() != '0' && text.front() != '1')) return 0;
  int weight = text.front() == '1' ? weight_full : 0;
  text.remove_prefix(1);
  if (text.empty()) return weight;
  if (text.front() != '.' || text.size() > digits_max + 1) return 0;
  int unit = weight_full / 10;
  for (const char c : text.substr(1)) {
    if (c < '0' || c > '9') return 0;
    weight += unit * (c - '0');
    unit /= 10;
  }
  return weight <= weight_full ? weight : 0;
}

/// What an Accept-Encoding says of each coding.
struct Wishes {
  std::optional<int> identity, gzip, brotli, others;

  [[nodiscard]] int of(const std::optional<int>& named) const noexcept {
    return named.value_or(others.value_or(0));
  }
};

Wishes read_wishes(std::string_view header) {
  Wishes wishes;
  while (!header.empty()) {
    std::string_view item = cut(header, ',');
    const std::string_view name = cut(item, ';');
    int weight = weight_full;
    if (std::string_view parameter = trimmed(item); !parameter.empty()) {
      weight = is_word(cut(parameter, '='), "q") ? thousandths(trimmed(parameter)) : 0;
    }
    if (is_word(name, "identity")) wishes.identity = weight;
    if (is_word(name, "gzip")) wishes.gzip = weight;
    if (is_word(name, "br")) wishes.brotli = weight;
    if (name == "*") wishes.others = weight;
  }
  return wishes;
}

std::string_view form_of(const File& file, Coding coding) noexcept {
  switch (coding) {
    case Coding::identity:
      return file.plain;
    case Coding::gzip:
      return file.gzip;
    case Coding::brotli:
      return file.brotli;
  }
  std::unreachable();
}

/// As Content-Encoding names it.
std::string_view coding_name(Coding coding) noexcept {
  switch (coding) {
    case Coding::identity:
      return "";
    case Coding::gzip:
      return "gzip";
    case Coding::brotli:
      return "br";
  }
  std::unreachable();
}

/// Each form of a file is another representation, and has a tag of its own (RFC 9110 §8.8.3.3).
std::string tag_of(const File& file, Coding coding) {
  std::string tag = "\"";
  tag += file.digest;
  if (coding != Coding::identity) tag.append("-").append(coding_name(coding));
  return tag += '"';
}

Response answer_with(const File& file, const Request& request) {
  const Coding coding = coding_for(request.header("accept-encoding"), file);
  const std::string tag = tag_of(file, coding);
  Response response;
  response.cache = file.path.starts_with(assets_path) ? asset_cache : page_cache;
  response.policy = page_policy;
  response.headers = {{"ETag", tag},
                      {"Vary", "Accept-Encoding"},
                      {"Cross-Origin-Opener-Policy", "same-origin"},
                      {"Permissions-Policy", std::string(no_devices)}};
  if (stands_for(request.header("if-none-match"), tag)) {
    response.status = 304;
    response.content_type.clear();
    return response;
  }
  response.content_type = file.type;
  response.body = form_of(file, coding);
  if (coding != Coding::identity) response.headers.emplace_back("Content-Encoding", coding_name(coding));
  return response;
}

}  // namespace

Coding coding_for(std::string_view accept_encoding, const console_files::File& file) {
  const Wishes wishes = read_wishes(accept_encoding);
  Coding best = Coding::identity;
  int best_weight = wishes.identity.value_or(wishes.others.value_or(weight_least));
  const auto consider = [&](Coding coding, int weight) {
    const std::size_t size = form_of(file, coding).size();
    if (size == 0 || weight == 0 || weight < best_weight) return;
    if (weight == best_weight && size >= form_of(file, best).size()) return;
    best = coding;
    best_weight = weight;
  };
  consider(Coding::gzip, wishes.of(wishes.gzip));
  consider(Coding::brotli, wishes.of(wishes.brotli));
  return best;
}

bool stands_for(std::string_view if_none_match, std::string_view tag) noexcept {
  constexpr std::string_view weak = "W/";
  while (!if_none_match.empty()) {
    std::string_view named = cut(if_none_match, ',');
    if (named == "*") return true;
    if (named.starts_with(weak)) named.remove_prefix(weak.size());
    if (named == tag) return true;
  }
  return false;
}

Response console_answer(std::span<const console_files::File> files, const Request& request) {
  const std::string_view path = request.path == "/" ? page_path : std::string_view(request.path);
  const auto found = std::ranges::find(files, path, &File::path);
  if (found != files.end()) return answer_with(*found, request);
  if (path == page_path) {
    return problem(404, "no_console", "This build has no console",
                   "scripts/build makes one with it, for which it needs node and npm");
  }
  return problem(Error{Code::not_found,
                       "the console has no file of this name; a page that is older than the service must be "
                       "loaded again"});
}

Response robots_answer() {
  Response response;
  response.content_type = "text/plain; charset=utf-8";
  response.body = "User-agent: *\nDisallow: /\n";
  response.cache = robots_cache;
  return response;
}

}  // namespace tongdai::api
