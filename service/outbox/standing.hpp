#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "core/phone.hpp"
#include "storage/column.hpp"

/// How a number stands with campaigns: the rows that speak for and against it. The door asks for one number,
/// an audience for a million, and both by these words, so that what is measured is what is done. Any
/// transaction.
namespace tongdai::outbox {

// Conditions on a number, to stand in a statement. PHONE and NOW are columns or parameters.
#define TONGDAI_IN_REGISTER(PHONE)                                                                      \
  "EXISTS (SELECT 1 FROM do_not_call d WHERE d.batch_id = (SELECT l.batch_id FROM number_list l WHERE " \
  "l.kind = 'do_not_call' AND l.name = '') AND d.recipient = " PHONE ")"
#define TONGDAI_HELD(PHONE, NOW)                                                                           \
  "EXISTS (SELECT 1 FROM hold h WHERE h.recipient = tag(" PHONE ") AND (h.until IS NULL OR h.until > " NOW \
  "))"

// The columns of a Standing. ADVERTISING is 0 or 1: the register and consents are asked for advertising only.
// SINCE: a day ago. What left without a campaign is counted here, a campaign's own texts by its audience.
#define TONGDAI_STANDING(PHONE, ADVERTISING, NOW, SINCE) \
  "EXISTS (SELECT 1 FROM opt_out o WHERE o.recipient = tag(" PHONE ")), " TONGDAI_HELD(PHONE, NOW) ", "      \
  "CASE WHEN " ADVERTISING " = 1 THEN " TONGDAI_IN_REGISTER(PHONE) " ELSE 0 END, "                      \
  "CASE WHEN " ADVERTISING " = 1 THEN EXISTS (SELECT 1 FROM consent n WHERE n.recipient = " PHONE ") "  \
  "ELSE 0 END, "                                                                                        \
  "(SELECT COUNT(*) FROM message m WHERE m.recipient = " PHONE " AND m.campaign_id IS NULL AND "        \
  "m.purpose = 'campaign' AND m.created_at > " SINCE                                                    \
  " AND m.state NOT IN ('cancelled', 'suppressed', 'expired'))"

struct Standing {
  bool opted_out = false;
  bool held = false;
  bool do_not_call = false;  ///< asked for advertising only
  bool consented = false;    ///< asked for advertising only
  int texts = 0;             ///< campaign texts without a campaign's list, in the last 24 hours

  /// From the columns of TONGDAI_STANDING, the first of them at `from`.
  [[nodiscard]] static Standing read(const storage::Row& row, int from) {
    return {row.get<bool>(from), row.get<bool>(from + 1), row.get<bool>(from + 2), row.get<bool>(from + 3),
            row.get<int>(from + 4)};
  }
};

/// The texts that a number got from other campaigns in the last 24 hours.
struct OtherTexts {
  std::function<int(const Phone&)> count;
  int most = 0;  ///< nobody had more: if that is too few for the cap, nobody is counted
};

}  // namespace tongdai::outbox
