#include "storage/migrations/all.hpp"

namespace tongdai::storage::migration {

const std::string_view people = R"sql(
-- Those who sign in. The roles are people/role.hpp's. Of what they know only that is kept which cannot be
-- turned back, or is sealed.
CREATE TABLE person (
  id                   INTEGER PRIMARY KEY,
  name                 TEXT NOT NULL UNIQUE,
  role                 TEXT NOT NULL CHECK (role IN ('administrator', 'author', 'approver', 'counsellor', 'facility',
                                                     'observer')),
  facility_id          INTEGER REFERENCES facility (id),
  password             TEXT NOT NULL,               -- argon2id, with its parameters
  password_is_for_once INTEGER NOT NULL CHECK (password_is_for_once IN (0, 1)),
  sealed_totp          BLOB,                        -- of the house's key; NULL if there is no second factor
  totp_is_on           INTEGER NOT NULL DEFAULT 0 CHECK (totp_is_on IN (0, 1)),
  totp_used            INTEGER NOT NULL DEFAULT 0,  -- the last half minute whose code was taken
  created_at           INTEGER NOT NULL,
  signed_in_at         INTEGER,
  disabled_at          INTEGER,
  CHECK ((role = 'facility') = (facility_id IS NOT NULL)),
  CHECK (totp_is_on = 0 OR sealed_totp IS NOT NULL)
) STRICT;

-- For who has lost the phone with the second factor: each opens once.
CREATE TABLE recovery_code (
  person_id   INTEGER NOT NULL REFERENCES person (id),
  fingerprint TEXT NOT NULL,
  PRIMARY KEY (person_id, fingerprint)
) STRICT, WITHOUT ROWID;

-- Who is signed in. The cookie itself is in the browser only.
CREATE TABLE session (
  fingerprint TEXT PRIMARY KEY,
  person_id   INTEGER NOT NULL REFERENCES person (id),
  started_at  INTEGER NOT NULL,
  seen_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_person ON session (person_id);

-- Browsers from which somebody has signed in: who guesses elsewhere does not lock them out.
CREATE TABLE device (
  person_id   INTEGER NOT NULL REFERENCES person (id),
  fingerprint TEXT NOT NULL,
  seen_at     INTEGER NOT NULL,
  PRIMARY KEY (person_id, fingerprint)
) STRICT, WITHOUT ROWID;

-- Programs' access.
CREATE TABLE api_token (
  id          INTEGER PRIMARY KEY,
  name        TEXT NOT NULL UNIQUE,
  fingerprint TEXT NOT NULL UNIQUE,
  role        TEXT NOT NULL CHECK (role IN ('administrator', 'author', 'approver', 'counsellor', 'observer')),
  reads_only  INTEGER NOT NULL CHECK (reads_only IN (0, 1)),
  created_at  INTEGER NOT NULL,
  expires_at  INTEGER
) STRICT;
)sql";

}  // namespace tongdai::storage::migration
