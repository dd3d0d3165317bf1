#include "storage/migrations/all.hpp"

namespace tongdai::storage::migration {

const std::string_view campaigns = R"sql(
-- A blast: who, what, when. The states are campaigns/campaign_state.hpp's.
CREATE TABLE campaign (
  id          INTEGER PRIMARY KEY,
  title       TEXT NOT NULL,
  class       TEXT NOT NULL CHECK (class IN ('social_policy', 'advertising', 'transactional')),
  state       TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'approved', 'running', 'paused', 'completed',
                                             'cancelled')),
  start_at    INTEGER NOT NULL,
  end_at      INTEGER NOT NULL CHECK (end_at > start_at),
  windows     TEXT NOT NULL,                -- '07:00-11:30;13:30-22:00', in the service's zone
  rate        INTEGER NOT NULL,             -- parts a second at most, 0 for the gateway's own
  audience    INTEGER NOT NULL DEFAULT 0,   -- size, frozen at approval
  cursor      INTEGER NOT NULL DEFAULT 0,   -- the last recipient the pump took
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX campaign_live ON campaign (state) WHERE state IN ('approved', 'running', 'paused');

CREATE TABLE campaign_text (
  campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
  ordinal     INTEGER NOT NULL,             -- 0 is the default text
  language    TEXT NOT NULL,
  accents     TEXT NOT NULL CHECK (accents IN ('keep', 'strip')),
  body        TEXT NOT NULL,                -- as written
  body_id     INTEGER REFERENCES body (id), -- as sent, rendered at approval
  PRIMARY KEY (campaign_id, ordinal),
  UNIQUE (campaign_id, language)
) STRICT, WITHOUT ROWID;

-- role 'include': any of these groups; 'exclude': none of these; 'unit': lives there or below.
CREATE TABLE campaign_audience (
  campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
  role        TEXT NOT NULL CHECK (role IN ('include', 'exclude', 'unit')),
  target_id   INTEGER NOT NULL,
  PRIMARY KEY (campaign_id, role, target_id)
) STRICT, WITHOUT ROWID;

-- The audience, frozen at approval. Each ends in one state: here if no text of the campaign was admitted for them, else
-- in their message, which names the campaign and the seq. Up to the campaign's cursor nobody is pending any more.
CREATE TABLE campaign_recipient (
  campaign_id INTEGER NOT NULL REFERENCES campaign (id),
  seq         INTEGER NOT NULL,             -- from 1, without gaps
  recipient   TEXT NOT NULL,
  text        INTEGER NOT NULL,             -- ordinal of campaign_text
  state       TEXT NOT NULL CHECK (state = 'pending' OR state = 'suppressed' OR state = 'expired' OR
                                   state = 'cancelled' OR state = 'failed'),
  reason      TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (campaign_id, seq)
) STRICT, WITHOUT ROWID;
-- Nobody is in an audience twice.
CREATE UNIQUE INDEX campaign_recipient_by_phone ON campaign_recipient (campaign_id, recipient);

CREATE TABLE campaign_event (
  id          INTEGER PRIMARY KEY,
  campaign_id INTEGER NOT NULL REFERENCES campaign (id),
  at          INTEGER NOT NULL,
  state       TEXT NOT NULL,
  who         TEXT NOT NULL,
  comment     TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX campaign_event_by_campaign ON campaign_event (campaign_id, id);
)sql";

}  // namespace tongdai::storage::migration
