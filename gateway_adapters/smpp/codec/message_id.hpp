#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/enum_names.hpp"

namespace tongdai::gateway::smpp {

/// How a centre writes its message ids in one place. They are opaque (SMPP 3.4 §5.2.23), but some centres
/// write the same one as hexadecimal in the answer and as decimal in the receipt.
enum class IdForm : std::uint8_t {
  as_is,        ///< compared octet by octet
  decimal,      ///< a number: leading zeros do not count
  hexadecimal,  ///< a number: leading zeros, case and "0x" do not count
};

/// The habits of one route: each place where it writes ids.
struct IdProfile {
  IdForm in_answer = IdForm::as_is;   ///< submit_sm_resp
  IdForm in_receipt = IdForm::as_is;  ///< a receipt's text
  /// receipted_message_id. By SMPP 3.4 §5.3.2.12 it repeats the answer's, so without a word on it it has
  /// that one's form.
  std::optional<IdForm> in_tlv = std::nullopt;

  [[nodiscard]] IdForm of_tlv() const noexcept { return in_tlv.value_or(in_answer); }
};

/// The id in one form for all places, to look it up by: a number becomes lower-case hexadecimal without
/// leading zeros. What is not a number of `form`, or longer than 65 characters, stays as it is.
[[nodiscard]] std::string canonical_id(std::string_view id, IdForm form);

}  // namespace tongdai::gateway::smpp

template <>
struct tongdai::EnumNames<tongdai::gateway::smpp::IdForm> {
  static constexpr std::array<std::string_view, 3> names{"as_is", "decimal", "hexadecimal"};
};
