#include "storage/migrations/all.hpp"

namespace tongdai::storage::migration {

const std::string_view inbox = R"sql(
-- Every text that came in, written before the gateway is told that we have it.
CREATE TABLE inbound (
  id          INTEGER PRIMARY KEY,
  gateway     TEXT NOT NULL,
  sender      TEXT NOT NULL,
  line        TEXT NOT NULL,                -- the number of ours it was sent to
  text        TEXT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('received', 'handled', 'failed')),
  kind        TEXT NOT NULL DEFAULT '' CHECK (kind IN ('', 'command', 'opt_out', 'opt_in', 'report')),
  incomplete  INTEGER NOT NULL DEFAULT 0,   -- 1: a part never came
  attempts    INTEGER NOT NULL DEFAULT 0,
  dedupe_key  TEXT NOT NULL,                -- gateway's id, or digest of sender, line, text and time slice
  received_at INTEGER NOT NULL,
  handled_at  INTEGER
) STRICT;
CREATE UNIQUE INDEX inbound_once ON inbound (gateway, dedupe_key);
CREATE INDEX inbound_waiting ON inbound (id) WHERE state = 'received';
CREATE INDEX inbound_by_sender ON inbound (sender, id);

-- Parts of long texts until the last has come, or the time is up.
CREATE TABLE inbound_part (
  gateway     TEXT NOT NULL,
  sender      TEXT NOT NULL,
  line        TEXT NOT NULL,
  reference   INTEGER NOT NULL,
  total       INTEGER NOT NULL CHECK (total BETWEEN 2 AND 255),
  part        INTEGER NOT NULL CHECK (part BETWEEN 1 AND 255),
  text        TEXT NOT NULL,
  gateway_ref TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  PRIMARY KEY (gateway, sender, line, reference, total, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX inbound_part_by_age ON inbound_part (received_at);
)sql";

}  // namespace tongdai::storage::migration
