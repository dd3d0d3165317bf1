#include "storage/migrations/all.hpp"

namespace tongdai::storage::migration {

const std::string_view clocks = R"sql(
-- Owners who are to be reminded before their lease ends.
CREATE TABLE lease_reminder (
  case_id INTEGER NOT NULL REFERENCES hotline_case (id),
  track   INTEGER NOT NULL,
  due_at  INTEGER NOT NULL,
  PRIMARY KEY (case_id, track)
) STRICT, WITHOUT ROWID;
CREATE INDEX lease_reminder_due ON lease_reminder (due_at);

-- The law's clocks of a case (hotline/law_clock.hpp). due_at: the warning, then the limit; NULL when nothing is to come.
CREATE TABLE case_clock (
  case_id    INTEGER NOT NULL REFERENCES hotline_case (id),
  kind       TEXT NOT NULL CHECK (kind IN ('forward', 'child_measures', 'no_contact')),
  state      TEXT NOT NULL CHECK (state IN ('running', 'warned', 'overdue', 'met', 'ended')),
  started_at INTEGER NOT NULL,
  limit_at   INTEGER NOT NULL,
  due_at     INTEGER,
  met_at     INTEGER,
  PRIMARY KEY (case_id, kind),
  CHECK ((state IN ('running', 'warned')) = (due_at IS NOT NULL)),
  CHECK ((state = 'met') = (met_at IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX case_clock_due ON case_clock (due_at) WHERE due_at IS NOT NULL;

-- Alerts of the last hour, by facility and minute: the caps.
CREATE TABLE alert_count (
  facility_id INTEGER NOT NULL,
  minute      INTEGER NOT NULL,             -- since 1970
  n           INTEGER NOT NULL,
  PRIMARY KEY (facility_id, minute)
) STRICT, WITHOUT ROWID;

-- Whose alerts a text with many codes carried.
CREATE TABLE carried_alert (
  message_id  INTEGER NOT NULL,
  referral_id INTEGER NOT NULL,
  case_id     INTEGER NOT NULL REFERENCES hotline_case (id),
  PRIMARY KEY (message_id, referral_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX carried_alert_by_referral ON carried_alert (referral_id);
CREATE INDEX carried_alert_by_case ON carried_alert (case_id);
)sql";

}  // namespace tongdai::storage::migration
