#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <string>

#include "app/config.hpp"
#include "app/daemon.hpp"

namespace {

constexpr int exit_bad_configuration = 2;

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"tongdaid: the switchboard of a campaign and of the hotline behind it"};
  std::string file = "/etc/tongdai/tongdai.toml";
  bool check_only = false;
  app.add_option("--config", file, "configuration file")->capture_default_str();
  app.add_flag("--check", check_only,
               "validate the configuration and exit: 0 if it is sound, 2 with a line a fault");
  app.set_version_flag("--version", std::string(tongdai::app::version()));
  CLI11_PARSE(app, argc, argv);

  auto config = tongdai::app::read_config(file);
  if (!config) {
    std::fputs(config.error().c_str(), stderr);
    return exit_bad_configuration;
  }
  if (check_only) {
    const auto now = std::chrono::floor<tongdai::Duration>(std::chrono::system_clock::now());
    for (const auto& warnings :
         {config->warnings, config->gateway_warnings, tongdai::app::warnings_at(*config, now)}) {
      for (const std::string& warning : warnings)
        std::fprintf(stderr, "%s: warning: %s\n", file.c_str(), warning.c_str());
    }
    return 0;
  }
  return tongdai::app::run_daemon(std::move(*config));
}
