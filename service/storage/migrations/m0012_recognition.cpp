#include "storage/migrations/all.hpp"

namespace tongdai::storage::migration {

const std::string_view recognition = R"sql(
-- Villages and landmarks: by their names people say in which unit they are.
CREATE TABLE place (
  id      INTEGER PRIMARY KEY,
  name    TEXT NOT NULL,                    -- with its type: 'Bản Nà Phát'
  type    TEXT NOT NULL,
  folded  TEXT NOT NULL,
  unit_id INTEGER NOT NULL REFERENCES unit (id),
  UNIQUE (folded, unit_id)
) STRICT;

-- As people write them. A bare one (without its type word) counts with its accents only.
CREATE TABLE place_name (
  place_id INTEGER NOT NULL REFERENCES place (id) ON DELETE CASCADE,
  written  TEXT NOT NULL,                   -- lower case, NFC
  unit_id  INTEGER NOT NULL REFERENCES unit (id),
  bare     INTEGER NOT NULL CHECK (bare IN (0, 1)),
  PRIMARY KEY (place_id, written)
) STRICT, WITHOUT ROWID;

-- Grows with every import of units or places: what is held of them in memory is read anew.
CREATE TABLE place_revision (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  revision INTEGER NOT NULL
) STRICT;
INSERT INTO place_revision (id, revision) VALUES (1, 1);

-- What a text of a case suggests, with the place of the words that led to it: characters of the text, never the
-- words themselves. length 0: the whole text tells it. inbound_id NULL: told by the note of the desk.
CREATE TABLE case_suggestion (
  id         INTEGER PRIMARY KEY,
  case_id    INTEGER NOT NULL REFERENCES hotline_case (id) ON DELETE CASCADE,
  inbound_id INTEGER REFERENCES inbound (id),
  kind       TEXT NOT NULL CHECK (kind IN ('urgency', 'service', 'for_whom', 'place', 'language')),
  value      TEXT NOT NULL,
  from_char  INTEGER NOT NULL CHECK (from_char >= 0),
  length     INTEGER NOT NULL CHECK (length >= 0)
) STRICT;
CREATE INDEX case_suggestion_by_case ON case_suggestion (case_id, id);

-- A missed call, or somebody who asks to be called: until it is made, somebody waits.
CREATE TABLE case_call_back (
  case_id  INTEGER PRIMARY KEY REFERENCES hotline_case (id) ON DELETE CASCADE,
  state    TEXT NOT NULL CHECK (state IN ('needed', 'made')),
  calls    INTEGER NOT NULL CHECK (calls > 0),
  asked_at INTEGER NOT NULL,
  made_at  INTEGER,
  CHECK (state <> 'made' OR made_at IS NOT NULL)
) STRICT;
)sql";

}  // namespace tongdai::storage::migration
