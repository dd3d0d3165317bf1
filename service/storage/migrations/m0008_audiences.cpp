#include "storage/migrations/all.hpp"

namespace tongdai::storage::migration {

const std::string_view audiences = R"sql(
-- What a person of an audience is written with, frozen with it.
ALTER TABLE campaign_recipient ADD COLUMN fill TEXT NOT NULL DEFAULT '';   -- values of the placeholders, sorted by their
                                                                           -- names, joined by U+001F
ALTER TABLE campaign_recipient ADD COLUMN unit_id INTEGER;
ALTER TABLE campaign_recipient ADD COLUMN language TEXT NOT NULL DEFAULT '';

-- Free words on contacts, beside their groups.
CREATE TABLE tag (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE tag_member (
  tag_id     INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
  contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  PRIMARY KEY (tag_id, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_member_by_contact ON tag_member (contact_id);

-- Uploads of numbers: the rows of a file, brought in by steps and in force all at once. `file` is there while the upload
-- is under way ('staged'); a crash cuts it off, and it goes on at `rows_done`.
CREATE TABLE number_batch (
  id         INTEGER PRIMARY KEY,
  kind       TEXT NOT NULL CHECK (kind IN ('list', 'do_not_call')),
  name       TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('staged', 'in_force', 'superseded')),
  file       TEXT NOT NULL,
  columns    TEXT NOT NULL DEFAULT '',      -- own columns of a list, joined by ';'
  rows_done  INTEGER NOT NULL DEFAULT 0,
  members    INTEGER NOT NULL DEFAULT 0,
  duplicates INTEGER NOT NULL DEFAULT 0,    -- rows of a person who was there already
  rejected   INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX number_batch_live ON number_batch (state) WHERE state <> 'in_force';

-- An uploaded list by its name, and the Do-Not-Call register (name ''): which upload is in force.
CREATE TABLE number_list (
  id         INTEGER PRIMARY KEY,
  kind       TEXT NOT NULL CHECK (kind IN ('list', 'do_not_call')),
  name       TEXT NOT NULL,
  batch_id   INTEGER NOT NULL REFERENCES number_batch (id),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (kind, name)
) STRICT;

CREATE TABLE list_member (
  batch_id  INTEGER NOT NULL REFERENCES number_batch (id),
  recipient TEXT NOT NULL,
  name      TEXT NOT NULL DEFAULT '',
  unit_id   INTEGER REFERENCES unit (id),
  language  TEXT NOT NULL DEFAULT '',
  own       TEXT NOT NULL DEFAULT '',       -- own columns, in the order of the upload's, joined by U+001F
  PRIMARY KEY (batch_id, recipient)
) STRICT, WITHOUT ROWID;

CREATE TABLE do_not_call (
  batch_id  INTEGER NOT NULL REFERENCES number_batch (id),
  recipient TEXT NOT NULL,
  PRIMARY KEY (batch_id, recipient)
) STRICT, WITHOUT ROWID;

-- Who agreed to advertising (Decree 91/2020). An opt-out takes it away.
CREATE TABLE consent (
  recipient TEXT PRIMARY KEY,
  at        INTEGER NOT NULL,
  source    TEXT NOT NULL CHECK (source IN ('contacts', 'list', 'operator'))
) STRICT, WITHOUT ROWID;

-- A hold lasts whole weeks from its beginning, whatever became of what it was for: until is set when its holder lets go.
ALTER TABLE hold ADD COLUMN began_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hold ADD COLUMN until INTEGER;

-- Whom a campaign is for: roles as the keys of a campaign file. A person is chosen who is of any of each kind that is
-- named, and of none that is excluded. `target` is a language; batch_id the list's upload in force at approval.
CREATE TABLE campaign_audience_new (
  campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
  role        TEXT NOT NULL CHECK (role IN ('group', 'tag', 'list', 'unit', 'language', 'exclude_group', 'exclude_tag',
                                            'exclude_list', 'exclude_unit')),
  target_id   INTEGER NOT NULL,
  target      TEXT NOT NULL DEFAULT '',
  batch_id    INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (campaign_id, role, target_id, target)
) STRICT, WITHOUT ROWID;
INSERT INTO campaign_audience_new (campaign_id, role, target_id)
  SELECT campaign_id, CASE role WHEN 'include' THEN 'group' WHEN 'exclude' THEN 'exclude_group' ELSE role END, target_id
  FROM campaign_audience;
DROP TABLE campaign_audience;
ALTER TABLE campaign_audience_new RENAME TO campaign_audience;
ALTER TABLE campaign ADD COLUMN one_in INTEGER NOT NULL DEFAULT 1;            -- a sample of them
ALTER TABLE campaign ADD COLUMN audience_saved TEXT NOT NULL DEFAULT '';      -- the saved query it was made from
ALTER TABLE campaign ADD COLUMN frozen INTEGER NOT NULL DEFAULT 0;            -- 1: its audience is written down
UPDATE campaign SET frozen = 1 WHERE state NOT IN ('draft', 'submitted');

-- Audiences being written down: who was there at the approval, and how far it came.
CREATE TABLE campaign_freeze (
  campaign_id INTEGER PRIMARY KEY REFERENCES campaign (id),
  at          INTEGER NOT NULL,
  contact_max INTEGER NOT NULL,             -- contacts with a greater id came later
  after_id    INTEGER NOT NULL DEFAULT 0,
  after_phone TEXT NOT NULL DEFAULT ''
) STRICT;

-- Who would have been left out when the audience was written down, by reason.
CREATE TABLE campaign_exclusion (
  campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
  reason      TEXT NOT NULL,
  n           INTEGER NOT NULL,
  PRIMARY KEY (campaign_id, reason)
) STRICT, WITHOUT ROWID;

-- Queries by a name of their own. Roles and targets as in campaign_audience.
CREATE TABLE saved_audience (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE,
  one_in     INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE TABLE saved_audience_part (
  audience_id INTEGER NOT NULL REFERENCES saved_audience (id) ON DELETE CASCADE,
  role        TEXT NOT NULL CHECK (role IN ('group', 'tag', 'list', 'unit', 'language', 'exclude_group', 'exclude_tag',
                                            'exclude_list', 'exclude_unit')),
  target_id   INTEGER NOT NULL,
  target      TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (audience_id, role, target_id, target)
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace tongdai::storage::migration
