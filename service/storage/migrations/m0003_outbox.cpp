#include "storage/migrations/all.hpp"

namespace tongdai::storage::migration {

const std::string_view outbox = R"sql(
-- A text to be sent, once for all who get the same.
CREATE TABLE body (
  id       INTEGER PRIMARY KEY,
  text     TEXT NOT NULL,
  encoding TEXT NOT NULL CHECK (encoding IN ('gsm7', 'ucs2')),
  parts    INTEGER NOT NULL CHECK (parts BETWEEN 1 AND 255)
) STRICT;

-- Every text that was admitted to leave. The states are outbox/message_state.hpp's. Rows are written in the order of
-- their ids, and an index holds what is live or what is rare: a message costs the same after ten million others. The
-- CHECKs are spelled out: for IN with a list SQLite builds a table at each row, which costs more than the row.
CREATE TABLE message (
  id          INTEGER PRIMARY KEY,
  purpose     TEXT NOT NULL CHECK (purpose = 'campaign' OR purpose = 'reporter_reply' OR
                                   purpose = 'facility_alert' OR purpose = 'relay_to_reporter' OR
                                   purpose = 'relay_to_facility' OR purpose = 'operator_code'),
  lane        TEXT NOT NULL CHECK (lane = 'reply' OR lane = 'alert' OR lane = 'bulk'),
  state       TEXT NOT NULL CHECK (state = 'queued' OR state = 'submitting' OR state = 'accepted' OR
                                   state = 'delivered' OR state = 'undelivered' OR state = 'failed' OR
                                   state = 'expired' OR state = 'cancelled' OR state = 'suppressed' OR
                                   state = 'uncertain'),
  reason      TEXT NOT NULL DEFAULT '',
  recipient   TEXT NOT NULL,
  body_id     INTEGER NOT NULL REFERENCES body (id),
  parts       INTEGER NOT NULL,
  gateway     TEXT NOT NULL,                -- whose queue it stands in, or who has it
  pinned      INTEGER NOT NULL DEFAULT 0,   -- 1: this gateway only, no failover
  attempts    INTEGER NOT NULL DEFAULT 0,
  not_before  INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL,
  campaign_id  INTEGER,
  campaign_seq INTEGER,                     -- its place in the campaign's audience
  case_id      INTEGER,
  referral_id  INTEGER,
  gateway_ref  TEXT,                        -- the gateway's identifier, where there is one for all of it
  awaits_receipt INTEGER NOT NULL DEFAULT 0,  -- 1: gateway_ref is looked for when a receipt comes
  created_at   INTEGER NOT NULL,
  submitted_at INTEGER,                     -- the first time
  accepted_at  INTEGER,
  updated_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX message_due ON message (gateway, lane, not_before, id) WHERE state = 'queued';
CREATE INDEX message_expiring ON message (expires_at) WHERE state = 'queued';
CREATE INDEX message_in_flight ON message (gateway, id) WHERE state = 'submitting';
CREATE INDEX message_awaiting_receipt ON message (gateway_ref) WHERE awaits_receipt = 1;
-- Those of campaigns are found by the campaigns' audiences.
CREATE INDEX message_by_recipient ON message (recipient, id) WHERE campaign_id IS NULL;
CREATE INDEX message_by_case ON message (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX message_ready_of_campaign ON message (campaign_id) WHERE state = 'queued' AND campaign_id IS NOT NULL;
-- Nobody in an audience gets its campaign twice.
CREATE UNIQUE INDEX message_by_campaign ON message (campaign_id, campaign_seq) WHERE campaign_id IS NOT NULL;

-- Messages of a campaign that went straight into a gateway's hands and have no row yet: those from first_seq to last_seq
-- that were neither refused nor have one. Their ids count up from this one's.
CREATE TABLE message_handover (
  id          INTEGER PRIMARY KEY,
  campaign_id INTEGER NOT NULL,
  first_seq   INTEGER NOT NULL,
  last_seq    INTEGER NOT NULL CHECK (last_seq >= first_seq),
  gateway     TEXT NOT NULL,
  at          INTEGER NOT NULL,
  open        INTEGER NOT NULL              -- without a row
) STRICT;

-- How many messages of each campaign (0: of none) are in each state.
CREATE TABLE message_tally (
  campaign_id INTEGER NOT NULL,
  state       TEXT NOT NULL,
  n           INTEGER NOT NULL,
  PRIMARY KEY (campaign_id, state)
) STRICT, WITHOUT ROWID;

-- Where a gateway gave an identifier for each part: these, and what their receipts said.
CREATE TABLE message_part (
  message_id  INTEGER NOT NULL REFERENCES message (id),
  part        INTEGER NOT NULL,             -- from 1
  gateway     TEXT NOT NULL,
  gateway_ref TEXT NOT NULL,                -- '' if it gave none: cannot be tracked
  state       TEXT NOT NULL CHECK (state = 'accepted' OR state = 'delivered' OR state = 'undelivered'),
  PRIMARY KEY (message_id, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_part_by_ref ON message_part (gateway_ref) WHERE state = 'accepted';

-- What happened to a message, in order, beside the straight way (queued, submitting, accepted, delivered): that one
-- stands in the message's own times.
CREATE TABLE message_event (
  id         INTEGER PRIMARY KEY,
  message_id INTEGER NOT NULL REFERENCES message (id),
  at         INTEGER NOT NULL,
  state      TEXT NOT NULL,
  reason     TEXT NOT NULL DEFAULT '',
  gateway    TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX message_event_by_message ON message_event (message_id, id);

-- Receipts that came before the answer to the submission, or match nothing yet.
CREATE TABLE receipt_parked (
  id          INTEGER PRIMARY KEY,
  gateway     TEXT NOT NULL,
  gateway_ref TEXT NOT NULL,
  outcome     TEXT NOT NULL CHECK (outcome = 'delivered' OR outcome = 'undelivered'),
  detail      TEXT NOT NULL DEFAULT '',
  received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX receipt_parked_by_ref ON receipt_parked (gateway, gateway_ref);
CREATE INDEX receipt_parked_by_age ON receipt_parked (received_at);

-- Who asked not to be written to. Not tied to a contact: a number that is in no list can refuse as well.
CREATE TABLE opt_out (
  recipient TEXT PRIMARY KEY,
  at        INTEGER NOT NULL,
  source    TEXT NOT NULL CHECK (source IN ('text', 'operator', 'import'))
) STRICT;

-- Numbers that campaigns leave alone. Nobody who sees a campaign learns who placed a hold, or why.
CREATE TABLE hold (
  recipient TEXT NOT NULL,
  holder    INTEGER NOT NULL,
  PRIMARY KEY (recipient, holder)
) STRICT, WITHOUT ROWID;

-- The last automatic reply to each number: at most one a window, so that two machines never talk in a loop.
CREATE TABLE auto_reply (
  recipient TEXT PRIMARY KEY,
  at        INTEGER NOT NULL
) STRICT;
)sql";

}  // namespace tongdai::storage::migration
