#pragma once

#include "outbox/standing.hpp"

/// Who is chosen, in words of SQL: what is measured is what is written down. $1 is whose terms they are: the
/// campaign, or the saved audience. PARTS is the table of these terms, OWNER its column for $1.
namespace tongdai::campaigns {

// A table of units: those of a role, all below them, and the old ones that became part of them.
#define TONGDAI_AREA_OF(PARTS, OWNER, NAME, ROLE)                                         \
  NAME " (id) AS (SELECT target_id FROM " PARTS " WHERE " OWNER " = $1 AND role = '" ROLE \
       "' UNION SELECT u.id FROM unit u JOIN " NAME " a ON u.parent_id = a.id OR u.successor_id = a.id) "
#define TONGDAI_NAMED_OF(PARTS, OWNER, ROLE) \
  "EXISTS (SELECT 1 FROM " PARTS " WHERE " OWNER " = $1 AND role = '" ROLE "') "
// The rows of a contact in the groups of a role; in the lists of a role, whose upload (of l) that counts is
// BATCH.
#define TONGDAI_MEMBERSHIPS_OF(PARTS, OWNER, ROLE)            \
  "FROM group_member m JOIN " PARTS                           \
  " a ON a.target_id = m.group_id WHERE m.contact_id = c.id " \
  "AND a." OWNER " = $1 AND a.role = '" ROLE "'"
#define TONGDAI_LISTINGS_OF(PARTS, OWNER, BATCH, ROLE)                                                  \
  "FROM " PARTS " a JOIN number_list l ON l.id = a.target_id JOIN list_member m ON m.batch_id = " BATCH \
  " AND m.recipient = c.phone WHERE a." OWNER " = $1 AND a.role = '" ROLE "'"
#define TONGDAI_MEMBER_OF(PARTS, OWNER, ROLE) \
  "EXISTS (SELECT 1 " TONGDAI_MEMBERSHIPS_OF(PARTS, OWNER, ROLE) ") "
#define TONGDAI_TAGGED_OF(PARTS, OWNER, ROLE)      \
  "EXISTS (SELECT 1 FROM tag_member m JOIN " PARTS \
  " a ON a.target_id = m.tag_id "                  \
  "WHERE m.contact_id = c.id AND a." OWNER " = $1 AND a.role = '" ROLE "') "
#define TONGDAI_LISTED_OF(PARTS, OWNER, BATCH, ROLE) \
  "EXISTS (SELECT 1 " TONGDAI_LISTINGS_OF(PARTS, OWNER, BATCH, ROLE) ") "
// Of whom one of the lists says one of the days that are named.
#define TONGDAI_OF_DAY(PARTS, OWNER, BATCH)                                         \
  "EXISTS (SELECT 1 FROM " PARTS " y JOIN " PARTS " a ON a." OWNER " = y." OWNER    \
  " AND a.role = 'list' "                                                           \
  "JOIN number_list l ON l.id = a.target_id JOIN list_day d ON d.batch_id = " BATCH \
  " AND d.day = "                                                                   \
  "y.target AND d.recipient = c.phone WHERE y." OWNER " = $1 AND y.role = 'day') "
// How often a contact who is chosen is named beyond the first time: by further groups and further lists.
#define TONGDAI_SEVERAL_OF(PARTS, OWNER, ROLE) \
  "(SELECT COUNT(*) FROM " PARTS " WHERE " OWNER " = $1 AND role = '" ROLE "') > 1 "
#define TONGDAI_AGAIN_OF(PARTS, OWNER, BATCH) \
  "CASE WHEN " TONGDAI_SEVERAL_OF(PARTS, OWNER, "group") "THEN (SELECT COUNT(*) "                      \
  TONGDAI_MEMBERSHIPS_OF(PARTS, OWNER, "group") ") - 1 ELSE 0 END + "                                  \
  "CASE WHEN " TONGDAI_SEVERAL_OF(PARTS, OWNER, "list") "THEN (SELECT COUNT(*) "                       \
  TONGDAI_LISTINGS_OF(PARTS, OWNER, BATCH, "list") ") - 1 ELSE 0 END "
// A stable number below 2^20 of a contact's last nine digits (Knuth's multiplicative hash, its upper bits):
// one in n are those whose number n divides. No step leaves 63 bits, and numbers in a row spread evenly.
#define TONGDAI_LOT "(CAST(SUBSTR(c.phone, LENGTH(c.phone) - 8) AS BIGINT) * 2654435761 % 4294967296 / 4096) "

// The text in a person's language; else in the language without its script ("hmn" for "hmn-rpa"); else the
// first.
#define TONGDAI_TEXT                                                                                       \
  "COALESCE(t.ordinal, CASE WHEN LENGTH(c.language) > 3 THEN (SELECT MIN(b.ordinal) FROM campaign_text b " \
  "WHERE b.campaign_id = k.id AND c.language LIKE b.language || '-%') END, 0)"

// The table "chosen": whose `reason` is not empty is left out; `again` as above. SOURCE has k (id, class,
// one_in) beside every contact c; TEXT is the ordinal of a person's text; SCOPE is a condition on the
// contact. The order of the reasons is Door::objection's.
#define TONGDAI_CHOSEN_OF(PARTS, OWNER, BATCH, SOURCE, TEXT, SCOPE) \
  "WITH RECURSIVE " TONGDAI_AREA_OF(PARTS, OWNER, "area", "unit") ", "                                      \
  TONGDAI_AREA_OF(PARTS, OWNER, "elsewhere", "exclude_unit")                                                \
  ", chosen (id, phone, unit_id, language, name, text, again, reason) AS ("                                 \
  "SELECT c.id, c.phone, c.unit_id, c.language, c.name, " TEXT ", "                                                 \
  TONGDAI_AGAIN_OF(PARTS, OWNER, BATCH) ", CASE "                                                           \
  "WHEN EXISTS (SELECT 1 FROM opt_out o WHERE o.recipient = tag(c.phone)) THEN 'opted_out' "                     \
  "WHEN k.class = 'advertising' AND " TONGDAI_IN_REGISTER("c.phone") " THEN 'do_not_call' "                 \
  "WHEN k.class = 'advertising' AND NOT EXISTS (SELECT 1 FROM consent n WHERE n.recipient = c.phone) "      \
  "THEN 'no_consent' ELSE '' END FROM " SOURCE                                                              \
  "WHERE k.id = $1 AND " SCOPE " AND NOT (" TONGDAI_NAMED_OF(PARTS, OWNER, "exclude_group") "AND "           \
  TONGDAI_MEMBER_OF(PARTS, OWNER, "exclude_group") ") "                                                      \
  "AND (NOT " TONGDAI_NAMED_OF(PARTS, OWNER, "unit") "OR c.unit_id IN (SELECT id FROM area)) "              \
  "AND (c.unit_id IS NULL OR c.unit_id NOT IN (SELECT id FROM elsewhere)) "                                 \
  "AND (NOT " TONGDAI_NAMED_OF(PARTS, OWNER, "language") "OR c.language IN (SELECT target FROM " PARTS      \
  " WHERE " OWNER " = $1 AND role = 'language')) "                                                          \
  "AND (NOT " TONGDAI_NAMED_OF(PARTS, OWNER, "tag") "OR " TONGDAI_TAGGED_OF(PARTS, OWNER, "tag") ") "         \
  "AND NOT (" TONGDAI_NAMED_OF(PARTS, OWNER, "exclude_tag") "AND "                                            \
  TONGDAI_TAGGED_OF(PARTS, OWNER, "exclude_tag") ") "                                                        \
  "AND (NOT " TONGDAI_NAMED_OF(PARTS, OWNER, "list") "OR " TONGDAI_LISTED_OF(PARTS, OWNER, BATCH, "list") ") " \
  "AND (NOT " TONGDAI_NAMED_OF(PARTS, OWNER, "day") "OR " TONGDAI_OF_DAY(PARTS, OWNER, BATCH) ") "          \
  "AND NOT (" TONGDAI_NAMED_OF(PARTS, OWNER, "exclude_list") "AND " \
  TONGDAI_LISTED_OF(PARTS, OWNER, BATCH, "exclude_list") ") " \
  "AND (k.one_in = 1 OR " TONGDAI_LOT "% k.one_in = 0)) "

// Of the groups that are named, if any is.
#define TONGDAI_OF_GROUPS(PARTS, OWNER) \
  "(NOT " TONGDAI_NAMED_OF(PARTS, OWNER, "group") "OR " TONGDAI_MEMBER_OF(PARTS, OWNER, "group") ")"

// The upload of a campaign's list (l) that counts: that of the approval while the audience is being written
// down, so that no other comes in between; else the one in force.
#define TONGDAI_BATCH_OF_CAMPAIGN "COALESCE(NULLIF(a.batch_id, 0), l.batch_id)"

// A campaign's own terms. SCOPE as above.
#define TONGDAI_NAMED(ROLE) TONGDAI_NAMED_OF("campaign_audience", "campaign_id", ROLE)
#define TONGDAI_MEMBER(ROLE) TONGDAI_MEMBER_OF("campaign_audience", "campaign_id", ROLE)
#define TONGDAI_CHOSEN(SCOPE)                                                                         \
  TONGDAI_CHOSEN_OF("campaign_audience", "campaign_id", TONGDAI_BATCH_OF_CAMPAIGN,                    \
                    "campaign k CROSS JOIN contact c "                                                \
                    "LEFT JOIN campaign_text t ON t.campaign_id = k.id AND t.language = c.language ", \
                    TONGDAI_TEXT, SCOPE)

// A saved audience's: as a campaign of the class social_policy with one text would choose.
#define TONGDAI_SAVED_CHOSEN                                                                            \
  TONGDAI_CHOSEN_OF(                                                                                    \
      "saved_audience_part", "audience_id", "l.batch_id",                                               \
      "(SELECT id, one_in, 'social_policy' AS class FROM saved_audience) k CROSS JOIN contact c ", "0", \
      TONGDAI_OF_GROUPS("saved_audience_part", "audience_id"))

}  // namespace tongdai::campaigns
