#pragma once

#include <map>
#include <optional>

#include "gateway_adapters/smpp/codec/codec.hpp"
#include "gateway_adapters/smpp/codec/sequence.hpp"
#include "gateway_adapters/smpp/session/actions.hpp"
#include "gateway_adapters/smpp/session/settings.hpp"
#include "gateway_adapters/smpp/session/state.hpp"

namespace tongdai::gateway::smpp {

/// Inbound PDUs that wait for Session::answered. One more is answered RX_T_APPN: the centre sends it again.
inline constexpr std::size_t inbound_unanswered_max = 1000;

/// One SMPP 3.4 session of our side, without socket and clock: events in, actions out. Do the actions in
/// their order. Every token given to submit() gets exactly one of Submitted, InDoubt and Unsent, at the
/// latest when the connection is over. Reports arrive as Deliver, like texts: is_receipt tells them apart.
/// `now` never runs backwards. One thread at a time.
class Session {
 public:
  /// `settings` have passed check().
  explicit Session(SessionSettings settings);

  /// A connection stands: binds. Does nothing while another one is not over.
  [[nodiscard]] Actions connected(MonoTime now);
  /// Bytes came, in any pieces.
  [[nodiscard]] Actions received(View bytes, MonoTime now);
  /// Sends a message, if the session is bound for sending and window_free() is not 0; Unsent otherwise.
  [[nodiscard]] Actions submit(const SubmitSm& message, SubmitToken token, MonoTime now);
  /// Answers an inbound PDU: ok after it is committed, else RX_T_APPN, and the centre will send it again.
  /// Does nothing for a token whose connection is over.
  [[nodiscard]] Actions answered(InboundToken token, bool accepted);
  /// Leaves in order: no new submissions, the window drains, then unbind.
  [[nodiscard]] Actions unbind(MonoTime now);
  /// Does what is due. Call it at next_timer(); more often is harmless.
  [[nodiscard]] Actions tick(MonoTime now);
  /// The connection is gone, whoever closed it. Does nothing if the session has ended already.
  [[nodiscard]] Actions disconnected();

  /// When tick() has something to do; nothing if never. After tick(now) it is later than `now`.
  [[nodiscard]] std::optional<MonoTime> next_timer() const;
  /// How many more submissions are allowed at the moment.
  [[nodiscard]] std::size_t window_free() const noexcept;
  [[nodiscard]] SessionState state() const noexcept { return state_; }

 private:
  /// A request of ours without an answer.
  struct Pending {
    std::uint32_t sequence = 0;
    MonoTime deadline;
  };
  struct Submission {
    SubmitToken token = 0;
    MonoTime deadline;
  };
  struct Inbound {
    std::uint32_t sequence = 0;
    CommandId answer{};
  };

  [[nodiscard]] bool move(SessionEvent event) noexcept;
  [[nodiscard]] bool over() const noexcept;
  [[nodiscard]] std::uint32_t next_sequence();
  void heard(View octets, MonoTime now, Actions& out);
  void handle(Decoded decoded, MonoTime now, Actions& out);
  void bind_answered(std::uint32_t sequence, std::uint32_t status, MonoTime now, Actions& out);
  void submit_answered(std::uint32_t sequence, std::uint32_t status, std::string id, Actions& out);
  void nacked(std::uint32_t sequence, std::uint32_t status, MonoTime now, Actions& out);
  void unbind_answered(std::uint32_t sequence, Actions& out);
  void unbind_came(std::uint32_t sequence, MonoTime now, Actions& out);
  template <class P>
  void deliver(P pdu, std::uint32_t sequence, CommandId answer, Actions& out);
  void expire_submissions(MonoTime now, Actions& out);
  void leave_if_drained(MonoTime now, Actions& out);
  void end(std::optional<CloseReason> reason, Actions& out);

  SessionSettings settings_;
  SessionState state_ = SessionState::closed;
  Framer framer_;
  SequenceSource sequences_;
  std::optional<Pending> bind_, enquiry_, unbind_;
  std::optional<MonoTime> dismissed_until_;
  std::map<std::uint32_t, Submission> window_;  ///< by sequence
  std::map<InboundToken, Inbound> inbound_;
  InboundToken last_inbound_ = 0;
  MonoTime last_heard_;
};

}  // namespace tongdai::gateway::smpp
