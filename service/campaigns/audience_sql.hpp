#pragma once

#include "outbox/standing.hpp"

/// Who is chosen, in words of SQL: what is measured is what is written down. $1 is the campaign.
namespace tongdai::campaigns {

// A table of units: those of a role, all below them, and the old ones that became part of them.
#define TONGDAI_AREA(NAME, ROLE)                                                                    \
  NAME " (id) AS (SELECT target_id FROM campaign_audience WHERE campaign_id = $1 AND role = '" ROLE \
       "' "                                                                                         \
       "UNION SELECT u.id FROM unit u JOIN " NAME " a ON u.parent_id = a.id OR u.successor_id = a.id) "
#define TONGDAI_NAMED(ROLE) \
  "EXISTS (SELECT 1 FROM campaign_audience WHERE campaign_id = $1 AND role = '" ROLE "') "
#define TONGDAI_MEMBER(ROLE)                                                                   \
  "EXISTS (SELECT 1 FROM group_member m JOIN campaign_audience a ON a.target_id = m.group_id " \
  "WHERE m.contact_id = c.id AND a.campaign_id = $1 AND a.role = '" ROLE "') "
// A stable number below 2^20 of a contact's last nine digits (Knuth's multiplicative hash, its upper bits):
// one in n are those whose number n divides. No step leaves 63 bits, and numbers in a row spread evenly.
#define TONGDAI_LOT "(CAST(SUBSTR(c.phone, LENGTH(c.phone) - 8) AS BIGINT) * 2654435761 % 4294967296 / 4096) "

// The text in a person's language; else in the language without its script ("hmn" for "hmn-rpa"); else the
// first.
#define TONGDAI_TEXT                                                                                       \
  "COALESCE(t.ordinal, CASE WHEN LENGTH(c.language) > 3 THEN (SELECT MIN(b.ordinal) FROM campaign_text b " \
  "WHERE b.campaign_id = k.id AND c.language LIKE b.language || '-%') END, 0)"

// The table "chosen": whose `reason` is not empty is left out. SCOPE is a condition on the contact c. The
// order of the reasons is Door::objection's.
#define TONGDAI_CHOSEN(SCOPE) \
  "WITH RECURSIVE " TONGDAI_AREA("area", "unit") ", " TONGDAI_AREA("elsewhere", "exclude_unit")              \
  ", chosen (id, phone, unit_id, language, text, reason) AS ("                                                \
  "SELECT c.id, c.phone, c.unit_id, c.language, " TONGDAI_TEXT ", CASE "                                \
  "WHEN EXISTS (SELECT 1 FROM opt_out o WHERE o.recipient = c.phone) THEN 'opted_out' "                       \
  "WHEN k.class = 'advertising' AND " TONGDAI_IN_REGISTER("c.phone") " THEN 'do_not_call' "                   \
  "WHEN k.class = 'advertising' AND NOT EXISTS (SELECT 1 FROM consent n WHERE n.recipient = c.phone) "        \
  "THEN 'no_consent' ELSE '' END "                                                                            \
  "FROM campaign k CROSS JOIN contact c "                                                                     \
  "LEFT JOIN campaign_text t ON t.campaign_id = k.id AND t.language = c.language "                            \
  "WHERE k.id = $1 AND " SCOPE " AND NOT " TONGDAI_MEMBER("exclude_group")                                    \
  "AND (NOT " TONGDAI_NAMED("unit") "OR c.unit_id IN (SELECT id FROM area)) "                                 \
  "AND (c.unit_id IS NULL OR c.unit_id NOT IN (SELECT id FROM elsewhere)) "                                   \
  "AND (NOT " TONGDAI_NAMED("language") "OR c.language IN (SELECT target FROM campaign_audience "             \
  "WHERE campaign_id = $1 AND role = 'language')) "                                                           \
  "AND (k.one_in = 1 OR " TONGDAI_LOT "% k.one_in = 0)) "

}  // namespace tongdai::campaigns
