#include "storage/migrations/all.hpp"

namespace tongdai::storage::migration {

const std::string_view texts = R"sql(
-- What stands in a text's placeholders where nothing is known of a person: 'name=value', joined by U+001F.
ALTER TABLE campaign_text ADD COLUMN fallback TEXT NOT NULL DEFAULT '';
-- As gateways get it that take no accents; NULL before the approval, and where body_id has none.
ALTER TABLE campaign_text ADD COLUMN stripped_body_id INTEGER REFERENCES body (id);
)sql";

}  // namespace tongdai::storage::migration
