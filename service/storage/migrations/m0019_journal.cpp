#include "storage/migrations/all.hpp"

namespace tongdai::storage::migration {

const std::string_view journal = R"sql(
-- Who read what of a case, and who changed what (ops/journal.hpp). Only ever added to: each row's hash is of the row and
-- of the hash before it, under a key that stands in no database. Never a number of a person or a text.
CREATE TABLE journal (
  number INTEGER PRIMARY KEY,               -- from 1, without gaps
  at     INTEGER NOT NULL,
  who    TEXT NOT NULL,
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  detail TEXT NOT NULL,
  hash   TEXT NOT NULL                      -- 32 bytes in hexadecimal
) STRICT;
CREATE TRIGGER journal_is_not_changed BEFORE UPDATE ON journal
  BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
CREATE TRIGGER journal_is_not_cut BEFORE DELETE ON journal
  BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
)sql";

}  // namespace tongdai::storage::migration
