#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "cli/cli.hpp"

namespace {

std::optional<std::string> environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

}  // namespace

int main(int argc, char** argv) {
  std::error_code unknown;
  tongdai::cli::Terminal terminal{.out = std::cout,
                                  .err = std::cerr,
                                  .environment = environment,
                                  .executable = std::filesystem::read_symlink("/proc/self/exe", unknown)};
  const int exit =
      tongdai::cli::run(std::vector<std::string>(argv + std::min(argc, 1), argv + argc), terminal);
  std::cout.flush();
  if (!std::cout) {  // a full disk behind ">"
    std::cerr << "tongdai: standard output cannot be written.\n";
    return exit == 0 ? 1 : exit;
  }
  return exit;
}
