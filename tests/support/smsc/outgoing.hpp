#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "support/smsc/submit_view.hpp"

namespace tongdai::smsc {

/// Senders' names as numbers, so that a receipt that waits is numbers only.
class Names {
 public:
  /// 0, which is the empty name, once there are 65,535 others.
  std::uint16_t number_of(std::string_view name);
  [[nodiscard]] std::string_view name_of(std::uint16_t number) const { return names_[number]; }

 private:
  std::vector<std::string> names_{""};
  std::unordered_map<std::string, std::uint16_t> numbers_;
  std::uint16_t last_ = 0;
};

/// A recipient's number behind a leading 1; 0 for what is not 1 to 18 digits.
[[nodiscard]] std::uint64_t pack_digits(std::string_view number);
/// "" of 0.
[[nodiscard]] std::string unpack_digits(std::uint64_t packed);

/// That a message was delivered. 24 octets: there may be millions.
struct Receipt {
  std::uint64_t id = 0;
  std::uint64_t recipient = 0;    ///< pack_digits
  std::uint32_t submitted_s = 0;  ///< Unix time
  std::uint16_t sender = 0;       ///< of Names
  std::uint8_t recipient_ton = 0, recipient_npi = 0;
};

/// A handset's text, or one part of it: a deliver_sm whose sequence_number is still 0.
struct Handset {
  std::shared_ptr<const Bytes> pdu;
  bool first = true;  ///< of its text
};

/// What the centre has for its clients, until they answer it with status 0.
using Outgoing = std::variant<Receipt, Handset>;

/// Writes receipts as deliver_sm (SMPP 3.4 appendix B), with receipted_message_id and message_state.
class ReceiptWriter {
 public:
  explicit ReceiptWriter(const Names& names) : names_(names) {}

  void append(const Receipt& receipt, std::uint32_t sequence, std::int64_t now_us, Bytes& out);

 private:
  /// A date to the minute, in UTC, kept while the minute is the same.
  struct Date {
    std::int64_t minute = -1;
    std::string text;

    std::string_view at(std::int64_t unix_s);
  };

  const Names& names_;
  Date submitted_, done_;
};

/// Appends a number of `octets` octets, the highest first.
void append_number(std::uint64_t number, std::size_t octets, Bytes& out);
/// Writes four octets over what is at `at`.
void put_number(std::uint32_t number, std::size_t at, Bytes& out);
[[nodiscard]] std::uint32_t number_at(View bytes, std::size_t at);

}  // namespace tongdai::smsc
