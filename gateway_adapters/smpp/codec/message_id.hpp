#pragma once

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

/// The habits of one route.
struct IdProfile {
  IdForm in_answer = IdForm::as_is;
  IdForm in_receipt = IdForm::as_is;
};

/// The id in one form for both places, to look it up by: a number becomes lower-case hexadecimal without
/// leading zeros. What is not a number of `form`, or longer than 65 characters, stays as it is.
[[nodiscard]] std::string canonical_id(std::string_view id, IdForm form);

/// Do both name the same message? Equal, or equal under the profile. An empty id matches nothing.
[[nodiscard]] bool same_id(std::string_view in_answer, std::string_view in_receipt, const IdProfile& profile);

}  // namespace tongdai::gateway::smpp

template <>
struct tongdai::EnumNames<tongdai::gateway::smpp::IdForm> {
  static constexpr std::array<std::string_view, 3> names{"as_is", "decimal", "hexadecimal"};
};
