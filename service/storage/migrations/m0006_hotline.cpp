#include "storage/migrations/all.hpp"

namespace tongdai::storage::migration {

const std::string_view hotline = R"sql(
-- A report and all that is done about it. Promise: while not closed it has a timer (due_at), and an accepted one
-- has an owner whose lease ends at due_at.
CREATE TABLE hotline_case (
  id         INTEGER PRIMARY KEY,
  code       TEXT NOT NULL UNIQUE,          -- digits only, never used again while the row stands
  state      TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'closed')),
  urgency    TEXT NOT NULL CHECK (urgency IN ('critical', 'high', 'normal')),
  reporter   TEXT NOT NULL DEFAULT '',      -- '' if opened at the desk without a number
  place      TEXT NOT NULL CHECK (place IN ('known', 'missing', 'ambiguous')),
  unit_id    INTEGER REFERENCES unit (id),
  services   TEXT NOT NULL DEFAULT '',      -- 'medical;police'
  note       TEXT NOT NULL DEFAULT '',
  owner_id   INTEGER REFERENCES facility (id),
  step       INTEGER NOT NULL DEFAULT 0,    -- of the plan: the referral that is being tried
  due_at     INTEGER,                       -- next escalation, or the end of the owner's lease
  opened_at  INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  closed_at  INTEGER,
  CHECK ((state = 'closed') = (due_at IS NULL)),
  CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
  CHECK (state <> 'accepted' OR owner_id IS NOT NULL),
  CHECK (state <> 'open' OR owner_id IS NULL)
) STRICT;
CREATE INDEX hotline_case_due ON hotline_case (due_at) WHERE state <> 'closed';
CREATE UNIQUE INDEX hotline_case_of_reporter ON hotline_case (reporter) WHERE state <> 'closed' AND reporter <> '';
CREATE INDEX hotline_case_by_owner ON hotline_case (owner_id) WHERE state = 'accepted';

-- The frozen plan: which facility is tried at which step, why, and what came of it.
CREATE TABLE referral (
  id          INTEGER PRIMARY KEY,
  case_id     INTEGER NOT NULL REFERENCES hotline_case (id),
  facility_id INTEGER NOT NULL REFERENCES facility (id),
  step        INTEGER NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('planned', 'alerted', 'accepted', 'declined', 'timed_out', 'unreachable',
                                             'superseded', 'closed')),
  why         TEXT NOT NULL DEFAULT '',
  alerted_at  INTEGER,
  answered_at INTEGER,
  UNIQUE (case_id, step)
) STRICT;
CREATE INDEX referral_by_facility ON referral (facility_id, state);

-- Facilities connected to the alleged perpetrator: left out of the plan and of the fallback.
CREATE TABLE case_conflict (
  case_id     INTEGER NOT NULL REFERENCES hotline_case (id),
  facility_id INTEGER NOT NULL REFERENCES facility (id),
  PRIMARY KEY (case_id, facility_id)
) STRICT, WITHOUT ROWID;

-- The texts that belong to a case.
CREATE TABLE case_text (
  case_id    INTEGER NOT NULL REFERENCES hotline_case (id),
  inbound_id INTEGER NOT NULL REFERENCES inbound (id),
  PRIMARY KEY (case_id, inbound_id)
) STRICT, WITHOUT ROWID;

-- The timeline. `detail` never holds a number or the reporter's words.
CREATE TABLE case_event (
  id          INTEGER PRIMARY KEY,
  case_id     INTEGER NOT NULL REFERENCES hotline_case (id),
  at          INTEGER NOT NULL,
  kind        TEXT NOT NULL,
  facility_id INTEGER,
  detail      TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX case_event_by_case ON case_event (case_id, id);
)sql";

}  // namespace tongdai::storage::migration
