#include "support/temp_dir.hpp"

#include <unistd.h>

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace tongdai::test {
namespace {

/// Memory, where there is a file system of it: a test asks for thousands of commits, and none outlives it.
std::filesystem::path place() {
  std::error_code ignored;
  const std::filesystem::path memory = "/dev/shm";
  const bool there = std::filesystem::is_directory(memory, ignored) && access(memory.c_str(), W_OK) == 0;
  return there ? memory : std::filesystem::temp_directory_path();
}

}  // namespace

TempDir::TempDir() {
  std::string pattern = (place() / "tongdai-test-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a folder for the test");
  path_ = pattern;
}

TempDir::~TempDir() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace tongdai::test
