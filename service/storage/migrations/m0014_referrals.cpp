#include "storage/migrations/all.hpp"

namespace tongdai::storage::migration {

const std::string_view referrals = R"sql(
-- A facility may hand a case back or on, and get it again; a late text acts as of when it was sent, so a referral knows
-- when it had the case. A table's CHECK cannot be changed: it is written anew.
DROP INDEX referral_by_facility;
ALTER TABLE referral RENAME TO referral_before;
CREATE TABLE referral (
  id          INTEGER PRIMARY KEY,
  case_id     INTEGER NOT NULL REFERENCES hotline_case (id),
  facility_id INTEGER NOT NULL REFERENCES facility (id),
  step        INTEGER NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('planned', 'alerted', 'accepted', 'declined', 'timed_out', 'unreachable',
                                             'superseded', 'handed_back', 'transferred', 'closed')),
  why         TEXT NOT NULL DEFAULT '',
  alerted_at  INTEGER,
  answered_at INTEGER,                      -- the facility's own last word
  accepted_at INTEGER,                      -- it had the case from here ...
  left_at     INTEGER,                      -- ... to here
  UNIQUE (case_id, step),
  CHECK (state <> 'accepted' OR (accepted_at IS NOT NULL AND left_at IS NULL))
) STRICT;
INSERT INTO referral (id, case_id, facility_id, step, state, why, alerted_at, answered_at, accepted_at)
  SELECT id, case_id, facility_id, step, state, why, alerted_at, answered_at,
         CASE WHEN state = 'accepted' THEN COALESCE(answered_at, alerted_at, 0) END
  FROM referral_before;
DROP TABLE referral_before;
CREATE INDEX referral_by_facility ON referral (facility_id, state);

-- How many beds a shelter has free, as its people last said. Believed for some hours only.
CREATE TABLE facility_beds (
  facility_id INTEGER PRIMARY KEY REFERENCES facility (id) ON DELETE CASCADE,
  free        INTEGER NOT NULL CHECK (free BETWEEN 0 AND 999),
  told_at     INTEGER NOT NULL
) STRICT;
)sql";

}  // namespace tongdai::storage::migration
