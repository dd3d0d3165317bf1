#pragma once

#include <expected>
#include <optional>

#include "gateway_adapters/smpp/codec/pdu.hpp"

namespace tongdai::gateway::smpp {

/// The stream is out of step. Answer generic_nack with RINVCMDLEN and `sequence`, then close: where the next
/// PDU would start is unknown.
struct FrameFault {
  std::uint32_t length = 0;    ///< the command_length that came
  std::uint32_t sequence = 0;  ///< 0 if it has not come
};

/// Cuts a stream into PDUs (SMPP 3.4 §3.2). Holds at most one PDU and what was fed last.
class Framer {
 public:
  /// 64 KiB of message_payload and the fields around it.
  static constexpr std::size_t octets_max_default = 0x10000 + 1024;

  /// `octets_max`: the longest PDU taken, at least 16.
  explicit Framer(std::size_t octets_max = octets_max_default) noexcept : octets_max_(octets_max) {}

  /// Takes bytes as they came, in any pieces. Views given before are void. Call next() until it is empty
  /// before the next feed().
  void feed(View bytes);

  /// The next whole PDU, valid until the next feed(); nothing if more bytes are needed. A fault is final.
  [[nodiscard]] std::optional<std::expected<View, FrameFault>> next();

  /// Forgets everything: for a new connection.
  void reset() noexcept;

 private:
  std::size_t octets_max_;
  Bytes buffer_;
  std::size_t taken_ = 0;  ///< of buffer_, given out already
};

}  // namespace tongdai::gateway::smpp
