#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "campaigns/store.hpp"
#include "outbox/message_state.hpp"
#include "outbox/standing.hpp"

/// Who a campaign is for. Reads the directory and the opt-outs; never the hotline.
namespace tongdai::campaigns {

struct AudienceSize {
  std::int64_t audience = 0;                       ///< all that were chosen, who is left out included
  std::map<std::string, std::int64_t> exclusions;  ///< by reason
  /// How often somebody of the audience is named beyond the first time, by further groups and lists: each is
  /// written to once.
  std::int64_t duplicates = 0;
  std::map<int, std::int64_t> by_text;  ///< how many get which text (ordinal)
};

/// As it would be now. Any transaction.
[[nodiscard]] AudienceSize measure_audience(storage::Tx& tx, CampaignId id);

/// As it was written down; so far, while that goes on. What a person does later changes nothing of it.
/// `by_text` is empty. Any transaction.
[[nodiscard]] AudienceSize frozen_size(storage::Tx& tx, const Campaign& c);
/// Adds what a step of the freezing found to `frozen_size`. Writer thread.
void add_frozen(storage::Tx& tx, CampaignId id, const AudienceSize& step);

struct Recipient {
  std::int64_t seq = 0;
  Phone phone;
  int text = 0;
  std::string fill;  ///< values of the campaign's placeholders, sorted by their names, joined by U+001F
};

/// Pending recipients behind `cursor`, in order.
[[nodiscard]] std::vector<Recipient> pending_after(storage::Tx& tx, CampaignId id, std::int64_t cursor,
                                                   std::int64_t limit);
/// Ends one without a message.
void set_refused(storage::Tx& tx, CampaignId id, std::int64_t seq, outbox::MessageState state,
                 std::string_view reason);
/// Counts the rows: slow for a large audience, but it believes nobody.
[[nodiscard]] std::int64_t count_pending(storage::Tx& tx, CampaignId id, std::int64_t cursor);

/// As outbox::CampaignTexts asks it. Lives no longer than `tx`.
[[nodiscard]] outbox::OtherTexts recent_texts(storage::Tx& tx, CampaignId except, TimePoint since);
/// Every message that a campaign had for this number, oldest campaign first.
[[nodiscard]] std::vector<MessageId> messages_to(storage::Tx& tx, const Phone& phone);

}  // namespace tongdai::campaigns
