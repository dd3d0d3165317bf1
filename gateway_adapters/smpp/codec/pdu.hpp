#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/enum_names.hpp"
#include "core/error.hpp"
#include "gateway_adapters/smpp/codec/command.hpp"
#include "gateway_adapters/smpp/codec/tlv.hpp"

namespace tongdai::gateway::smpp {

inline constexpr std::size_t header_octets = 16;          ///< SMPP 3.4 §3.2
inline constexpr std::size_t short_message_octets = 254;  ///< SMPP 3.4 §5.2.22
inline constexpr std::uint8_t interface_version = 0x34;   ///< SMPP 3.4 §5.2.4
inline constexpr std::uint8_t interface_version_3_3 = 0x33;

/// A number or a name, with its type and plan (SMPP 3.4 §5.2.5, §5.2.6).
struct Address {
  std::uint8_t ton = 0;
  std::uint8_t npi = 0;
  std::string value;

  friend bool operator==(const Address&, const Address&) = default;
};

enum class BindMode : std::uint8_t { transmitter, receiver, transceiver };

/// SMPP 3.4 §4.1.1, §4.1.3, §4.1.5.
struct Bind {
  BindMode mode = BindMode::transceiver;
  std::string system_id, password, system_type;
  std::uint8_t version = interface_version;
  std::uint8_t addr_ton = 0, addr_npi = 0;
  std::string address_range;

  friend bool operator==(const Bind&, const Bind&) = default;
};

struct BindResp {
  BindMode mode = BindMode::transceiver;
  std::string system_id;
  std::vector<Tlv> tlvs;

  friend bool operator==(const BindResp&, const BindResp&) = default;
};

/// SMPP 3.4 §4.1.7.
struct Outbind {
  static constexpr CommandId command = CommandId::outbind;
  std::string system_id, password;

  friend bool operator==(const Outbind&, const Outbind&) = default;
};

/// A PDU that is a header and nothing else.
template <CommandId id>
struct Bare {
  static constexpr CommandId command = id;
  friend bool operator==(const Bare&, const Bare&) = default;
};
using Unbind = Bare<CommandId::unbind>;                      ///< §4.2.1
using UnbindResp = Bare<CommandId::unbind_resp>;             ///< §4.2.2
using GenericNack = Bare<CommandId::generic_nack>;           ///< §4.3.1
using CancelSmResp = Bare<CommandId::cancel_sm_resp>;        ///< §4.9.2
using ReplaceSmResp = Bare<CommandId::replace_sm_resp>;      ///< §4.10.2
using EnquireLink = Bare<CommandId::enquire_link>;           ///< §4.11.1
using EnquireLinkResp = Bare<CommandId::enquire_link_resp>;  ///< §4.11.2

/// What submit_sm and deliver_sm have in common (SMPP 3.4 §4.4.1, §4.6.1).
struct Message {
  std::string service_type;
  Address source, destination;
  std::uint8_t esm_class = 0, protocol_id = 0, priority_flag = 0;
  std::string schedule_delivery_time, validity_period;
  std::uint8_t registered_delivery = 0, replace_if_present = 0, data_coding = 0, sm_default_msg_id = 0;
  Bytes short_message;
  std::vector<Tlv> tlvs;

  friend bool operator==(const Message&, const Message&) = default;
};
struct SubmitSm : Message {
  static constexpr CommandId command = CommandId::submit_sm;
};
struct DeliverSm : Message {
  static constexpr CommandId command = CommandId::deliver_sm;
};

/// SMPP 3.4 §4.4.2. Without a body the id is empty.
struct SubmitSmResp {
  static constexpr CommandId command = CommandId::submit_sm_resp;
  std::string message_id;
  std::vector<Tlv> tlvs;

  friend bool operator==(const SubmitSmResp&, const SubmitSmResp&) = default;
};

/// SMPP 3.4 §4.6.2; message_id is unused there.
struct DeliverSmResp {
  static constexpr CommandId command = CommandId::deliver_sm_resp;
  std::string message_id;
  std::vector<Tlv> tlvs;

  friend bool operator==(const DeliverSmResp&, const DeliverSmResp&) = default;
};

struct DistributionList {
  std::string name;

