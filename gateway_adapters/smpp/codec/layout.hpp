#pragma once

#include <concepts>
#include <type_traits>

#include "gateway_adapters/smpp/codec/pdu.hpp"

/// The order of the fields of every body, once for both directions: `Io` is a Reader with a PDU to fill, or a
/// Writer with a constant one.
namespace tongdai::gateway::smpp::layout {

/// Octets with the NUL (SMPP 3.4 §5.2).
inline constexpr std::size_t system_id_octets = 16, password_octets = 9, system_type_octets = 13,
                             address_range_octets = 41, service_type_octets = 6, number_octets = 21,
                             long_number_octets = 65, time_octets = 17, message_id_octets = 65,
                             list_name_octets = 21;
inline constexpr std::size_t destinations_max = 254;  ///< SMPP 3.4 §5.2.24
inline constexpr std::size_t unsuccessful_max = 255;  ///< SMPP 3.4 §5.2.26: one octet

template <class P, class Body>
concept Of = std::derived_from<std::remove_cvref_t<P>, Body>;

void body(auto& io, Of<Bind> auto& p) {
  io.text("system_id", system_id_octets, p.system_id);
  io.text("password", password_octets, p.password);
  io.text("system_type", system_type_octets, p.system_type);
  io.octet("interface_version", p.version);
  io.octet("addr_ton", p.addr_ton);
  io.octet("addr_npi", p.addr_npi);
  io.text("address_range", address_range_octets, p.address_range);
}

void body(auto& io, Of<BindResp> auto& p) {
  io.text("system_id", system_id_octets, p.system_id);
  io.tlvs(p.tlvs);
}

void body(auto& io, Of<Outbind> auto& p) {
  io.text("system_id", system_id_octets, p.system_id);
  io.text("password", password_octets, p.password);
}

template <CommandId id>
void body(auto& /*io*/, const Bare<id>& /*p*/) {}

/// From esm_class on: the same in submit_sm, deliver_sm and submit_multi.
void message(auto& io, auto& p) {
  io.octet("esm_class", p.esm_class);
  io.octet("protocol_id", p.protocol_id);
  io.octet("priority_flag", p.priority_flag);
  io.text("schedule_delivery_time", time_octets, p.schedule_delivery_time);
  io.text("validity_period", time_octets, p.validity_period);
  io.octet("registered_delivery", p.registered_delivery);
  io.octet("replace_if_present_flag", p.replace_if_present);
  io.octet("data_coding", p.data_coding);
  io.octet("sm_default_msg_id", p.sm_default_msg_id);
  io.counted("short_message", p.short_message);
  io.tlvs(p.tlvs);
}

void body(auto& io, Of<Message> auto& p) {
  io.text("service_type", service_type_octets, p.service_type);
  io.address("source_addr", number_octets, p.source);
  io.address("destination_addr", number_octets, p.destination);
  message(io, p);
}

template <class P>
concept IdAndTlvs = Of<P, SubmitSmResp> || Of<P, DeliverSmResp> || Of<P, DataSmResp>;

void body(auto& io, IdAndTlvs auto& p) {
  io.text("message_id", message_id_octets, p.message_id);
  io.tlvs(p.tlvs);
}

void body(auto& io, Of<SubmitMulti> auto& p) {
  io.text("service_type", service_type_octets, p.service_type);
  io.address("source_addr", number_octets, p.source);
  io.list("number_of_dests", destinations_max, p.destinations, [](auto& each, auto& destination) {
    each.destination(number_octets, list_name_octets, destination);
  });
  message(io, p);
}

void body(auto& io, Of<SubmitMultiResp> auto& p) {
  io.text("message_id", message_id_octets, p.message_id);
  io.list("no_unsuccess", unsuccessful_max, p.unsuccessful, [](auto& each, auto& delivery) {
    each.address("destination_addr", number_octets, delivery.destination);
    each.word("error_status_code", delivery.status);
  });
  io.tlvs(p.tlvs);
}

void body(auto& io, Of<DataSm> auto& p) {
  io.text("service_type", service_type_octets, p.service_type);
  io.address("source_addr", long_number_octets, p.source);
  io.address("destination_addr", long_number_octets, p.destination);
  io.octet("esm_class", p.esm_class);
  io.octet("registered_delivery", p.registered_delivery);
  io.octet("data_coding", p.data_coding);
  io.tlvs(p.tlvs);
}

void body(auto& io, Of<QuerySm> auto& p) {
  io.text("message_id", message_id_octets, p.message_id);
  io.address("source_addr", number_octets, p.source);
}

void body(auto& io, Of<QuerySmResp> auto& p) {
  io.text("message_id", message_id_octets, p.message_id);
  io.text("final_date", time_octets, p.final_date);
  io.octet("message_state", p.message_state);
  io.octet("error_code", p.error_code);
}

void body(auto& io, Of<CancelSm> auto& p) {
  io.text("service_type", service_type_octets, p.service_type);
  io.text("message_id", message_id_octets, p.message_id);
  io.address("source_addr", number_octets, p.source);
  io.address("destination_addr", number_octets, p.destination);
}

void body(auto& io, Of<ReplaceSm> auto& p) {
  io.text("message_id", message_id_octets, p.message_id);
  io.address("source_addr", number_octets, p.source);
  io.text("schedule_delivery_time", time_octets, p.schedule_delivery_time);
  io.text("validity_period", time_octets, p.validity_period);
  io.octet("registered_delivery", p.registered_delivery);
  io.octet("sm_default_msg_id", p.sm_default_msg_id);
  io.counted("short_message", p.short_message);
}

void body(auto& io, Of<AlertNotification> auto& p) {
  io.address("source_addr", long_number_octets, p.source);
  io.address("esme_addr", long_number_octets, p.esme);
  io.tlvs(p.tlvs);
}

}  // namespace tongdai::gateway::smpp::layout
