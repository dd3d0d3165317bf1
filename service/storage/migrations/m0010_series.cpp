#include "storage/migrations/all.hpp"

namespace tongdai::storage::migration {

const std::string_view series = R"sql(
-- Campaigns that belong together: several texts to one audience, or one on several days.
CREATE TABLE campaign_series (
  id         INTEGER PRIMARY KEY,
  title      TEXT NOT NULL,
  author     TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- How a campaign's first share fares. The phases are campaigns/canary.hpp's; a row is written when it begins.
CREATE TABLE campaign_canary (
  campaign_id INTEGER PRIMARY KEY REFERENCES campaign (id),
  phase       TEXT NOT NULL CHECK (phase IN ('first_share', 'waiting', 'passed', 'halted')),
  began_at    INTEGER NOT NULL,             -- opt-outs count from here on
  until       INTEGER,                      -- of 'waiting': when it is judged
  CHECK ((phase = 'waiting') = (until IS NOT NULL))
) STRICT;
)sql";

}  // namespace tongdai::storage::migration
