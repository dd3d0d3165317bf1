#include "hotline/referral_state.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace tongdai::hotline {
namespace {

using S = ReferralState;
using E = ReferralEvent;

std::optional<S> of_planned(E event) {
  if (event == E::asked) return S::alerted;
  if (event == E::unreached) return S::unreachable;
  return std::nullopt;
}

std::optional<S> of_alerted(E event) {
  if (event == E::asked) return S::alerted;  // the duty desk, once more
  if (event == E::accepted) return S::accepted;
  if (event == E::declined) return S::declined;
  if (event == E::ran_out) return S::timed_out;
  if (event == E::superseded) return S::superseded;
  return std::nullopt;
}

std::optional<S> of_owner(E event) {
  if (event == E::ran_out) return S::timed_out;
  if (event == E::handed_back) return S::handed_back;
  if (event == E::transferred) return S::transferred;
  if (event == E::closed) return S::closed;
  return std::nullopt;
}

/// Asked before, and without the case now.
std::optional<S> of_past(S from, E event) {
  if (event == E::asked) return S::alerted;  // the duty desk
  if (event == E::accepted) return S::accepted;
  if (event == E::declined && from != S::handed_back && from != S::superseded) return S::declined;
  return std::nullopt;
}

std::optional<S> lookup(S from, E event) {
  switch (from) {
    case S::planned:
      return of_planned(event);
    case S::alerted:
      return of_alerted(event);
    case S::accepted:
      return of_owner(event);
    case S::declined:
    case S::timed_out:
    case S::unreachable:
    case S::handed_back:
    case S::superseded:
      return of_past(from, event);
    case S::transferred:
      return event == E::asked ? std::optional(S::alerted) : std::nullopt;
    case S::closed:
      if (event == E::reopened) return S::accepted;
      return event == E::asked ? std::optional(S::alerted) : std::nullopt;
  }
  std::unreachable();
}

}  // namespace

Result<ReferralState> next(ReferralState from, ReferralEvent event) {
  if (const auto to = lookup(from, event)) return *to;
  return fail(Code::not_allowed,
              fmt::format("a referral that is {} cannot be {}", name_of(from), name_of(event)));
}

bool may_accept(ReferralState state) noexcept {
  return lookup(state, ReferralEvent::accepted).has_value();
}

}  // namespace tongdai::hotline
