#include "storage/migrations/all.hpp"

namespace tongdai::storage::migration {

const std::string_view routing = R"sql(
-- The administrator's own preference, and what its people speak ('vi;hmn').
ALTER TABLE facility ADD COLUMN weight INTEGER NOT NULL DEFAULT 50 CHECK (weight BETWEEN 0 AND 100);
ALTER TABLE facility ADD COLUMN languages TEXT NOT NULL DEFAULT '';
ALTER TABLE hotline_case ADD COLUMN language TEXT NOT NULL DEFAULT '';   -- '' if it is not known

-- Several services at once: what a case needs beside its lead, each with its own plan, owner and lease, and with the
-- reporter's consent where that is needed (hotline/tracks.hpp).
CREATE TABLE case_track (
  case_id  INTEGER NOT NULL REFERENCES hotline_case (id),
  track    INTEGER NOT NULL CHECK (track > 0),
  service  TEXT NOT NULL,
  state    TEXT NOT NULL CHECK (state IN ('waiting', 'open', 'accepted', 'closed')),
  consent  TEXT NOT NULL CHECK (consent IN ('not_needed', 'needed', 'given', 'refused')),
  owner_id INTEGER REFERENCES facility (id),
  step     INTEGER NOT NULL DEFAULT 0,
  due_at   INTEGER,
  PRIMARY KEY (case_id, track),
  UNIQUE (case_id, service),
  CHECK ((state IN ('open', 'accepted')) = (due_at IS NOT NULL)),
  CHECK (state <> 'accepted' OR owner_id IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_track_due ON case_track (due_at) WHERE due_at IS NOT NULL;
ALTER TABLE referral ADD COLUMN track INTEGER NOT NULL DEFAULT 0;

-- Who would serve a case's place and is not in its plan, and why.
CREATE TABLE plan_left_out (
  case_id     INTEGER NOT NULL REFERENCES hotline_case (id),
  track       INTEGER NOT NULL,
  facility_id INTEGER NOT NULL REFERENCES facility (id),
  why         TEXT NOT NULL,
  PRIMARY KEY (case_id, track, facility_id)
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace tongdai::storage::migration
