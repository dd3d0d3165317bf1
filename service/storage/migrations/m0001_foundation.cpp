#include "storage/migrations/all.hpp"

namespace tongdai::storage::migration {

const std::string_view foundation = R"sql(
-- What the program knows of itself: 'running' is 'yes' between a start and a clean stop.
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
INSERT INTO meta (key, value) VALUES ('running', 'no');

-- Answers to POSTs with an Idempotency-Key, kept for a day.
CREATE TABLE idempotency (
  key        TEXT PRIMARY KEY,
  request    TEXT NOT NULL,                 -- method, path and a digest of the body
  status     INTEGER NOT NULL,
  body       TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX idempotency_by_age ON idempotency (created_at);
)sql";

}  // namespace tongdai::storage::migration
