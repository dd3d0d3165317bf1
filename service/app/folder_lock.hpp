#pragma once

#include <filesystem>

#include "core/error.hpp"

namespace tongdai::app {

/// Keeps a data folder to one daemon: the kernel gives the lock back when the process ends, however it ends.
class FolderLock {
 public:
  /// Errors: conflict (another daemon runs on it), unavailable.
  [[nodiscard]] static Result<FolderLock> take(const std::filesystem::path& folder);
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&&) = delete;
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int fd) : fd_(fd) {}
  int fd_ = -1;
};

}  // namespace tongdai::app
