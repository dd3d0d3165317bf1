#include "support/source_dir.hpp"

namespace tongdai {

std::string in_checkout(const std::string& path) {
  return TONGDAI_SOURCE_DIR + path;
}

}  // namespace tongdai
