#pragma once

#include <string>

#include "core/error.hpp"
#include "core/time.hpp"
#include "gateway_adapters/smpp/codec/framer.hpp"

namespace tongdai::gateway::smpp {

inline constexpr std::size_t window_pdus_max = 1000;  ///< far beyond what a centre grants
inline constexpr std::size_t pdu_bytes_least = 1024;  ///< a deliver_sm with its longest fields
/// Sixteen of the longest parameters. The framer holds so much for each connection.
inline constexpr std::size_t pdu_bytes_most = std::size_t{1} << 20U;

/// What an account's session is to keep to.
struct SessionSettings {
  BindMode bind = BindMode::transceiver;
  std::string system_id, password, system_type;
  std::uint8_t version = interface_version;
  Address range;                    ///< the addresses it serves, as its centre wants them told
  std::size_t window = 10;          ///< submissions without an answer, 1 .. window_pdus_max
  Duration enquire_link = 30s;      ///< silence of the centre before we ask
  Duration response_timeout = 30s;  ///< for submit_sm and enquire_link
  Duration bind_timeout = 30s;
  Duration unbind_timeout = 5s;
  std::size_t pdu_bytes_max = Framer::octets_max_default;  ///< pdu_bytes_least .. pdu_bytes_most
  std::uint32_t first_sequence = 1;                        ///< of each bind, 1 .. sequence_max
};

/// The bind of such a session.
[[nodiscard]] Bind bind_of(const SessionSettings& settings);
/// Error: limit or invalid, with the name of the setting that does not fit, never its value.
[[nodiscard]] Result<void> check(const SessionSettings& settings);

}  // namespace tongdai::gateway::smpp
