#pragma once

#include <span>
#include <string>
#include <vector>

#include "gateway_adapters/smpp/account/actions.hpp"
#include "gateway_adapters/smpp/account/backoff.hpp"
#include "gateway_adapters/smpp/account/bind_state.hpp"
#include "gateway_adapters/smpp/account/traffic.hpp"

namespace tongdai::gateway::smpp {

/// One account at a message centre over all its binds, without sockets and clock: events in, actions out by
/// `take`, to be done in their order. Every message submitted is Told exactly once, at the latest before
/// Stopped. `now` never runs backwards. One thread at a time.
class Account {
 public:
  /// The settings' sessions have passed check(). `seed` spreads the times of reconnecting.
  Account(AccountSettings settings, std::uint64_t seed);

  void start(MonoTime now);
  void submit(std::span<const Submission> batch, MonoTime now);
  /// Drains, unbinds, and gives up what is not answered in time. Stopped is its end.
  void stop(MonoTime now);

  /// The connection asked for stands.
  void connected(BindIndex bind, MonoTime now);
  /// It could not be had, or is gone: why, in a few words.
  void disconnected(BindIndex bind, std::string_view reason, MonoTime now);
  /// Bytes came, in any pieces.
  void received(BindIndex bind, View bytes, MonoTime now);
  /// What came in is safe, or could not be stored: then the centre will give it again.
  void answered(DeliveryToken token, bool stored);
  /// Does what is due. Call it at next_timer(); more often is harmless.
  void tick(MonoTime now);

  [[nodiscard]] std::optional<MonoTime> next_timer() const;
  /// The actions since the last call.
  [[nodiscard]] AccountActions take() { return std::exchange(out_, {}); }
  [[nodiscard]] Link link() const noexcept { return link_; }
  [[nodiscard]] std::size_t binds() const noexcept { return binds_.size(); }

 private:
  struct Bind {
    Session session;
    Backoff backoff;
    BindState state = BindState::waiting;
    MonoTime due{};                        ///< waiting: the next try; connecting: the last moment
    MonoTime bound_at{};                   ///< of the session that stands
    std::optional<MonoTime> alarmed_at{};  ///< last, about what came and cannot be read
    bool has_worked = false;               ///< a message was answered since it is bound
    bool sends = true;
    bool is_refused = false;  ///< this connection's bind, for good
  };

  static bool move(Bind& bind, BindEvent event) noexcept;
  void perform(BindIndex index, Actions actions, MonoTime now);
  void write(BindIndex index, Bytes bytes);
  void came(BindIndex index, Deliver delivery);
  template <class P>
  void text_came(DeliveryToken token, const P& pdu);
  template <class P>
  void receipt_came(DeliveryToken token, const P& pdu);
  void refused(BindIndex index, const BindRefused& refusal);
  void lost(BindIndex index, MonoTime now);
  /// What waits for the bind goes over another one, or ends.
  void give_up_lane(BindIndex index, const std::string& reason);
  void turned_away(BindIndex index, TurnedAway turned, MonoTime now);
  void pump(MonoTime now);
  /// After each event: sends what there is room for, tells what has ended, and how the link is.
  void settle(MonoTime now);
  void tell_link();
  [[nodiscard]] std::optional<BindIndex> least_loaded() const;
  [[nodiscard]] static bool is_bound(const Bind& bind) noexcept;
  /// Beside transmitters, receivers do not make the link; where nothing sends, they are all there is.
  [[nodiscard]] bool makes_link(const Bind& bind) const noexcept;
  void note(Level level, BindIndex bind, std::string_view event, std::string detail = {});

  AccountSettings settings_;
  std::vector<Bind> binds_;
  Traffic traffic_;
  Pace pace_;
  BindIndex next_to_pump_ = 0;  ///< in turn, so that no bind waits for ever for its share of the pace
  AccountActions out_;
  Link link_ = Link::down;
  std::string reason_;       ///< why the link is not up
  std::string told_reason_;  ///< with the last LinkIs
  std::optional<MonoTime> stop_deadline_;
  bool started_ = false;
  bool stopped_ = false;
};

}  // namespace tongdai::gateway::smpp
