#include "hotline/case_state.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace tongdai::hotline {
namespace {

std::optional<CaseState> lookup(CaseState from, CaseEvent event) {
  switch (from) {
    case CaseState::open:
      if (event == CaseEvent::accepted) return CaseState::accepted;
      if (event == CaseEvent::closed) return CaseState::closed;
      return std::nullopt;
    case CaseState::accepted:
      if (event == CaseEvent::renewed) return CaseState::accepted;
      if (event == CaseEvent::lease_ended || event == CaseEvent::handed_back ||
          event == CaseEvent::transferred) {
        return CaseState::open;
      }
      if (event == CaseEvent::closed) return CaseState::closed;
      return std::nullopt;
    case CaseState::closed:
      return event == CaseEvent::reopened ? std::optional(CaseState::open) : std::nullopt;
  }
  std::unreachable();
}

}  // namespace

Result<CaseState> next(CaseState from, CaseEvent event) {
  if (const auto to = lookup(from, event)) return *to;
  return fail(Code::not_allowed,
              fmt::format("a case that is {} cannot be {}", name_of(from), name_of(event)));
}

}  // namespace tongdai::hotline
