#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/rand.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <system_error>

#include "api/server.hpp"
#include "api/server/digest.hpp"

namespace tongdai::api {
namespace {

constexpr std::size_t token_bytes = 32;
constexpr std::size_t token_chars_min = 32;  // shorter ones can be guessed
constexpr std::size_t token_chars_max = 512;

std::unexpected<Error> cannot(std::string_view what, const std::filesystem::path& file, int error) {
  return fail(Code::unavailable, fmt::format("{}: cannot {} the token: {}", file.string(), what,
                                             std::system_category().message(error)));
}

Result<std::string> make(const std::filesystem::path& file) {
  std::array<unsigned char, token_bytes> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    return fail(Code::unavailable, "the system's random generator gives no numbers for the token");
  }
  std::string token = to_hex(bytes);
  const std::string line = token + "\n";
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (fd < 0) return cannot("write", file, errno);
  const ssize_t written = ::write(fd, line.data(), line.size());
  const int error = errno;
  const bool whole = written == static_cast<ssize_t>(line.size()) && ::fsync(fd) == 0;
  ::close(fd);
  if (whole) return token;
  ::unlink(file.c_str());  // half a token would be taken for one at the next start
  return cannot("write", file, error);
}

}  // namespace

Result<std::string> token_of(const std::filesystem::path& file) {
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return make(file);
  std::ifstream in(file);
  std::string token;
  if (!in || !std::getline(in, token)) {
    return fail(Code::invalid,
                fmt::format("{}: cannot be read, or is empty; remove it to get a new token", file.string()));
  }
  while (!token.empty() && (token.back() == '\r' || token.back() == ' ')) token.pop_back();
  const bool printable = std::ranges::all_of(token, [](char c) { return c > 0x20 && c < 0x7f; });
  if (!printable || token.size() < token_chars_min || token.size() > token_chars_max) {
    return fail(Code::invalid,
                fmt::format("{}: must hold a token of {} to {} printable characters without spaces",
                            file.string(), token_chars_min, token_chars_max));
  }
  return token;
}

}  // namespace tongdai::api
