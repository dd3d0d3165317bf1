#include "storage/migrations/all.hpp"

namespace tongdai::storage::migration {

const std::string_view duty = R"sql(
-- The rota: who of a facility is on duty, or off, from when to when, over the hours of their week.
CREATE TABLE duty_shift (
  facility_id INTEGER NOT NULL REFERENCES facility (id) ON DELETE CASCADE,
  phone       TEXT NOT NULL,
  from_at     INTEGER NOT NULL,
  to_at       INTEGER NOT NULL CHECK (to_at > from_at),
  duty        TEXT NOT NULL CHECK (duty IN ('on', 'off')),
  PRIMARY KEY (facility_id, phone, from_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX duty_shift_by_end ON duty_shift (to_at);

-- Gaps in the duty of the coming day that the desk was told of, as they stood then.
CREATE TABLE coverage_told (
  unit_id INTEGER NOT NULL REFERENCES unit (id),
  service TEXT NOT NULL,                    -- '': nobody at all
  from_at INTEGER NOT NULL,
  to_at   INTEGER NOT NULL,
  PRIMARY KEY (unit_id, service, from_at)
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace tongdai::storage::migration
