#pragma once

#include "core/ids.hpp"

namespace tongdai {

/// What something is sealed with: a place in the file of keys (sealing/vault.hpp), from 1. 0 is none.
using KeyId = Id<struct KeyTag>;

}  // namespace tongdai
