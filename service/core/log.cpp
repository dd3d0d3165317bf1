#include "core/log.hpp"

#include <utility>

namespace tongdai {

std::string_view to_string(Level level) noexcept {
  switch (level) {
    case Level::debug:
      return "debug";
    case Level::info:
      return "info";
    case Level::warning:
      return "warning";
    case Level::error:
      return "error";
    case Level::alarm:
      return "alarm";
  }
  std::unreachable();
}

}  // namespace tongdai
