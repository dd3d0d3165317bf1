#pragma once

#include <string>

namespace tongdai {

/// A file or folder of the checkout, "/config/..." for instance. The only place that knows where the checkout
/// lies: so what one checkout has compiled serves another (ccache).
[[nodiscard]] std::string in_checkout(const std::string& path);

}  // namespace tongdai
