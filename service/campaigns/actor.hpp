#pragma once

#include <string>

namespace tongdai::campaigns {

/// Who asks for something, as the history says it.
struct Actor {
  std::string name;
  bool is_administrator = false;  ///< may stand in for the second person
};

}  // namespace tongdai::campaigns
