#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/terminal.hpp"
#include "unit/cli/fake_daemon.hpp"

namespace tongdai::test {

/// What a command left behind.
struct Ran {
  int exit = 0;
  std::string out;
  std::string err;

  /// Standard output as the one document it must be.
  [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(out); }
};

struct Surroundings {
  std::map<std::string, std::string> environment = {};
  cli::Timeouts timeouts = {};
  std::filesystem::path executable = {};
  std::string password = {};  ///< on standard input
};

/// `tongdai arguments...` in these surroundings.
[[nodiscard]] Ran tongdai(const std::vector<std::string>& arguments, const Surroundings& around = {});
/// The same against `daemon`.
[[nodiscard]] Ran tongdai(FakeDaemon& daemon, const std::vector<std::string>& arguments,
                          const std::string& password = {});

void write_file(const std::filesystem::path& file, std::string_view content);
[[nodiscard]] std::string read_file(const std::filesystem::path& file);

}  // namespace tongdai::test
