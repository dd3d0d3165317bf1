#pragma once

#include <string>
#include <string_view>

#include "storage/tx.hpp"

/// Refusals and holds stand as tags of the master key (docs/sealing.md): with another one nobody's is found
/// any more. So no campaign leaves then, until an administrator gives the old ones up, by their key's name,
/// and has brought in what is known of them from elsewhere.
namespace tongdai::outbox {

struct RefusalsKey {
  bool fits = true;
  std::string name;  ///< of the key whose tags they are: twelve hexadecimal digits that tell nothing else
};

/// Compares, and takes the present key over where there is nothing to find or `given_up` is the old one's
/// name. Writer thread.
[[nodiscard]] RefusalsKey check_refusals_key(storage::Tx& tx, std::string_view given_up);

}  // namespace tongdai::outbox
