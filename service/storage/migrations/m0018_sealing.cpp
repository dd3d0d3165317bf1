#include "storage/migrations/all.hpp"

namespace tongdai::storage::migration {

const std::string_view sealing = R"sql(
-- Numbers and words of reporters are sealed with a key per case (docs/sealing.md). key_id NULL: not sealed; 0: erased.
-- Beside a sealed value its old column holds '' or, where it is looked for, the tag of the number: "~" and hexadecimal
-- digits.
ALTER TABLE inbound ADD COLUMN key_id INTEGER;
ALTER TABLE inbound ADD COLUMN sealed_sender BLOB;
ALTER TABLE inbound ADD COLUMN sealed_text BLOB;
ALTER TABLE inbound ADD COLUMN text_tag TEXT NOT NULL DEFAULT '';   -- of the text, while a redelivery may come
CREATE INDEX inbound_by_key ON inbound (key_id) WHERE key_id > 0;
CREATE INDEX inbound_by_age ON inbound (received_at) WHERE key_id > 0;
CREATE INDEX case_text_by_inbound ON case_text (inbound_id);

ALTER TABLE inbound_part ADD COLUMN key_id INTEGER;
ALTER TABLE inbound_part ADD COLUMN sealed_sender BLOB;
ALTER TABLE inbound_part ADD COLUMN sealed_text BLOB;

ALTER TABLE hotline_case ADD COLUMN key_id INTEGER;
ALTER TABLE hotline_case ADD COLUMN sealed_reporter BLOB;
ALTER TABLE hotline_case ADD COLUMN sealed_note BLOB;
ALTER TABLE hotline_case ADD COLUMN erased_at INTEGER;
-- Of the timeline and of what a text suggests, with the case's key: reasons are words of people, and a suggestion tells
-- what a report says.
ALTER TABLE case_event ADD COLUMN sealed_detail BLOB;
ALTER TABLE case_suggestion ADD COLUMN sealed_value BLOB;
CREATE INDEX hotline_case_by_key ON hotline_case (key_id) WHERE key_id > 0;
CREATE INDEX hotline_case_by_end ON hotline_case (closed_at) WHERE closed_at IS NOT NULL AND erased_at IS NULL;

ALTER TABLE message ADD COLUMN key_id INTEGER;          -- of what is to a reporter, or about a case
ALTER TABLE message ADD COLUMN sealed_recipient BLOB;   -- a reporter's
CREATE INDEX message_by_key ON message (key_id) WHERE key_id > 0;
ALTER TABLE body ADD COLUMN key_id INTEGER;
ALTER TABLE body ADD COLUMN sealed_text BLOB;

ALTER TABLE idempotency ADD COLUMN sealed_body BLOB;    -- of the house; request is a tag

INSERT INTO meta (key, value) VALUES ('sealed', 'no');
)sql";

}  // namespace tongdai::storage::migration
