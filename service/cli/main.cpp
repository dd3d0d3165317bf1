#include <termios.h>
#include <unistd.h>

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

/// Takes the echo from a keyboard as long as it lives.
class Unseen {
 public:
  Unseen() : is_keyboard_(::isatty(STDIN_FILENO) == 1 && ::tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!is_keyboard_) return;
    std::cerr << "Password (nothing: one is made): " << std::flush;
    termios without = before_;
    without.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &without);
  }
  ~Unseen() {
    if (!is_keyboard_) return;
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    std::cerr << '\n';
  }
  Unseen(const Unseen&) = delete;
  Unseen& operator=(const Unseen&) = delete;

 private:
  termios before_{};
  bool is_keyboard_;
};

std::string password() {
  const Unseen unseen;
  std::string line;
  std::getline(std::cin, line);
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

}  // namespace

int main(int argc, char** argv) {
  std::error_code unknown;
  tongdai::cli::Terminal terminal{.out = std::cout,
                                  .err = std::cerr,
                                  .environment = environment,
                                  .executable = std::filesystem::read_symlink("/proc/self/exe", unknown),
                                  .password = password};
  const int exit =
      tongdai::cli::run(std::vector<std::string>(argv + std::min(argc, 1), argv + argc), terminal);
  std::cout.flush();
  if (!std::cout) {  // a full disk behind ">"
    std::cerr << "tongdai: standard output cannot be written.\n";
    return exit == 0 ? 1 : exit;
  }
  return exit;
}
