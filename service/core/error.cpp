#include "core/error.hpp"

#include <utility>

namespace tongdai {

std::string_view to_string(Code code) noexcept {
  switch (code) {
    case Code::invalid:
      return "invalid";
    case Code::not_found:
      return "not_found";
    case Code::not_allowed:
      return "not_allowed";
    case Code::conflict:
      return "conflict";
    case Code::limit:
      return "limit";
    case Code::refused:
      return "refused";
    case Code::unavailable:
      return "unavailable";
    case Code::internal:
      return "internal";
  }
  std::unreachable();
}

}  // namespace tongdai
