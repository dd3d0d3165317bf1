#pragma once

#include <rapidcheck.h>

#include <random>

#include "gateway_adapters/smpp/codec/codec.hpp"
#include "gateway_adapters/smpp/codec/layout.hpp"

/// Any PDU within the limits of SMPP 3.4.
namespace tongdai::gateway::smpp::testing {

/// Random values out of one number that rapidcheck draws: a PDU has hundreds of octets, and drawing each of
/// them apart takes minutes.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}

  /// 0 .. most.
  std::size_t up_to(std::size_t most) { return std::uniform_int_distribution<std::size_t>(0, most)(engine_); }
  bool coin() { return up_to(1) == 1; }
  std::uint8_t octet() { return static_cast<std::uint8_t>(up_to(255)); }
  Bytes octets(std::size_t count) {
    Bytes bytes(count);
    for (std::uint8_t& each : bytes) each = octet();
    return bytes;
  }

 private:
  std::mt19937_64 engine_;
};

/// Call inside a property.
inline Dice any_dice() {
  return Dice(*rc::gen::arbitrary<std::uint64_t>());
}

/// Fills a body with what the dice say: stands where a Reader does.
class Filler {
 public:
  explicit Filler(Dice& dice) : dice_(dice) {}

  void text(std::string_view /*field*/, std::size_t octets_max, std::string& value) {
    const std::size_t size = dice_.up_to(4) == 0 ? octets_max - 1 : dice_.up_to(octets_max - 1);
    value.resize(size);
    for (char& c : value) c = static_cast<char>(1 + dice_.up_to(254));
  }
  void octet(std::string_view /*field*/, std::uint8_t& value) { value = dice_.octet(); }
  void word(std::string_view /*field*/, std::uint32_t& value) {
    value = static_cast<std::uint32_t>(dice_.up_to(0xffffffff));
  }
  void counted(std::string_view /*field*/, Bytes& value) {
    value = dice_.octets(dice_.up_to(short_message_octets));
  }
  void address(std::string_view field, std::size_t octets_max, Address& value) {
    octet(field, value.ton);
    octet(field, value.npi);
    text(field, octets_max, value.value);
  }
  template <class T, class Each>
  void list(std::string_view /*field*/, std::size_t count_max, std::vector<T>& values, const Each& each) {
    values.resize(dice_.up_to(4) == 0 ? count_max : dice_.up_to(3));
    for (T& value : values) each(*this, value);
  }
  void destination(std::size_t number_octets_max, std::size_t name_octets_max, Destination& value) {
    if (dice_.coin())
      address("", number_octets_max, value.emplace<Address>());
    else
      text("", name_octets_max, value.emplace<DistributionList>().name);
  }
  void tlvs(std::vector<Tlv>& values) {
    values.resize(dice_.up_to(5));
    for (Tlv& tlv : values) {
      tlv.tag = static_cast<std::uint16_t>(dice_.up_to(0xffff));
      tlv.value = dice_.octets(dice_.up_to(9) == 0 ? tlv_value_octets_max : dice_.up_to(20));
    }
  }

 private:
  Dice& dice_;
};

inline constexpr std::array all_commands{CommandId::bind_receiver,      CommandId::bind_transmitter,
                                         CommandId::query_sm,           CommandId::submit_sm,
                                         CommandId::deliver_sm,         CommandId::unbind,
                                         CommandId::replace_sm,         CommandId::cancel_sm,
                                         CommandId::bind_transceiver,   CommandId::outbind,
                                         CommandId::enquire_link,       CommandId::submit_multi,
                                         CommandId::alert_notification, CommandId::data_sm,
                                         CommandId::generic_nack,       CommandId::bind_receiver_resp,
                                         CommandId::query_sm_resp,      CommandId::bind_transmitter_resp,
                                         CommandId::submit_sm_resp,     CommandId::deliver_sm_resp,
                                         CommandId::unbind_resp,        CommandId::replace_sm_resp,
                                         CommandId::cancel_sm_resp,     CommandId::bind_transceiver_resp,
                                         CommandId::enquire_link_resp,  CommandId::data_sm_resp,
                                         CommandId::submit_multi_resp};

inline Pdu any_pdu(CommandId command, Dice& dice) {
  Pdu pdu = pdu_of(command);
  Filler filler(dice);
  std::visit([&filler](auto& p) { layout::body(filler, p); }, pdu);
  return pdu;
}

inline Pdu any_pdu(Dice& dice) {
  return any_pdu(all_commands[dice.up_to(all_commands.size() - 1)], dice);
}

}  // namespace tongdai::gateway::smpp::testing
