#include "gateway_adapters/smpp/codec/command.hpp"

#include <algorithm>
#include <array>

namespace tongdai::gateway::smpp {
namespace {

struct Command {
  CommandId id;
  std::string_view name;
};

/// SMPP 3.4 §5.1.2.1, table 5-1.
constexpr std::array commands{
    Command{CommandId::bind_receiver, "bind_receiver"},
    Command{CommandId::bind_transmitter, "bind_transmitter"},
    Command{CommandId::query_sm, "query_sm"},
    Command{CommandId::submit_sm, "submit_sm"},
    Command{CommandId::deliver_sm, "deliver_sm"},
    Command{CommandId::unbind, "unbind"},
    Command{CommandId::replace_sm, "replace_sm"},
    Command{CommandId::cancel_sm, "cancel_sm"},
    Command{CommandId::bind_transceiver, "bind_transceiver"},
    Command{CommandId::outbind, "outbind"},
    Command{CommandId::enquire_link, "enquire_link"},
    Command{CommandId::submit_multi, "submit_multi"},
    Command{CommandId::alert_notification, "alert_notification"},
    Command{CommandId::data_sm, "data_sm"},
    Command{CommandId::generic_nack, "generic_nack"},
    Command{CommandId::bind_receiver_resp, "bind_receiver_resp"},
    Command{CommandId::bind_transmitter_resp, "bind_transmitter_resp"},
    Command{CommandId::query_sm_resp, "query_sm_resp"},
    Command{CommandId::submit_sm_resp, "submit_sm_resp"},
    Command{CommandId::deliver_sm_resp, "deliver_sm_resp"},
    Command{CommandId::unbind_resp, "unbind_resp"},
    Command{CommandId::replace_sm_resp, "replace_sm_resp"},
    Command{CommandId::cancel_sm_resp, "cancel_sm_resp"},
    Command{CommandId::bind_transceiver_resp, "bind_transceiver_resp"},
    Command{CommandId::enquire_link_resp, "enquire_link_resp"},
    Command{CommandId::submit_multi_resp, "submit_multi_resp"},
    Command{CommandId::data_sm_resp, "data_sm_resp"},
};

}  // namespace

std::optional<CommandId> command_from(std::uint32_t id) noexcept {
  const auto command = static_cast<CommandId>(id);
  if (std::ranges::find(commands, command, &Command::id) == commands.end()) return std::nullopt;
  return command;
}

std::string_view name_of(CommandId id) noexcept {
  const auto* const found = std::ranges::find(commands, id, &Command::id);
  return found == commands.end() ? "unknown command" : found->name;
}

}  // namespace tongdai::gateway::smpp
