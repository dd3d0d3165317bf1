#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "gateway_adapters/smpp/account/pace.hpp"
#include "gateway_adapters/smpp/account/partials.hpp"
#include "gateway_adapters/smpp/account/settings.hpp"
#include "gateway_adapters/smpp/session/session.hpp"

namespace tongdai::gateway::smpp {

/// An account's messages on their way: which bind carries them, which part is next, what became of them. A
/// message's parts go out in order over one bind, before those of the next. One thread at a time.
class Traffic {
 public:
  explicit Traffic(const AccountSettings& settings);

  /// Puts the message into the bind's queue. One that cannot be written ends at once, rejected.
  void add(const Submission& message, std::size_t bind);
  /// Ends a message of which nothing was tried.
  void turn_away(MessageId id, std::string reason);
  /// Sends what the bind's window and the pace have room for. Do the actions, and give the ends among them
  /// back to `ended`.
  [[nodiscard]] Actions pump(std::size_t bind, Session& session, Pace& pace, MonoTime now);

  /// Gives what the answer means.
  Outcome ended(Submitted answer);
  void ended(InDoubt doubt);
  void ended(Unsent back);
  /// The bind carries nothing more, and what it had in flight was told: what it has not begun goes over to
  /// the bind `other`, or ends.
  void give_up(std::size_t bind, std::optional<std::size_t> other, const std::string& reason);

  /// Parts that wait for the bind's window or the pace.
  [[nodiscard]] std::size_t waiting(std::size_t bind) const { return lanes_[bind].parts; }
  /// The ends since the last call.
  [[nodiscard]] std::vector<SubmitResult> take_results() { return std::exchange(results_, {}); }

 private:
  using Slot = std::size_t;
  struct Entry {
    std::optional<Shipment> shipment;
    std::size_t bind = 0;
  };
  struct Lane {
    std::deque<Slot> queue;  ///< only the first may have begun
    std::size_t parts = 0;   ///< of all in the queue, not sent
  };

  [[nodiscard]] Shipment& shipment_of(SubmitToken token) { return *entries_[token / parts_a_slot].shipment; }
  void settle(SubmitToken token);
  void finish(Slot slot);
  void leave_queue(Slot slot);

  /// A token is slot * parts_a_slot + part.
  static constexpr std::size_t parts_a_slot = 256;

  Composer composer_;
  Outcomes outcomes_;
  IdForm id_form_;
  Partials partials_;
  std::vector<Entry> entries_;
  std::vector<Slot> free_;
  std::vector<Lane> lanes_;
  std::vector<SubmitResult> results_;
};

}  // namespace tongdai::gateway::smpp
