#include "storage/migrations/all.hpp"

namespace tongdai::storage::migration {

const std::string_view revisions = R"sql(
-- Every file that a campaign was written with, as it came.
CREATE TABLE campaign_revision (
  campaign_id INTEGER NOT NULL REFERENCES campaign (id),
  number      INTEGER NOT NULL,             -- from 1, without gaps
  at          INTEGER NOT NULL,
  who         TEXT NOT NULL,
  document    TEXT NOT NULL,
  format      TEXT NOT NULL CHECK (format IN ('toml', 'json')),
  PRIMARY KEY (campaign_id, number)
) STRICT, WITHOUT ROWID;

UPDATE campaign SET legal_basis = CASE class
  WHEN 'social_policy' THEN 'social policy: not advertising under Decree 91/2020/ND-CP'
  WHEN 'advertising' THEN 'advertising: consent of the recipient'
  ELSE 'customer care' END
WHERE legal_basis = '';
)sql";

}  // namespace tongdai::storage::migration
