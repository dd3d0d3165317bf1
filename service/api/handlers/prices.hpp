#pragma once

#include <functional>
#include <string>

#include "api/context.hpp"

namespace tongdai::api {

/// What a part to a number of this carrier costs by this gateway; empty if no gateway has a price: then there
/// is no cost rather than a cost of nothing.
[[nodiscard]] std::function<double(const std::string& gateway, const std::string& carrier)> prices(
    const Context& context);

}  // namespace tongdai::api
