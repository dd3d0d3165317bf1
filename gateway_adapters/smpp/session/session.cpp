#include "gateway_adapters/smpp/session/session.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "gateway_adapters/smpp/codec/status.hpp"

namespace tongdai::gateway::smpp {
namespace {

template <class... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};

void send(const Pdu& pdu, std::uint32_t sequence, std::uint32_t status, Actions& out) {
  Bytes bytes;
  [[maybe_unused]] const auto written = encode(pdu, sequence, status, bytes);
  assert(written && "only PDUs without free text, and the bind that check() has seen");
  out.emplace_back(SendBytes{std::move(bytes)});
}

/// SMPP 3.4 §5.1.3: the account itself is refused.
bool is_permanent(std::uint32_t bind_status) {
  return bind_status == status::invalid_system_id || bind_status == status::invalid_password ||
         bind_status == status::invalid_system_type;
}

bool is_request(std::uint32_t command) {
  return (command & response_bit) == 0;
}

/// The response of its own where the request has one, else generic_nack.
void answer_fault(DecodeError error, Actions& out) {
  auto answer = error.kind == DecodeError::Kind::bad_body ? command_from(error.header.command | response_bit)
                                                          : std::nullopt;
  send(pdu_of(answer.value_or(CommandId::generic_nack)), error.header.sequence, error.answer, out);
  const bool is_message = answer == CommandId::deliver_sm_resp || answer == CommandId::data_sm_resp;
  out.emplace_back(TurnedAway{is_message, std::move(error.what)});
}

}  // namespace

Session::Session(SessionSettings settings)
    : settings_(std::move(settings)), framer_(settings_.pdu_bytes_max) {
  assert(check(settings_) && "settings are checked where they are read");
}

bool Session::move(SessionEvent event) noexcept {
  const auto next = next_state(state_, event);
  if (next) state_ = *next;
  return next.has_value();
}

bool Session::over() const noexcept {
  return state_ == SessionState::closed || state_ == SessionState::ended;
}

std::uint32_t Session::next_sequence() {
  return sequences_.next([this](std::uint32_t number) {
    const auto is = [number](const std::optional<Pending>& own) { return own && own->sequence == number; };
    return window_.contains(number) || is(bind_) || is(enquiry_) || is(unbind_);
  });
}

Actions Session::connected(MonoTime now) {
  Actions out;
  if (!move(SessionEvent::connected)) return out;
  framer_.reset();
  sequences_ = SequenceSource(settings_.first_sequence - 1);
  bind_ = Pending{next_sequence(), now + settings_.bind_timeout};
  send(bind_of(settings_), bind_->sequence, status::ok, out);
  return out;
}

Actions Session::received(View bytes, MonoTime now) {
  Actions out;
  if (over()) return out;
  framer_.feed(bytes);
  while (!over()) {
    const auto next = framer_.next();
    if (!next) break;
    if (!*next) {
      send(GenericNack{}, next->error().sequence, status::invalid_command_length, out);
      end(CloseReason::out_of_step, out);
      break;
    }
    heard(**next, now, out);
    leave_if_drained(now, out);
  }
  return out;
}

void Session::heard(View octets, MonoTime now, Actions& out) {
  last_heard_ = now;
  enquiry_.reset();  // any PDU is a sign of life, also one that answers something else
  auto decoded = decode(octets);
  if (decoded) return handle(*std::move(decoded), now, out);
  DecodeError& error = decoded.error();
  // Answers without a readable body are those to what we never ask.
  if (!command_from(error.header.command) || is_request(error.header.command))
    answer_fault(std::move(error), out);
}

void Session::handle(Decoded decoded, MonoTime now, Actions& out) {
  const auto [status, sequence] = std::pair(decoded.status, decoded.sequence);
  std::visit(
      Overloaded{
          [&](const BindResp&) { bind_answered(sequence, status, now, out); },
          [&](SubmitSmResp& pdu) { submit_answered(sequence, status, std::move(pdu.message_id), out); },
          [&](const GenericNack&) { nacked(sequence, status, now, out); },
          [&](const UnbindResp&) { unbind_answered(sequence, out); },
          [&](DeliverSm& pdu) { deliver(std::move(pdu), sequence, CommandId::deliver_sm_resp, out); },
          [&](DataSm& pdu) { deliver(std::move(pdu), sequence, CommandId::data_sm_resp, out); },
          [&](const EnquireLink&) { send(EnquireLinkResp{}, sequence, status::ok, out); },
          [&](const Unbind&) { unbind_came(sequence, now, out); },
          [](const Outbind&) {},            // has no answer, and we are connected already
          [](const AlertNotification&) {},  // has no answer
          [&](const auto& pdu) {
            // Answers to what we never ask match nothing. A request that only our side may make gets the
            // answer of an unknown one.
            const CommandId command = command_of(pdu);
            if (is_response(command)) return;
            send(GenericNack{}, sequence, status::invalid_command_id, out);
            out.emplace_back(TurnedAway{false, std::string(name_of(command)) + " is for us to send"});
          }},
      decoded.pdu);
}

