#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "campaigns/actor.hpp"
#include "campaigns/almanac.hpp"
#include "outbox/door.hpp"

/// Before a blast, its texts to a few phones that somebody names: to read them where people will read them.
namespace tongdai::campaigns {

inline constexpr std::size_t test_numbers_max = 10;  ///< of one call: a test is no blast

struct TestOrder {
  std::vector<Phone> to;                ///< 1..test_numbers_max, each once
  std::optional<std::string> language;  ///< only the text in this one; else every text
};

/// What became of one text to one number.
struct TestText {
  std::size_t number = 0;  ///< among those of the order, from 0
  std::string language{};
  MessageId message{};    ///< 0 if it was refused
  std::string gateway{};  ///< that it waits for
  std::size_t parts = 0;
  std::optional<outbox::Refused> refused{};
};

/// Sends the texts as the blast would: with a contact's own values (those that are frozen, of an approved
/// campaign) or else the fallbacks, stripped as the campaign or the gateway says, through the campaign's own
/// gateway or by the routes.
///
/// The purpose is `campaign`: opt-outs, rests and holds, the day's cap and, of advertising, the register and
/// consents speak against a test as they do against the blast, in the same words (FIELD §5.17: who tests must
/// not learn who reported). A test leaves at once, by day and by night, but advertising only in the
/// campaign's hours (Decree 91/2020); what has not left an hour later is void.
///
/// The messages stand in no campaign's accounts; the history says who sent how many to which numbers, masked.
/// By number in the order's order, then by text. Errors: not_found; not_allowed of a campaign that has begun
/// or is over; invalid: it has no text in that language; refused: advertising outside its hours. Writer
/// thread.
[[nodiscard]] Result<std::vector<TestText>> send_test(storage::Tx& tx, outbox::Door& door,
                                                      const Almanac& almanac, CampaignId id,
                                                      const TestOrder& order, const Actor& actor,
                                                      TimePoint now);

}  // namespace tongdai::campaigns
