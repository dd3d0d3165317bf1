#include "gateway_adapters/smpp/codec/pdu.hpp"

namespace tongdai::gateway::smpp {
namespace {

/// SMPP 3.4 §5.1.2.1.
constexpr std::uint32_t bind_number(BindMode mode) noexcept {
  switch (mode) {
    case BindMode::transmitter:
      return static_cast<std::uint32_t>(CommandId::bind_transmitter);
    case BindMode::receiver:
      return static_cast<std::uint32_t>(CommandId::bind_receiver);
    case BindMode::transceiver:
      break;
  }
  return static_cast<std::uint32_t>(CommandId::bind_transceiver);
}

struct CommandOf {
  CommandId operator()(const Bind& bind) const noexcept {
    return static_cast<CommandId>(bind_number(bind.mode));
  }
  CommandId operator()(const BindResp& resp) const noexcept {
    return static_cast<CommandId>(bind_number(resp.mode) | response_bit);
  }
  template <class T>
  CommandId operator()(const T&) const noexcept {
    return T::command;
  }
};

template <class T>
bool take_if(CommandId command, Pdu& pdu) {
  if constexpr (requires { T::command; }) {
    if (command != T::command) return false;
    pdu = T{};
    return true;
  }
  return false;
}

template <class... T>
Pdu first_of(CommandId command, const std::variant<T...>&) {
  Pdu pdu;
  (void)(take_if<T>(command, pdu) || ...);
  return pdu;
}

}  // namespace

CommandId command_of(const Pdu& pdu) noexcept {
  return std::visit(CommandOf{}, pdu);
}

Pdu pdu_of(CommandId command) {
  for (const BindMode mode : {BindMode::transmitter, BindMode::receiver, BindMode::transceiver}) {
    Bind bind;
    BindResp resp;
    bind.mode = resp.mode = mode;
    if (command_of(bind) == command) return bind;
    if (command_of(resp) == command) return resp;
  }
  return first_of(command, Pdu{});
}

}  // namespace tongdai::gateway::smpp
