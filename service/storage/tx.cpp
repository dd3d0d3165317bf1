#include "storage/tx.hpp"

#include <stdexcept>

namespace tongdai::storage {

void Tx::run_closings() {
  for (const auto& [key, closing] : std::exchange(closings_, {})) closing->close(*this);
}

void throw_bad_enum(const std::string& name) {
  throw std::runtime_error("the database holds a name that this version does not know: " + name);
}

}  // namespace tongdai::storage
