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
      if (event == CaseEvent::lease_ended) return CaseState::open;
      if (event == CaseEvent::closed) return CaseState::closed;
      return std::nullopt;
    case CaseState::closed:
      return std::nullopt;
  }
  std::unreachable();
}

}  // namespace

Result<CaseState> next(CaseState from, CaseEvent event) {
  if (const auto to = lookup(from, event)) return *to;
  return fail(Code::not_allowed,
              fmt::format("a case that is {} cannot be {}", name_of(from), name_of(event)));
}

bool may_accept(ReferralState state) noexcept {
  switch (state) {
    case ReferralState::alerted:
    case ReferralState::timed_out:
    case ReferralState::declined:
    case ReferralState::unreachable:
      return true;
    case ReferralState::planned:
    case ReferralState::accepted:
    case ReferralState::superseded:
    case ReferralState::closed:
      return false;
  }
  std::unreachable();
}

}  // namespace tongdai::hotline
