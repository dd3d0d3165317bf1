#include "storage/migrations/all.hpp"

namespace tongdai::storage::migration {

const std::string_view directory = R"sql(
-- Administrative units. A code alone is no key: codes were given anew in 2025. Times are UTC milliseconds;
-- valid_from 0 means "always was", valid_to NULL "still is".
CREATE TABLE unit (
  id          INTEGER PRIMARY KEY,
  code        TEXT NOT NULL,
  name        TEXT NOT NULL,
  type        TEXT NOT NULL,
  parent_code TEXT NOT NULL DEFAULT '',
  parent_id   INTEGER REFERENCES unit (id),
  replaced_by TEXT NOT NULL DEFAULT '',     -- the successor's code, for units that are no more
  successor_id INTEGER REFERENCES unit (id),
  valid_from  INTEGER NOT NULL DEFAULT 0,
  valid_to    INTEGER,
  UNIQUE (code, valid_from)
) STRICT;
CREATE INDEX unit_by_parent ON unit (parent_id);
CREATE INDEX unit_by_successor ON unit (successor_id);

-- Every form under which people name a unit: with its type, without, and other spellings; folded for finding it,
-- written (lower case, NFC) for telling apart what differs in accents only.
CREATE TABLE unit_name (
  folded  TEXT NOT NULL,
  unit_id INTEGER NOT NULL REFERENCES unit (id) ON DELETE CASCADE,
  written TEXT NOT NULL,
  bare    INTEGER NOT NULL CHECK (bare IN (0, 1)),   -- without its type word
  PRIMARY KEY (folded, unit_id, written)
) STRICT, WITHOUT ROWID;
CREATE INDEX unit_name_by_unit ON unit_name (unit_id);

-- Who campaigns may reach. The number is the key.
CREATE TABLE contact (
  id         INTEGER PRIMARY KEY,
  phone      TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL DEFAULT '',
  unit_id    INTEGER REFERENCES unit (id),
  language   TEXT NOT NULL DEFAULT 'vi',
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX contact_by_unit ON contact (unit_id);

CREATE TABLE contact_group (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE group_member (
  group_id   INTEGER NOT NULL REFERENCES contact_group (id) ON DELETE CASCADE,
  contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  PRIMARY KEY (group_id, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX group_member_by_contact ON group_member (contact_id);

-- Imports of contacts under way: how far each came, so that one cut off by a crash goes on. A row is gone when its
-- file is done.
CREATE TABLE contact_import (
  id         INTEGER PRIMARY KEY,
  file       TEXT NOT NULL,
  group_name TEXT NOT NULL DEFAULT '',
  rows_done  INTEGER NOT NULL DEFAULT 0,
  imported   INTEGER NOT NULL DEFAULT 0,
  updated    INTEGER NOT NULL DEFAULT 0,
  rejected   INTEGER NOT NULL DEFAULT 0,
  started_at INTEGER NOT NULL
) STRICT;

-- Who supports: shelters, clinics, police posts. type 'duty_desk' is the service's own desk, the last step of
-- every escalation; it is kept by configuration and not by import.
CREATE TABLE facility (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE,
  type       TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE facility_service (
  facility_id INTEGER NOT NULL REFERENCES facility (id) ON DELETE CASCADE,
  service     TEXT NOT NULL,
  PRIMARY KEY (facility_id, service)
) STRICT, WITHOUT ROWID;

-- The units it serves, with all below them.
CREATE TABLE facility_unit (
  facility_id INTEGER NOT NULL REFERENCES facility (id) ON DELETE CASCADE,
  unit_id     INTEGER NOT NULL REFERENCES unit (id),
  PRIMARY KEY (facility_id, unit_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX facility_unit_by_unit ON facility_unit (unit_id);

-- Its people, in the order they are alerted, each with the hours they are on duty ('24/7', 'Mon-Fri 07:30-17:00').
CREATE TABLE facility_contact (
  facility_id INTEGER NOT NULL REFERENCES facility (id) ON DELETE CASCADE,
  ordinal     INTEGER NOT NULL,
  phone       TEXT NOT NULL,
  hours       TEXT NOT NULL DEFAULT '24/7',
  PRIMARY KEY (facility_id, ordinal),
  UNIQUE (facility_id, phone)
) STRICT, WITHOUT ROWID;
CREATE INDEX facility_contact_by_phone ON facility_contact (phone);
)sql";

}  // namespace tongdai::storage::migration