void Session::bind_answered(std::uint32_t sequence, std::uint32_t status, MonoTime now, Actions& out) {
  if (!bind_ || bind_->sequence != sequence) return;
  bind_.reset();
  if (status == status::ok || status == status::already_bound) {
    if (!move(SessionEvent::bind_accepted)) return;
    last_heard_ = now;
    out.emplace_back(Bound{status});
    return;
  }
  out.emplace_back(BindRefused{status, is_permanent(status)});
  end(CloseReason::bind_refused, out);
}

void Session::submit_answered(std::uint32_t sequence, std::uint32_t status, std::string id, Actions& out) {
  const auto found = window_.find(sequence);
  if (found == window_.end()) return;
  out.emplace_back(Submitted{found->second.token, status, std::move(id)});
  window_.erase(found);
}

void Session::nacked(std::uint32_t sequence, std::uint32_t status, MonoTime now, Actions& out) {
  if (bind_ && bind_->sequence == sequence)
    return bind_answered(sequence, status == status::ok ? status::bind_failed : status, now, out);
  if (unbind_ && unbind_->sequence == sequence) return unbind_answered(sequence, out);
  if (status != status::ok) return submit_answered(sequence, status, {}, out);
  const auto found = window_.find(sequence);
  if (found == window_.end()) return;
  // "Not understood" and "ok" at once: neither may be believed.
  out.emplace_back(InDoubt{found->second.token});
  window_.erase(found);
}

void Session::unbind_answered(std::uint32_t sequence, Actions& out) {
  if (unbind_ && unbind_->sequence == sequence) end(CloseReason::unbound, out);
}

void Session::unbind_came(std::uint32_t sequence, MonoTime now, Actions& out) {
  send(UnbindResp{}, sequence, status::ok, out);
  if (!move(SessionEvent::unbind_came)) return;
  // Answers may be on their way, often in the same packet: without them the window would be in doubt.
  dismissed_until_ = now + settings_.unbind_timeout;
  out.emplace_back(Dismissed{});
}

template <class P>
void Session::deliver(P pdu, std::uint32_t sequence, CommandId answer, Actions& out) {
  if (state_ == SessionState::binding || settings_.bind == BindMode::transmitter) {
    send(pdu_of(answer), sequence, status::invalid_bind_status, out);
    out.emplace_back(TurnedAway{true, std::string(name_of(P::command)) + " on a bind that does not receive"});
    return;
  }
  if (inbound_.size() >= inbound_unanswered_max)
    return send(pdu_of(answer), sequence, status::receiver_temporary_error, out);
  inbound_.emplace(++last_inbound_, Inbound{sequence, answer});
  out.emplace_back(Deliver{last_inbound_, std::move(pdu)});
}

Actions Session::submit(const SubmitSm& message, SubmitToken token, MonoTime now) {
  if (window_free() == 0) {
    return {Unsent{token, Error{Code::not_allowed,
                                "smpp session: submit needs a session that is bound for "
                                "sending and has room in its window"}}};
  }
  Bytes bytes;
  const std::uint32_t sequence = next_sequence();
  if (auto written = encode(message, sequence, status::ok, bytes); !written)
    return {Unsent{token, std::move(written.error())}};
  window_.emplace(sequence, Submission{token, now + settings_.response_timeout});
  return {SendBytes{std::move(bytes)}};
}

Actions Session::answered(InboundToken token, bool accepted) {
  Actions out;
  const auto found = inbound_.find(token);
  if (found == inbound_.end()) return out;
  send(pdu_of(found->second.answer), found->second.sequence,
       accepted ? status::ok : status::receiver_temporary_error, out);
  inbound_.erase(found);
  return out;
}

Actions Session::unbind(MonoTime now) {
  Actions out;
  if (state_ == SessionState::binding) {
    end(CloseReason::unbound, out);
  } else if (move(SessionEvent::unbind_asked)) {
    leave_if_drained(now, out);
  }
  return out;
}

void Session::leave_if_drained(MonoTime now, Actions& out) {
  if (!window_.empty()) return;
  if (state_ == SessionState::dismissed) return end(CloseReason::centre_unbound, out);
  if (state_ != SessionState::unbinding || unbind_) return;
  enquiry_.reset();
  unbind_ = Pending{next_sequence(), now + settings_.unbind_timeout};
  send(Unbind{}, unbind_->sequence, status::ok, out);
}

Actions Session::disconnected() {
  Actions out;
  if (!over()) end(std::nullopt, out);
  return out;
}

void Session::end(std::optional<CloseReason> reason, Actions& out) {
  [[maybe_unused]] const bool moved = move(SessionEvent::over);
  assert(moved && "a connection ends once");
  for (const auto& [sequence, submission] : window_) out.emplace_back(InDoubt{submission.token});
  window_.clear();
  inbound_.clear();
  bind_ = enquiry_ = unbind_ = std::nullopt;
  dismissed_until_.reset();
  if (reason) out.emplace_back(Close{*reason});
  out.emplace_back(Ended{});
}

std::size_t Session::window_free() const noexcept {
  if (state_ != SessionState::bound || settings_.bind == BindMode::receiver) return 0;
  return settings_.window - window_.size();
}

}  // namespace tongdai::gateway::smpp
