#include "storage/migrations/all.hpp"

namespace tongdai::storage::migration {

const std::string_view drips = R"sql(
-- Which days an uploaded list says of whom: 'ngay_hen=2021-11-25', of every own column that has a day.
CREATE TABLE list_day (
  batch_id  INTEGER NOT NULL REFERENCES number_batch (id),
  day       TEXT NOT NULL,
  recipient TEXT NOT NULL,
  PRIMARY KEY (batch_id, day, recipient)
) STRICT, WITHOUT ROWID;

-- role 'day': of whom a list of the audience says any of these days; `target` is such a day.
CREATE TABLE campaign_audience_new (
  campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
  role        TEXT NOT NULL CHECK (role IN ('group', 'tag', 'list', 'unit', 'language', 'day', 'exclude_group',
                                            'exclude_tag', 'exclude_list', 'exclude_unit')),
  target_id   INTEGER NOT NULL,
  target      TEXT NOT NULL DEFAULT '',
  batch_id    INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (campaign_id, role, target_id, target)
) STRICT, WITHOUT ROWID;
INSERT INTO campaign_audience_new SELECT campaign_id, role, target_id, target, batch_id FROM campaign_audience;
DROP TABLE campaign_audience;
ALTER TABLE campaign_audience_new RENAME TO campaign_audience;
)sql";

}  // namespace tongdai::storage::migration