  friend bool operator==(const DistributionList&, const DistributionList&) = default;
};
using Destination = std::variant<Address, DistributionList>;

/// SMPP 3.4 §4.5.1.
struct SubmitMulti {
  static constexpr CommandId command = CommandId::submit_multi;
  std::string service_type;
  Address source;
  std::vector<Destination> destinations;
  std::uint8_t esm_class = 0, protocol_id = 0, priority_flag = 0;
  std::string schedule_delivery_time, validity_period;
  std::uint8_t registered_delivery = 0, replace_if_present = 0, data_coding = 0, sm_default_msg_id = 0;
  Bytes short_message;
  std::vector<Tlv> tlvs;

  friend bool operator==(const SubmitMulti&, const SubmitMulti&) = default;
};

struct UnsuccessfulDelivery {
  Address destination;
  std::uint32_t status = 0;

  friend bool operator==(const UnsuccessfulDelivery&, const UnsuccessfulDelivery&) = default;
};

/// SMPP 3.4 §4.5.2.
struct SubmitMultiResp {
  static constexpr CommandId command = CommandId::submit_multi_resp;
  std::string message_id;
  std::vector<UnsuccessfulDelivery> unsuccessful;
  std::vector<Tlv> tlvs;

  friend bool operator==(const SubmitMultiResp&, const SubmitMultiResp&) = default;
};

/// SMPP 3.4 §4.7.1.
struct DataSm {
  static constexpr CommandId command = CommandId::data_sm;
  std::string service_type;
  Address source, destination;
  std::uint8_t esm_class = 0, registered_delivery = 0, data_coding = 0;
  std::vector<Tlv> tlvs;

  friend bool operator==(const DataSm&, const DataSm&) = default;
};

/// SMPP 3.4 §4.7.2.
struct DataSmResp {
  static constexpr CommandId command = CommandId::data_sm_resp;
  std::string message_id;
  std::vector<Tlv> tlvs;

  friend bool operator==(const DataSmResp&, const DataSmResp&) = default;
};

/// SMPP 3.4 §4.8.1.
struct QuerySm {
  static constexpr CommandId command = CommandId::query_sm;
  std::string message_id;
  Address source;

  friend bool operator==(const QuerySm&, const QuerySm&) = default;
};

/// SMPP 3.4 §4.8.2.
struct QuerySmResp {
  static constexpr CommandId command = CommandId::query_sm_resp;
  std::string message_id, final_date;
  std::uint8_t message_state = 0, error_code = 0;

  friend bool operator==(const QuerySmResp&, const QuerySmResp&) = default;
};

/// SMPP 3.4 §4.9.1.
struct CancelSm {
  static constexpr CommandId command = CommandId::cancel_sm;
  std::string service_type, message_id;
  Address source, destination;

  friend bool operator==(const CancelSm&, const CancelSm&) = default;
};

/// SMPP 3.4 §4.10.1.
struct ReplaceSm {
  static constexpr CommandId command = CommandId::replace_sm;
  std::string message_id;
  Address source;
  std::string schedule_delivery_time, validity_period;
  std::uint8_t registered_delivery = 0, sm_default_msg_id = 0;
  Bytes short_message;

  friend bool operator==(const ReplaceSm&, const ReplaceSm&) = default;
};

/// SMPP 3.4 §4.12.1.
struct AlertNotification {
  static constexpr CommandId command = CommandId::alert_notification;
  Address source, esme;
  std::vector<Tlv> tlvs;

  friend bool operator==(const AlertNotification&, const AlertNotification&) = default;
};

using Pdu = std::variant<Bind, BindResp, Outbind, Unbind, UnbindResp, GenericNack, SubmitSm, SubmitSmResp,
                         SubmitMulti, SubmitMultiResp, DeliverSm, DeliverSmResp, DataSm, DataSmResp, QuerySm,
                         QuerySmResp, CancelSm, CancelSmResp, ReplaceSm, ReplaceSmResp, EnquireLink,
                         EnquireLinkResp, AlertNotification>;

[[nodiscard]] CommandId command_of(const Pdu& pdu) noexcept;
/// The command's PDU with nothing in it.
[[nodiscard]] Pdu pdu_of(CommandId command);

}  // namespace tongdai::gateway::smpp

template <>
struct tongdai::EnumNames<tongdai::gateway::smpp::BindMode> {
  static constexpr std::array<std::string_view, 3> names{"transmitter", "receiver", "transceiver"};
};
