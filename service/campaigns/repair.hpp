#pragma once

#include <array>
#include <vector>

#include "campaigns/actor.hpp"
#include "campaigns/store.hpp"
#include "outbox/door.hpp"
#include "outbox/messages.hpp"
#include "outbox/tally.hpp"

/// Every person of one campaign held against every message of it, and what can be put right. No crash leads
/// here, for a person is passed and written down in one transaction; a lost page of the disk may.
namespace tongdai::campaigns {

/// What is wrong with one of an audience.
enum class Flaw : std::uint8_t {
  untraced,  ///< the cursor passed them, and there is no message, no refusal and no handover
  unlisted,  ///< a message whose person is missing from the audience
  twice,     ///< refused, and with a message all the same
  unpassed,  ///< has a message, and the cursor would come to them again
  lost,      ///< neither a person nor a message at this place
};
inline constexpr std::size_t flaws = 5;

struct Finding {
  std::int64_t seq = 0;
  Flaw flaw = Flaw::untraced;
  Phone phone;  ///< empty if lost
  MessageId message;
};

inline constexpr std::size_t findings_max = 5000;  ///< kept of a check; the others are counted

struct Check {
  std::int64_t audience = 0;
  std::int64_t cursor = 0;
  std::int64_t last_trace = 0;  ///< the last place with a message or a handover
  std::array<std::int64_t, flaws> found{};
  std::vector<Finding> findings;
  outbox::StateCounts rows{};   ///< counted
  outbox::StateCounts tally{};  ///< kept beside them

  [[nodiscard]] std::int64_t of(Flaw flaw) const { return found[static_cast<std::size_t>(flaw)]; }
  /// Both count the same: then of whom there is no trace, nothing was ever begun. For whoever is queued,
  /// handed over or refused is tallied in the same transaction, in a table of its own.
  [[nodiscard]] bool tally_agrees() const { return rows == tally; }
  [[nodiscard]] bool is_sound() const;
};

/// Reads every row: some seconds for a million. A reader.
[[nodiscard]] Check check(storage::Tx& tx, const Campaign& c);

struct Repaired {
  std::int64_t queued = 0;     ///< nothing was ever handed over, and they get it now
  std::int64_t refused = 0;    ///< the same, but the door said no
  std::int64_t ended = 0;      ///< the same, but the campaign is over
  std::int64_t uncertain = 0;  ///< something may have left: an operator decides
  std::int64_t relisted = 0;   ///< the person was restored from the message
  std::int64_t undoubled = 0;  ///< the message counts, not the refusal
};

inline constexpr std::size_t repair_step_findings = 500;  ///< some milliseconds of the writer

/// First: the cursor behind the last trace, and what needs no decision. If there were `unpassed` ones, a
/// second check finds who stands between. Writer thread.
void begin_repair(storage::Tx& tx, const Campaign& c, const Check& found, Repaired& repaired);
/// Then: findings [from, from + repair_step_findings). `nothing_left`: the first check's tally agreed.
/// Whoever is no longer as they were found is left alone. Writer thread.
void repair_step(storage::Tx& tx, const outbox::Door& door, outbox::Messages& messages, CampaignId id,
                 const Check& found, std::size_t from, bool nothing_left, Repaired& repaired, TimePoint now);
/// Last: the tally as the first check counted it, and a line of the history. The tally waits until all are
/// dealt with: that it did not agree is why they are in doubt, also after a crash or in a second run. Writer
/// thread.
void end_repair(storage::Tx& tx, IdSource& ids, const Campaign& c, const Actor& actor, const Check& first,
                bool all_dealt_with, const Repaired& repaired, TimePoint now);

}  // namespace tongdai::campaigns

template <>
struct tongdai::EnumNames<tongdai::campaigns::Flaw> {
  static constexpr std::array<std::string_view, 5> names{"untraced", "unlisted", "twice", "unpassed", "lost"};
};
