#include "campaigns/campaign_state.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace tongdai::campaigns {
namespace {

using S = CampaignState;
using E = CampaignEvent;

std::optional<S> lookup(S from, E event) {
  const bool live = from == S::approved || from == S::running || from == S::paused;
  switch (event) {
    case E::submit:
      return from == S::draft ? std::optional(S::submitted) : std::nullopt;
    case E::approve:
      return from == S::submitted ? std::optional(S::approved) : std::nullopt;
    case E::reject:
      return from == S::submitted ? std::optional(S::draft) : std::nullopt;
    case E::start:
      return from == S::approved ? std::optional(S::running) : std::nullopt;
    case E::pause:
      return from == S::running || from == S::approved ? std::optional(S::paused) : std::nullopt;
    case E::resume:
      return from == S::paused ? std::optional(S::approved) : std::nullopt;
    case E::finish:
      return from == S::running ? std::optional(S::completed) : std::nullopt;
    case E::edit:
      return from == S::draft || from == S::submitted || from == S::approved ? std::optional(S::draft)
                                                                             : std::nullopt;
    case E::cancel:
      return live || from == S::draft || from == S::submitted ? std::optional(S::cancelled) : std::nullopt;
  }
  std::unreachable();
}

}  // namespace

Result<CampaignState> next(CampaignState from, CampaignEvent event) {
  if (const auto to = lookup(from, event)) return *to;
  return fail(Code::not_allowed,
              fmt::format("\"{}\" is not possible while the campaign is {}", name_of(event), name_of(from)));
}

}  // namespace tongdai::campaigns
