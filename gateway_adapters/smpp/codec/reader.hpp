#pragma once

#include <algorithm>
#include <optional>
#include <string_view>

#include "gateway_adapters/smpp/codec/pdu.hpp"

namespace tongdai::gateway::smpp {

/// Big-endian number of `octets` (1 to 4) at the start of `bytes`, which has that many.
[[nodiscard]] constexpr std::uint32_t number_at(View bytes, std::size_t octets) noexcept {
  std::uint32_t number = 0;
  for (const std::uint8_t octet : bytes.first(octets)) number = number << 8 | octet;
  return number;
}

/// What is wrong with a body.
enum class BodyFault : std::uint8_t {
  cut_short,  ///< it ends inside a field
  bad_tlv,    ///< an optional parameter reaches beyond the PDU
  bad_value,  ///< a value decides what follows, and is unknown
};

/// Reads a body's fields, never beyond its end. After the first fault every read leaves its field as it is.
/// The counterpart of Writer: see layout.hpp.
class Reader {
 public:
  explicit Reader(View bytes) noexcept : rest_(bytes) {}

  /// A C-octet string: up to its NUL, or to the end of the body where a centre left the NUL out. Longer ones
  /// than the standard's limit are taken.
  void text(std::string_view field, std::size_t /*octets_max*/, std::string& value) {
    if (fault_) return;
    if (rest_.empty()) return set(BodyFault::cut_short, field);
    const auto nul = std::ranges::find(rest_, std::uint8_t{0});
    value.assign(rest_.begin(), nul);
    rest_ = rest_.subspan(std::min(value.size() + 1, rest_.size()));
  }

  void octet(std::string_view field, std::uint8_t& value) {
    if (const auto number = take(field, 1)) value = static_cast<std::uint8_t>(*number);
  }

  void word(std::string_view field, std::uint32_t& value) {
    if (const auto number = take(field, 4)) value = *number;
  }

  /// One octet of length, then as many octets.
  void counted(std::string_view field, Bytes& value) {
    const auto length = take(field, 1);
    if (!length) return;
    if (*length > rest_.size()) return set(BodyFault::cut_short, field);
    value.assign(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(*length));
    rest_ = rest_.subspan(*length);
  }

  void address(std::string_view field, std::size_t octets_max, Address& value) {
    octet(field, value.ton);
    octet(field, value.npi);
    text(field, octets_max, value.value);
  }

  /// One octet of count, then as many elements, each read by `each(*this, element)`.
  template <class T, class Each>
  void list(std::string_view field, std::size_t /*count_max*/, std::vector<T>& values, const Each& each) {
    const auto count = take(field, 1);
    if (!count) return;
    for (std::uint32_t i = 0; i < *count && !fault_; ++i) {
      values.emplace_back();
      each(*this, values.back());
    }
  }

  /// SMPP 3.4 §4.5.1.1: a flag, then a number or the name of a list.
  void destination(std::size_t number_octets_max, std::size_t name_octets_max, Destination& value) {
    std::uint8_t flag = 0;
    octet("dest_flag", flag);
    if (fault_) return;
    if (flag == 1) return address("destination_addr", number_octets_max, value.emplace<Address>());
    if (flag == 2) return text("dl_name", name_octets_max, value.emplace<DistributionList>().name);
    set(BodyFault::bad_value, "dest_flag");
  }

  /// All that is left. Up to three octets of NUL at the end are padding that some centres leave.
  void tlvs(std::vector<Tlv>& values) {
    while (!fault_ && !rest_.empty()) {
      if (rest_.size() < 4) {
        if (std::ranges::any_of(rest_, [](std::uint8_t octet) { return octet != 0; }))
          set(BodyFault::bad_tlv, "tlv");
        return;
      }
      const auto tag = static_cast<std::uint16_t>(number_at(rest_, 2));
      const std::size_t length = number_at(rest_.subspan(2), 2);
      if (length > rest_.size() - 4) return set(BodyFault::bad_tlv, "tlv");
      const View value = rest_.subspan(4, length);
      values.push_back({tag, Bytes(value.begin(), value.end())});
      rest_ = rest_.subspan(4 + length);
    }
  }

  struct Fault {
    BodyFault kind;
    std::string_view field;
  };
  [[nodiscard]] const std::optional<Fault>& fault() const noexcept { return fault_; }

 private:
  void set(BodyFault kind, std::string_view field) { fault_ = Fault{kind, field}; }

  std::optional<std::uint32_t> take(std::string_view field, std::size_t octets) {
    if (fault_) return std::nullopt;
    if (rest_.size() < octets) {
      set(BodyFault::cut_short, field);
      return std::nullopt;
    }
    const std::uint32_t number = number_at(rest_, octets);
    rest_ = rest_.subspan(octets);
    return number;
  }

  View rest_;
  std::optional<Fault> fault_;
};

}  // namespace tongdai::gateway::smpp
