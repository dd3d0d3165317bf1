#pragma once

#include "api/codec.hpp"
#include "hotline/queries.hpp"

/// How a case is shown: never the reporter's words, and their number masked. Any thread.
namespace tongdai::api {

/// As it stands in a list.
[[nodiscard]] Json case_summary(const hotline::CaseView& v);
/// With its plan and its timeline.
[[nodiscard]] Json case_json(const hotline::CaseView& v);

}  // namespace tongdai::api
