#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/enum_names.hpp"
#include "core/error.hpp"
#include "gateway_adapters/smpp/codec/pdu.hpp"

namespace tongdai::gateway::smpp {

/// The caller's own name for a submission, given back at its end. Unique among those in flight.
using SubmitToken = std::uint64_t;
/// The session's name for an inbound PDU. Never given twice, also not on another connection.
using InboundToken = std::uint64_t;

/// Why the session wants its connection closed.
enum class CloseReason : std::uint8_t {
  bind_refused,    ///< BindRefused tells the status
  bind_timeout,    ///< the bind was not answered in time
  link_silent,     ///< enquire_link was not answered in time
  out_of_step,     ///< a command_length outside the limits: the next PDU cannot be found
  centre_unbound,  ///< the centre sent unbind; it is answered, and nothing is in flight or was in time
  unbound,         ///< our unbind was answered, or asked for before we were bound
  unbind_timeout,  ///< our unbind was not answered in time
};

/// Write these bytes, in the order of the actions.
struct SendBytes {
  Bytes bytes;
};
/// The centre took the bind.
struct Bound {
  std::uint32_t status = 0;  ///< ok, or already_bound
};
/// The centre refused the bind. Close and Ended follow.
struct BindRefused {
  std::uint32_t status = 0;
  bool permanent = false;  ///< the account is wrong: trying again will not help, a person must
};
/// End of a submission: the centre answered. Status 0 is accepted; an empty id then means that no receipt can
/// be matched.
struct Submitted {
  SubmitToken token = 0;
  std::uint32_t status = 0;
  std::string message_id;
};
/// End of a submission: it may or may not have been taken. Never to be sent again blindly.
struct InDoubt {
  SubmitToken token = 0;
};
/// End of a submission: nothing of it has left. Code not_allowed: not bound, not for sending, or the window
/// is full; limit or invalid: it cannot be written as a PDU.
struct Unsent {
  SubmitToken token = 0;
  Error error;
};
/// An inbound message or a receipt. Call Session::answered once it is safe, or cannot be.
struct Deliver {
  InboundToken token = 0;
  std::variant<DeliverSm, DataSm> pdu;
};
/// The centre unbound: nothing more can be submitted. What is in flight still gets its end; Close and Ended
/// follow, at the latest after the unbind timeout.
struct Dismissed {};
/// A request of the centre's was answered with an error and is gone.
struct TurnedAway {
  bool is_message = false;  ///< a deliver_sm or data_sm: a text may be lost with it
  std::string reason;       ///< with the command's name, without any of its content
};
/// Close the connection, after the bytes before this action are written. Ended follows.
struct Close {
  CloseReason reason{};
};
/// The last action of a connection, once for each.
struct Ended {};

/// What the caller has to do or to know.
using Action = std::variant<SendBytes, Bound, BindRefused, Submitted, InDoubt, Unsent, Deliver, Dismissed,
                            TurnedAway, Close, Ended>;
using Actions = std::vector<Action>;

}  // namespace tongdai::gateway::smpp

template <>
struct tongdai::EnumNames<tongdai::gateway::smpp::CloseReason> {
  static constexpr std::array<std::string_view, 7> names{"bind_refused",  "bind_timeout",   "link_silent",
                                                         "out_of_step",   "centre_unbound", "unbound",
                                                         "unbind_timeout"};
};
