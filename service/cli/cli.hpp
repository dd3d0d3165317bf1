#pragma once

#include <string>
#include <vector>

#include "cli/terminal.hpp"

namespace tongdai::cli {

/// Runs the command line `arguments` (without the program's name) and returns the process's exit code. What
/// was asked goes to terminal.out: with --json exactly one document, and nothing if it failed; a number that
/// is not valid is an answer as well as a failure. Reasons go to terminal.err.
[[nodiscard]] int run(const std::vector<std::string>& arguments, Terminal& terminal);

}  // namespace tongdai::cli
