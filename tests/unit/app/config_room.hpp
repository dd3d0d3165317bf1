#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <string_view>

#include "app/config.hpp"
#include "support/source_dir.hpp"
#include "support/temp_dir.hpp"

namespace tongdai::app {

/// A folder with a configuration and the files it names.
class ConfigTest : public ::testing::Test {
 protected:
  static constexpr std::string_view sound = R"toml([service]
name = "Lai Châu"
timezone = "Asia/Ho_Chi_Minh"
data_dir = "data"
[numbering]
plan = "vn.toml"
[hotline]
line = "19001234"
phrases = "phrases.toml"
duty = ["0912000191", "0962000192"]
[[gateway]]
name = "main"
adapter = "sandbox"
rate = 100
source = "19001234"
sender_is_discreet = true
[[route]]
purpose = ["campaign", "facility_alert"]
gateways = ["main"]
)toml";

  ConfigTest() {
    namespace fs = std::filesystem;
    fs::copy_file(in_checkout("/config/numbering/vn.toml"), folder / "vn.toml");
    fs::copy_file(in_checkout("/config/hotline/phrases.toml"), folder / "phrases.toml");
    fs::copy(in_checkout("/config/hotline/languages"), folder / "languages");
  }

  void write(std::string_view name, std::string_view text) const {
    std::ofstream(folder / name, std::ios::binary) << text;
  }
  [[nodiscard]] std::filesystem::path file() const { return folder / "t.toml"; }
  [[nodiscard]] std::expected<Config, std::string> read(std::string_view toml) const {
    write("t.toml", toml);
    return read_config(file());
  }
  /// What --check prints, with the folder left out: "t.toml:4: service.data_dir: ...". "" for a sound file.
  [[nodiscard]] std::string faults(std::string_view toml) const {
    const auto config = read(toml);
    if (config) return "";
    std::string printed = config.error();
    const std::string base = folder.path().string() + "/";
    for (std::size_t at = 0; (at = printed.find(base, at)) != std::string::npos;)
      printed.erase(at, base.size());
    return printed;
  }
  /// The sound file with `from` put as `to`.
  [[nodiscard]] static std::string with(std::string_view from, std::string_view to) {
    std::string toml(sound);
    const std::size_t at = toml.find(from);
    if (at == std::string::npos) ADD_FAILURE() << "not in the sound file: " << from;
    return toml.replace(at, from.size(), to);
  }

  test::TempDir folder;
};

}  // namespace tongdai::app
