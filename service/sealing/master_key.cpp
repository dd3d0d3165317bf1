#include "sealing/master_key.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <optional>
#include <system_error>

namespace tongdai::sealing {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t digits = 2 * Secret::bytes;
constexpr std::size_t read_max = 256;  // bytes: the digits, and blanks at the end

std::unexpected<Error> cannot(std::string_view what, const fs::path& file, int error) {
  return fail(Code::unavailable, fmt::format("{}: cannot {} the master key: {}", file.string(), what,
                                             std::system_category().message(error)));
}

/// Closes at the end.
struct Fd {
  explicit Fd(int number) : fd(number) {}
  ~Fd() {
    if (fd >= 0) ::close(fd);
  }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  int fd;
};

std::optional<Secret> parse(std::string_view text, bool may_be_raw) {
  Secret key;
  if (may_be_raw && text.size() == Secret::bytes) {
    std::copy(text.begin(), text.end(), key.data());
    return key;
  }
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
    text.remove_suffix(1);
  std::size_t size = 0;
  const bool sound = text.size() == digits && sodium_hex2bin(key.data(), Secret::bytes, text.data(),
                                                             text.size(), nullptr, &size, nullptr) == 0;
  if (!sound || size != Secret::bytes) return std::nullopt;
  return key;
}

Result<Secret> read(const fs::path& file, bool is_credential) {
  const Fd opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (opened.fd < 0) return cannot("read", file, errno);
  struct stat status{};
  if (::fstat(opened.fd, &status) != 0) return cannot("read", file, errno);
  if (!is_credential && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return fail(Code::invalid,
                fmt::format("{}: others than its owner may read or change it: chmod 600", file.string()));
  }
  std::array<char, read_max> buffer{};
  const ssize_t got = ::read(opened.fd, buffer.data(), buffer.size());
  if (got < 0) return cannot("read", file, errno);
  auto key = parse(std::string_view(buffer.data(), static_cast<std::size_t>(got)), is_credential);
  sodium_memzero(buffer.data(), buffer.size());
  if (key) return std::move(*key);
  return fail(Code::invalid, fmt::format("{}: must hold {} hexadecimal digits", file.string(), digits));
}

Result<Secret> make(const fs::path& file) {
  Secret key = Secret::random();
  std::array<char, digits + 1> line{};
  (void)sodium_bin2hex(line.data(), line.size(), key.data(), Secret::bytes);
  line.back() = '\n';
  bool whole = false;
  int error = 0;
  {
    const Fd made(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (made.fd < 0) return cannot("write", file, errno);
    whole = ::write(made.fd, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
            ::fsync(made.fd) == 0;
    error = errno;
  }
  sodium_memzero(line.data(), line.size());
  if (whole) return key;
  ::unlink(file.c_str());  // half a key would be taken for one at the next start
  return cannot("write", file, error);
}

}  // namespace

Result<Secret> load_master_key(const fs::path& configured, const fs::path& own, bool may_make) {
  if (sodium_init() < 0) return fail(Code::internal, "libsodium cannot be used");
  std::error_code ignored;
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody changes the environment
  if (const char* folder = std::getenv("CREDENTIALS_DIRECTORY"); folder != nullptr) {
    const fs::path credential = fs::path(folder) / credential_name;
    if (fs::exists(credential, ignored)) return read(credential, true);
  }
  if (!configured.empty()) return read(configured, false);
  if (fs::exists(own, ignored)) return read(own, false);
  if (may_make) return make(own);
  return fail(Code::not_found,
              fmt::format("{}: the master key is missing, and without it no case can be read: put it back",
                          own.string()));
}

}  // namespace tongdai::sealing
