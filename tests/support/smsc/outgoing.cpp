#include "support/smsc/outgoing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <limits>

#include "gateway_adapters/smpp/codec/pdu.hpp"

namespace tongdai::smsc {

namespace smpp = gateway::smpp;

namespace {

constexpr std::size_t digits_max = 18;       // with the 1 before them they fit into 64 bits
constexpr std::uint8_t esm_receipt = 0x04;   // SMPP 3.4 §5.2.12
constexpr std::uint8_t state_delivered = 2;  // SMPP 3.4 §5.2.28
constexpr std::int64_t us_a_second = 1'000'000;

void append_text(std::string_view text, Bytes& out) {
  out.insert(out.end(), text.begin(), text.end());
}

void append_c_string(std::string_view text, Bytes& out) {
  append_text(text, out);
  out.push_back(0);
}

}  // namespace

std::uint16_t Names::number_of(std::string_view name) {
  if (names_[last_] == name) return last_;
  std::string key(name);
  if (const auto found = numbers_.find(key); found != numbers_.end()) {
    last_ = found->second;
    return last_;
  }
  if (name.empty() || names_.size() > std::numeric_limits<std::uint16_t>::max()) return 0;
  last_ = static_cast<std::uint16_t>(names_.size());
  names_.push_back(key);
  numbers_.emplace(std::move(key), last_);
  return last_;
}

std::uint64_t pack_digits(std::string_view number) {
  if (number.empty() || number.size() > digits_max) return 0;
  std::uint64_t packed = 1;
  for (const char c : number) {
    if (c < '0' || c > '9') return 0;
    packed = packed * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return packed;
}

std::string unpack_digits(std::uint64_t packed) {
  if (packed == 0) return {};
  return std::to_string(packed).substr(1);
}

void append_number(std::uint64_t number, std::size_t octets, Bytes& out) {
  for (std::size_t left = octets; left > 0; --left)
    out.push_back(static_cast<std::uint8_t>(number >> (8 * (left - 1)) & 0xff));
}

void put_number(std::uint32_t number, std::size_t at, Bytes& out) {
  for (std::size_t i = 0; i < 4; ++i) out[at + i] = static_cast<std::uint8_t>(number >> (8 * (3 - i)) & 0xff);
}

std::uint32_t number_at(View bytes, std::size_t at) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8 | bytes[at + i];
  return number;
}

std::string_view ReceiptWriter::Date::at(std::int64_t unix_s) {
  if (minute != unix_s / 60) {
    minute = unix_s / 60;
    const std::chrono::sys_seconds time{std::chrono::minutes(minute)};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    text = fmt::format("{:02}{:02}{:02}{:02}{:02}", static_cast<int>(date.year()) % 100,
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       clock.hours().count(), clock.minutes().count());
  }
  return text;
}

void ReceiptWriter::append(const Receipt& receipt, std::uint32_t sequence, std::int64_t now_us, Bytes& out) {
  std::array<char, 20> digits{};
  const char* const end = fmt::format_to(digits.data(), "{}", receipt.id);
  const std::string_view id(digits.data(), static_cast<std::size_t>(end - digits.data()));

  const std::size_t start = out.size();
  append_number(0, 4, out);  // its length, when it is known
  append_number(static_cast<std::uint32_t>(smpp::CommandId::deliver_sm), 4, out);
  append_number(0, 4, out);
  append_number(sequence, 4, out);
  append_c_string("", out);  // service_type
  out.push_back(receipt.recipient_ton);
  out.push_back(receipt.recipient_npi);
  append_c_string(unpack_digits(receipt.recipient), out);
  append_number(0, 2, out);  // type and plan of the sender
  append_c_string(names_.name_of(receipt.sender), out);
  out.push_back(esm_receipt);
  append_number(0, 8, out);  // protocol_id to sm_default_msg_id; both times are empty

  const std::size_t length_at = out.size();
  out.push_back(0);
  append_text("id:", out);
  append_text(id, out);
  append_text(" sub:001 dlvrd:001 submit date:", out);
  append_text(submitted_.at(receipt.submitted_s), out);
  append_text(" done date:", out);
  append_text(done_.at(now_us / us_a_second), out);
  append_text(" stat:DELIVRD err:000 text:", out);
  out[length_at] = static_cast<std::uint8_t>(out.size() - length_at - 1);

  append_number(smpp::tag::receipted_message_id, 2, out);
  append_number(id.size() + 1, 2, out);
  append_c_string(id, out);
  append_number(smpp::tag::message_state, 2, out);
  append_number(1, 2, out);
  out.push_back(state_delivered);
  put_number(static_cast<std::uint32_t>(out.size() - start), start, out);
}

}  // namespace tongdai::smsc
