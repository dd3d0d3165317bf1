#include "api/server/uploads.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace tongdai::api {
namespace {

constexpr std::string_view suffix = ".part";
constexpr std::size_t name_bytes = 16;  // random: no name is used twice, also after a restart

std::unexpected<Error> cannot_write(const std::filesystem::path& file, const std::string& why) {
  // The folder's path is the administrator's business, not the client's.
  return fail(Code::unavailable,
              fmt::format("the upload {} cannot be written: {}", file.filename().string(), why));
}

std::string message_of(int error) {
  return std::system_category().message(error);
}

}  // namespace

std::filesystem::path uploads_folder(const std::filesystem::path& data_dir) {
  return data_dir / "uploads";
}

Result<Upload> Upload::create(const std::filesystem::path& folder) {
  std::array<unsigned char, name_bytes> random{};
  if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) {
    return fail(Code::unavailable, "the system's random generator gives no name for the upload");
  }
  const std::filesystem::path path = folder / (to_hex(random) + std::string(suffix));
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed) return cannot_write(path, failed.message());
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (fd < 0) return cannot_write(path, message_of(errno));
  return Upload(path, fd);
}

Upload::Upload(Upload&& other) noexcept
    : path_(std::exchange(other.path_, {})),
      fd_(std::exchange(other.fd_, -1)),
      digest_(std::move(other.digest_)) {}

Upload::~Upload() {
  close();
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove(path_, ignored);
}

void Upload::close() noexcept {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

Result<void> Upload::write(std::string_view bytes) {
  digest_.feed(bytes);
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return cannot_write(path_, message_of(errno));
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

std::string Upload::finish() {
  close();
  return digest_.finish();
}

std::size_t sweep_uploads(const std::filesystem::path& folder, std::chrono::hours age) {
  std::size_t swept = 0;
  std::error_code failed;
  const auto oldest = std::filesystem::file_time_type::clock::now() - age;
  std::filesystem::directory_iterator files(folder, failed);
  for (; !failed && files != std::filesystem::directory_iterator(); files.increment(failed)) {
    std::error_code ignored;
    if (files->path().extension() != suffix || files->last_write_time(ignored) > oldest) continue;
    if (std::filesystem::remove(files->path(), ignored)) ++swept;
  }
  return swept;
}

}  // namespace tongdai::api
