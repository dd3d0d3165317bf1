#pragma once

#include <filesystem>
#include <string_view>

#include "config/node.hpp"
#include "config/reader.hpp"

namespace tongdai::config {

/// Reads a TOML 1.0 file into a tree. A file that cannot be read or parsed is one fault with its line.
[[nodiscard]] std::expected<Node, Fault> read_toml_file(const std::filesystem::path& file);
[[nodiscard]] std::expected<Node, Fault> read_toml(std::string_view text);

}  // namespace tongdai::config
