#pragma once

#include <algorithm>
#include <optional>
#include <string_view>

#include "gateway_adapters/smpp/codec/pdu.hpp"

namespace tongdai::gateway::smpp {

/// Appends a body's fields, and holds them to the standard's limits. After the first fault nothing more is
/// written. The counterpart of Reader: see layout.hpp.
class Writer {
 public:
  /// `out` outlives the writer.
  explicit Writer(Bytes& out) noexcept : out_(out) {}

  /// A C-octet string of at most `octets_max` with its NUL.
  void text(std::string_view field, std::size_t octets_max, const std::string& value) {
    if (value.size() >= octets_max) return refuse(field, octets_max - 1, value.size());
    if (value.find('\0') != std::string::npos) return refuse_nul(field);
    append(std::string_view(value));
    octet(field, 0);
  }

  void octet(std::string_view /*field*/, std::uint8_t value) { number(value, 1); }
  void word(std::string_view /*field*/, std::uint32_t value) { number(value, 4); }

  /// One octet of length, then the octets: at most short_message_octets.
  void counted(std::string_view field, const Bytes& value) {
    if (value.size() > short_message_octets) return refuse(field, short_message_octets, value.size());
    octet(field, static_cast<std::uint8_t>(value.size()));
    append(value);
  }

  void address(std::string_view field, std::size_t octets_max, const Address& value) {
    octet(field, value.ton);
    octet(field, value.npi);
    text(field, octets_max, value.value);
  }

  template <class T, class Each>
  void list(std::string_view field, std::size_t count_max, const std::vector<T>& values, const Each& each) {
    if (values.size() > count_max) return refuse(field, count_max, values.size());
    octet(field, static_cast<std::uint8_t>(values.size()));
    for (const T& value : values) each(*this, value);
  }

  void destination(std::size_t number_octets_max, std::size_t name_octets_max, const Destination& value) {
    if (const auto* const number_to = std::get_if<Address>(&value)) {
      octet("dest_flag", 1);
      return address("destination_addr", number_octets_max, *number_to);
    }
    octet("dest_flag", 2);
    text("dl_name", name_octets_max, std::get<DistributionList>(value).name);
  }

  void tlvs(const std::vector<Tlv>& values) {
    for (const Tlv& tlv : values) {
      if (tlv.value.size() > tlv_value_octets_max)
        return refuse("tlv", tlv_value_octets_max, tlv.value.size());
      number(tlv.tag, 2);
      number(static_cast<std::uint32_t>(tlv.value.size()), 2);
      append(tlv.value);
    }
  }

  /// Big-endian, the low `octets` of it.
  void number(std::uint32_t value, std::size_t octets) {
    if (fault_) return;
    for (std::size_t i = octets; i-- > 0;) out_.push_back(static_cast<std::uint8_t>(value >> (8 * i) & 0xff));
  }

  [[nodiscard]] const std::optional<Error>& fault() const noexcept { return fault_; }

 private:
  template <class Octets>
  void append(const Octets& octets) {
    if (!fault_) out_.insert(out_.end(), octets.begin(), octets.end());
  }
  void refuse(std::string_view field, std::size_t limit, std::size_t got) {
    if (fault_) return;
    fault_ = Error{Code::limit, std::string(field) + " must have at most " + std::to_string(limit) +
                                    " octets or elements, got " + std::to_string(got)};
  }
  void refuse_nul(std::string_view field) {
    if (fault_) return;
    fault_ = Error{Code::invalid, std::string(field) + " holds a NUL, which would end it early"};
  }

  Bytes& out_;
  std::optional<Error> fault_;
};

}  // namespace tongdai::gateway::smpp
