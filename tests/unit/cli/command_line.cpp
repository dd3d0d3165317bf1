#include "unit/cli/command_line.hpp"

#include <fstream>
#include <iterator>
#include <sstream>

#include "cli/cli.hpp"

namespace tongdai::test {

Ran tongdai(const std::vector<std::string>& arguments, const Surroundings& around) {
  std::ostringstream out;
  std::ostringstream err;
  const auto environment = [&around](const std::string& name) {
    const auto at = around.environment.find(name);
    return at == around.environment.end() ? std::nullopt : std::optional(at->second);
  };
  cli::Terminal terminal{.out = out,
                         .err = err,
                         .environment = environment,
                         .executable = around.executable,
                         .timeouts = around.timeouts,
                         .password = [&around] { return around.password; }};
  const int exit = cli::run(arguments, terminal);
  return {.exit = exit, .out = out.str(), .err = err.str()};
}

Ran tongdai(FakeDaemon& daemon, const std::vector<std::string>& arguments, const std::string& password) {
  return tongdai(arguments,
                 {.environment = {{"TONGDAI_SOCKET", daemon.socket().string()}}, .password = password});
}

void write_file(const std::filesystem::path& file, std::string_view content) {
  std::ofstream(file, std::ios::binary) << content;
}

std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace tongdai::test
