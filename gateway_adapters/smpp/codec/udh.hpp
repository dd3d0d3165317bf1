#pragma once

#include <cstddef>
#include <optional>

#include "gateway_adapters/gateway.hpp"
#include "gateway_adapters/smpp/codec/tlv.hpp"

namespace tongdai::gateway::smpp {

/// esm_class: the text begins with a user data header (SMPP 3.4 §5.2.12).
inline constexpr std::uint8_t esm_udhi = 0x40;

/// A user data header (3GPP TS 23.040 §9.2.3.24), as far as it matters here.
struct UserDataHeader {
  std::size_t octets = 0;  ///< all of it, with its length octet: the text begins after
  std::optional<PartInfo>
      part;  ///< concatenation, where its numbers make sense and there is more than one part
};

/// `wide`: with a 16-bit reference (§9.2.3.24.8), which leaves room for a character less; else 8 bits of it
/// (§9.2.3.24.1).
[[nodiscard]] Bytes build_udh(const PartInfo& part, bool wide);
/// Reads the header at the start of `octets`. Nothing if its length reaches beyond them. Elements it does not
/// know, or whose length is wrong, are passed over.
[[nodiscard]] std::optional<UserDataHeader> parse_udh(View octets);

/// The part's place, if the numbers make sense: 1 <= part <= total, and total is more than one.
[[nodiscard]] std::optional<PartInfo> sane_part(std::uint32_t reference, std::uint32_t total,
                                                std::uint32_t part) noexcept;

}  // namespace tongdai::gateway::smpp
