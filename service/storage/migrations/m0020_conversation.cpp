#include "storage/migrations/all.hpp"

namespace tongdai::storage::migration {

const std::string_view conversation = R"sql(
-- How the reporter of a case may be written to. The words stand as tags, '' if none was agreed.
CREATE TABLE safe_contact (
  case_id     INTEGER PRIMARY KEY REFERENCES hotline_case (id),
  channel     TEXT NOT NULL CHECK (channel IN ('none', 'text', 'call')),
  hours       TEXT NOT NULL DEFAULT '',     -- local windows, '18:00-21:00;Sun 07:00-09:00'; '' for any time
  content     TEXT NOT NULL CHECK (content IN ('none', 'neutral', 'explicit')),
  agreed      TEXT NOT NULL DEFAULT '',
  duress      TEXT NOT NULL DEFAULT '',
  expires_at  INTEGER NOT NULL,             -- to be asked again then
  recorded_at INTEGER NOT NULL
) STRICT;

-- The written thread with the reporter of a case.
CREATE TABLE relay (
  case_id  INTEGER PRIMARY KEY REFERENCES hotline_case (id),
  state    TEXT NOT NULL CHECK (state IN ('open', 'holding', 'stopped', 'duress', 'expired')),
  heard_at INTEGER NOT NULL,                -- the reporter's last text that ended no silence unproven
  moved_at INTEGER NOT NULL,                -- the last text either way
  last_words TEXT NOT NULL DEFAULT '',      -- tag of the facility's last text: what machines repeat
  burst      INTEGER NOT NULL DEFAULT 0,    -- its texts since burst_at
  burst_at   INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What facilities wrote after a silence, until the agreed word returns.
CREATE TABLE held_text (
  id          INTEGER PRIMARY KEY,
  case_id     INTEGER NOT NULL REFERENCES hotline_case (id),
  facility_id INTEGER NOT NULL REFERENCES facility (id),
  sealed_text BLOB NOT NULL,                -- with the case's key
  written_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX held_text_by_case ON held_text (case_id, id);

-- A guided conversation with the reporter of a case, and what their answers have settled so far.
CREATE TABLE conversation (
  case_id  INTEGER PRIMARY KEY REFERENCES hotline_case (id),
  state    TEXT NOT NULL CHECK (state IN ('asking', 'completed', 'unsafe', 'silent', 'stopped')),
  flow     TEXT NOT NULL,
  question TEXT NOT NULL,
  language TEXT NOT NULL,
  due_at   INTEGER NOT NULL,                -- ends quietly then
  channel  TEXT NOT NULL CHECK (channel IN ('none', 'text', 'call')),
  content  TEXT NOT NULL CHECK (content IN ('none', 'neutral', 'explicit')),
  hours    TEXT NOT NULL DEFAULT '',
  agreed   TEXT NOT NULL DEFAULT '',        -- tags
  duress   TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX conversation_due ON conversation (due_at) WHERE state = 'asking';
)sql";

}  // namespace tongdai::storage::migration
