#include "sealing/slots.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace tongdai::sealing {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view magic{"tongdai-keys-1\0\0", 16};
constexpr std::int64_t name_at = 16, check_at = 32, heads_at = 512, head_room = 512, slots_at = 4096;
constexpr std::size_t copied_at_once = 64UL * 1024;

[[noreturn]] void fault(const char* what) {
  throw std::system_error(errno, std::system_category(), what);
}

std::unexpected<Error> cannot(std::string_view what, const fs::path& file, const std::system_error& error) {
  return fail(Code::unavailable,
              fmt::format("{}: cannot {} the keys: {}", file.string(), what, error.what()));
}

/// The folder's entry of a new file must last as well.
void flush_folder(const fs::path& file) {
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  (void)::fsync(fd);
  ::close(fd);
}

std::int64_t place_of(std::int64_t number) {
  return slots_at + (number - 1) * static_cast<std::int64_t>(Slots::slot_bytes);
}

}  // namespace

Slots::Slots(Slots&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), name_(std::move(other.name_)), check_(std::move(other.check_)) {}

Slots::~Slots() {
  if (fd_ >= 0) ::close(fd_);
}

std::size_t Slots::read_at(std::int64_t at, char* to, std::size_t size) const {
  std::size_t got = 0;
  while (got < size) {
    const ssize_t n = ::pread(fd_, to + got, size - got, at + static_cast<std::int64_t>(got));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fault("the file of keys cannot be read");
    if (n == 0) break;
    got += static_cast<std::size_t>(n);
  }
  return got;
}

void Slots::write_at(std::int64_t at, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::pwrite(fd_, bytes.data(), bytes.size(), at);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fault("the file of keys cannot be written");
    bytes.remove_prefix(static_cast<std::size_t>(n));
    at += n;
  }
}

void Slots::flush() {
  if (::fdatasync(fd_) != 0) fault("the file of keys cannot be flushed");
}

Result<Slots> Slots::open(const fs::path& file) {
  const int fd = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
  if (fd < 0) return cannot("open", file, std::system_error(errno, std::system_category()));
  Slots slots(fd);
  try {
    std::array<char, check_at + check_bytes> start{};
    const std::size_t got = slots.read_at(0, start.data(), start.size());
    const std::string_view bytes(start.data(), got);
    if (got < start.size() || !bytes.starts_with(magic)) {
      return fail(Code::invalid, fmt::format("{}: is no file of keys of this program", file.string()));
    }
    slots.name_ = bytes.substr(name_at, name_bytes);
    slots.check_ = bytes.substr(check_at, check_bytes);
    return slots;
  } catch (const std::system_error& e) {
    return cannot("open", file, e);
  }
}

Result<Slots> Slots::make(const fs::path& file, std::string_view name, std::string_view check) {
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (fd < 0) return cannot("make", file, std::system_error(errno, std::system_category()));
  Slots slots(fd);
  try {
    std::string start(static_cast<std::size_t>(slots_at), '\0');
    start.replace(0, magic.size(), magic);
    start.replace(name_at, name_bytes, name);
    start.replace(check_at, check_bytes, check);
    slots.write_at(0, start);
    if (::fsync(fd) != 0) fault("flush");
    flush_folder(file);
    slots.name_ = name;
    slots.check_ = check;
    return slots;
  } catch (const std::system_error& e) {
    return cannot("make", file, e);
  }
}

std::int64_t Slots::count() const {
  struct stat status{};
  if (::fstat(fd_, &status) != 0) fault("the file of keys cannot be read");
  const auto room = static_cast<std::int64_t>(slot_bytes);
  return std::max<std::int64_t>(0, (status.st_size - slots_at + room - 1) / room);
}

void Slots::append(std::int64_t first, const std::string& wrapped) {
  std::string bytes;
  bytes.reserve(wrapped.size() / wrapped_bytes * slot_bytes);
  for (std::size_t at = 0; at < wrapped.size(); at += wrapped_bytes) {
    bytes.append(wrapped, at, wrapped_bytes);
    bytes.append(slot_bytes - wrapped_bytes, '\0');
  }
  try {
    write_at(place_of(first), bytes);
    flush();
  } catch (...) {
    (void)::ftruncate(fd_, place_of(first));
    throw;
  }
}

std::optional<std::string> Slots::read(std::int64_t number) const {
  if (number < 1) return std::nullopt;
  std::string wrapped(wrapped_bytes, '\0');
  if (read_at(place_of(number), wrapped.data(), wrapped_bytes) < wrapped_bytes) return std::nullopt;
  if (std::ranges::all_of(wrapped, [](char c) { return c == '\0'; })) return std::nullopt;
  return wrapped;
}

void Slots::clear(std::int64_t number) {
  if (number >= 1 && number <= count()) write_at(place_of(number), std::string(slot_bytes, '\0'));
}

std::string Slots::read_head(int which) const {
  std::string head(head_bytes, '\0');
  (void)read_at(heads_at + which * head_room, head.data(), head_bytes);
  return head;
}

void Slots::write_head(int which, std::string_view head) {
  write_at(heads_at + which * head_room, head.substr(0, head_bytes));
  flush();
}

Result<void> Slots::copy_to(const fs::path& file) const {
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (fd < 0 && errno == EEXIST) return fail(Code::conflict, "the file exists already: " + file.string());
  if (fd < 0) return cannot("copy", file, std::system_error(errno, std::system_category()));
  Slots copy(fd);
  try {
    std::string chunk(copied_at_once, '\0');
    for (std::int64_t at = 0;;) {
      const std::size_t got = read_at(at, chunk.data(), chunk.size());
      copy.write_at(at, std::string_view(chunk).substr(0, got));
      at += static_cast<std::int64_t>(got);
      if (got < chunk.size()) break;
    }
    if (::fsync(fd) != 0) fault("flush");
    flush_folder(file);
    return {};
  } catch (const std::system_error& e) {
    ::unlink(file.c_str());
    return cannot("copy", file, e);
  }
}

}  // namespace tongdai::sealing
