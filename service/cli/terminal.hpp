#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <ostream>
#include <string>

#include "core/time.hpp"

namespace tongdai::cli {

/// How a command ends: the process's exit code.
enum class Exit : std::uint8_t {
  done = 0,
  refused = 1,      ///< or not found; the reason is on standard error
  usage = 2,        ///< the command line is wrong
  unreachable = 3,  ///< the daemon did not answer
};

/// How long the daemon may take.
struct Timeouts {
  Duration connect{15'000};
  Duration ordinary{15'000};  ///< each of sending a request and waiting for its answer
  Duration lengthy{900'000};  ///< the same for files: a million contacts, an export, a backup
};

/// What the command line knows of its surroundings; tests hand in their own. The streams outlive it.
struct Terminal {
  std::ostream& out;
  std::ostream& err;
  std::function<std::optional<std::string>(const std::string&)> environment;
  std::filesystem::path executable;  ///< of this program, links resolved; "" if unknown
  Timeouts timeouts = {};
  /// The first line of standard input, which is not shown while somebody types it.
  std::function<std::string()> password = {};
};

}  // namespace tongdai::cli
