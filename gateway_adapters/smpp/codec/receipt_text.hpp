#pragma once

#include <string>

#include "gateway_adapters/smpp/codec/tlv.hpp"

namespace tongdai::gateway::smpp {

inline constexpr std::size_t receipt_id_characters_max = 65;

/// The fields of a receipt's text that matter, each "" if it is missing.
struct ReceiptText {
  std::string id;
  std::string state;  ///< upper case
  std::string error;
};

/// Reads "id:… sub:… dlvrd:… submit date:… done date:… stat:… err:… text:…" (SMPP 3.4 appendix B): keys in
/// any case and order, some missing, blanks after the colon. What follows "text:" is the message itself and
/// is not looked at. Octets are ASCII; NULs between them are passed over. Never fails.
[[nodiscard]] ReceiptText parse_receipt_text(View octets);

/// Up to `characters_max` of what is harmless in a reason: letters, digits, "_", "-", ".".
[[nodiscard]] std::string harmless(std::string_view word, std::size_t characters_max);

}  // namespace tongdai::gateway::smpp
