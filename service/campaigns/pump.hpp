#pragma once

#include <unordered_map>

#include "campaigns/almanac.hpp"
#include "campaigns/audience.hpp"
#include "campaigns/failure_watch.hpp"
#include "campaigns/pacing.hpp"
#include "campaigns/store.hpp"
#include "core/log.hpp"
#include "outbox/campaign_door.hpp"
#include "outbox/messages.hpp"

namespace tongdai::campaigns {

/// Moves live campaigns on: starts those whose time has come, holds them outside their hours, ends those that
/// are done or whose end has passed. A campaign with a rate of its own is laid out in the outbox's queue, a
/// few seconds ahead; of one without, each gateway takes as many as it can carry, straight from the audience.
/// Halts those that go wrong, with a reason in their history and an alarm in the log. Writer thread.
class Pump {
 public:
  /// What an administrator decides, and what the rest of the service says.
  struct Rules {
    int halt_failures_percent = 50;              ///< of the last answers (FailureWatch); 0 for never
    PressureGauge pressure{};                    ///< what the hotline can bear
    std::map<std::string, int> gateway_rates{};  ///< parts a second
  };
  Pump(outbox::Door& door, outbox::Messages& messages, const Almanac& almanac, Log& log, Rules rules)
      : door_(door),
        messages_(messages),
        almanac_(almanac),
        log_(log),
        watch_(rules.halt_failures_percent),
        pacing_(std::move(rules.pressure), std::move(rules.gateway_rates)) {}

  /// From now on nothing of a campaign moves: who refused cannot be found (outbox/refusals_key.hpp).
  void bar() noexcept { is_barred_ = true; }

  /// One turn over all live campaigns. How many recipients it moved on.
  std::size_t run_once(storage::Tx& tx, TimePoint now);

  /// The next texts for a gateway, marked `submitting`. Recipients whose text another gateway must carry are
  /// queued there on the way.
  [[nodiscard]] outbox::BulkTaken take(storage::Tx& tx, const outbox::BulkRoom& room, TimePoint now);

 private:
  /// A campaign that gateways take from.
  struct Feeding {
    Campaign campaign;
    TimePoint closes_at{};
  };
  std::size_t run_campaign(storage::Tx& tx, const Campaign& c, TimePoint now);
  /// It runs and is open: what waited is released, what is next is laid out.
  std::size_t go_on(storage::Tx& tx, const Campaign& c, int rate, TimePoint now);
  /// True if it was paused: by its canary, or because it fails.
  bool halt_if_bad(storage::Tx& tx, const Campaign& c, TimePoint now);
  /// When its hours close that are open now; `now` if they are closed.
  [[nodiscard]] TimePoint closes_at(const Campaign& c, TimePoint now) const;
  [[nodiscard]] std::vector<Feeding> feeding(storage::Tx& tx, const std::string& gateway,
                                             TimePoint now) const;
  /// `slot`: when the next one may leave; moved on.
  std::size_t lay_out(storage::Tx& tx, const Campaign& c, int rate, outbox::Slot& slot, TimePoint now);
  /// Its own gateway may have gone from the configuration: then it waits until somebody tunes it.
  [[nodiscard]] bool may_carry(const Campaign& c) const;
  /// How a campaign's texts stand in the queue of a gateway that did not ask for them.
  struct Elsewhere {
    std::int64_t left = 0;                     ///< texts that may still be queued
    outbox::Slot slot{};                       ///< when the next may leave there
    outbox::Slot until = outbox::Slot::max();  ///< none is laid out from here on
    std::chrono::microseconds a_part{};        ///< between two parts
  };
  /// A queue goes before what is taken from an audience. Where neighbours take from that gateway as well, the
  /// texts are therefore laid out by the campaign's equal share of it, a moment ahead.
  [[nodiscard]] Elsewhere elsewhere(storage::Tx& tx, const Campaign& c, const std::string& gateway,
                                    TimePoint now) const;
  /// True if the next call may find more.
  bool take_from(storage::Tx& tx, const Feeding& from, const outbox::BulkRoom& room,
                 std::vector<outbox::Claimed>& taken, TimePoint now);
  void finish_if_done(storage::Tx& tx, CampaignId id, TimePoint now);

  outbox::Door& door_;
  outbox::Messages& messages_;
  const Almanac& almanac_;
  Log& log_;
  FailureWatch watch_;
  Pacing pacing_;
  bool is_barred_ = false;
  struct Course {
    outbox::Slot next{};  ///< when the next text may leave
    int rate = 0;         ///< that it is laid out by
  };
  std::unordered_map<CampaignId, Course> courses_;  // of campaigns that run
};

}  // namespace tongdai::campaigns
