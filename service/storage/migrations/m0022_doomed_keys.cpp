#include "storage/migrations/all.hpp"

namespace tongdai::storage::migration {

const std::string_view doomed_keys = R"sql(
-- Keys that an erasure gave up: destroyed after its commit, and then no longer here.
CREATE TABLE doomed_key (key_id INTEGER PRIMARY KEY) STRICT;
)sql";

}  // namespace tongdai::storage::migration
