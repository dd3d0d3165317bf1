#pragma once

#include <filesystem>
#include <string_view>

#include "api/server/digest.hpp"
#include "core/error.hpp"
#include "core/time.hpp"

namespace tongdai::api {

/// Where the bodies of uploads are written.
[[nodiscard]] std::filesystem::path uploads_folder(const std::filesystem::path& data_dir);

/// A body on its way into a file of mode 0600. The file goes with the object, unless somebody moved it away.
class Upload {
 public:
  /// Makes "<random>.part" in `folder`, and the folder. Error: unavailable.
  [[nodiscard]] static Result<Upload> create(const std::filesystem::path& folder);
  ~Upload();
  Upload(Upload&& other) noexcept;
  Upload(const Upload&) = delete;
  Upload& operator=(const Upload&) = delete;
  Upload& operator=(Upload&&) = delete;

  /// Error: unavailable (the disk is full). Blocks for the copy into the system's cache only.
  [[nodiscard]] Result<void> write(std::string_view bytes);
  /// All is written; the file can be read. What the bytes' digest is.
  [[nodiscard]] std::string finish();
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  Upload(std::filesystem::path path, int fd) : path_(std::move(path)), fd_(fd) {}
  void close() noexcept;

  std::filesystem::path path_;
  int fd_ = -1;
  Digest digest_;
};

/// Deletes what a crash left in `folder` and nobody has touched for `age`: younger files may belong to an
/// import that goes on after the start. How many.
std::size_t sweep_uploads(const std::filesystem::path& folder, std::chrono::hours age);

}  // namespace tongdai::api
