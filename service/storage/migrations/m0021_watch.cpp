#include "storage/migrations/all.hpp"

namespace tongdai::storage::migration {

const std::string_view watch = R"sql(
-- Synthetic reports that were sent to see whether one comes through. The states are ops/probe.hpp's.
CREATE TABLE watch_probe (
  id          INTEGER PRIMARY KEY,          -- in the order of their sending
  nonce       TEXT NOT NULL UNIQUE,         -- counts once, from our own number
  sent_at     INTEGER NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('waiting', 'returned', 'missed', 'late')),
  returned_at INTEGER,
  CHECK ((state IN ('returned', 'late')) = (returned_at IS NOT NULL))
) STRICT;
CREATE INDEX watch_probe_waiting ON watch_probe (sent_at) WHERE state = 'waiting';
)sql";

}  // namespace tongdai::storage::migration
