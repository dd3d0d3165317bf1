#include "storage/migrations/all.hpp"

namespace tongdai::storage::migration {

const std::string_view schedules = R"sql(
ALTER TABLE campaign ADD COLUMN series_id INTEGER NOT NULL DEFAULT 0;      -- the series it is a step of
ALTER TABLE campaign ADD COLUMN legal_basis TEXT NOT NULL DEFAULT '';
ALTER TABLE campaign ADD COLUMN author TEXT NOT NULL DEFAULT '';
ALTER TABLE campaign ADD COLUMN skip_holidays INTEGER NOT NULL DEFAULT 0;
ALTER TABLE campaign ADD COLUMN gateway TEXT NOT NULL DEFAULT '';          -- this one only; '' lets the routes choose
ALTER TABLE campaign ADD COLUMN canary INTEGER NOT NULL DEFAULT 0;         -- recipients of the first share
ALTER TABLE campaign ADD COLUMN canary_failures_percent INTEGER NOT NULL DEFAULT 20;
ALTER TABLE campaign ADD COLUMN canary_opt_outs_percent INTEGER NOT NULL DEFAULT 5;
ALTER TABLE campaign ADD COLUMN canary_wait INTEGER NOT NULL DEFAULT 1800000;   -- milliseconds
ALTER TABLE campaign ADD COLUMN paced_by_cases INTEGER NOT NULL DEFAULT 1;
CREATE INDEX campaign_by_series ON campaign (series_id) WHERE series_id <> 0;
)sql";

}  // namespace tongdai::storage::migration
