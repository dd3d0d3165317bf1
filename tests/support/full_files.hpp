#pragma once

#include <sys/resource.h>

#include <csignal>
#include <filesystem>

namespace tongdai::test {

/// While it lives no file of this process grows beyond the present size of `file`: it is full, and smaller
/// ones are not.
class FullFiles {
 public:
  explicit FullFiles(const std::filesystem::path& file) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit now{std::filesystem::file_size(file), before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &now);
  }
  ~FullFiles() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FullFiles(const FullFiles&) = delete;
  FullFiles& operator=(const FullFiles&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

}  // namespace tongdai::test
