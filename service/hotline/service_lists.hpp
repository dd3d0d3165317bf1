#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tongdai::hotline {

/// The services that either list has; "a;b" as in the database.
[[nodiscard]] std::string join_services(const std::vector<std::string>& services);
[[nodiscard]] std::vector<std::string> split_services(std::string_view joined);
[[nodiscard]] std::vector<std::string> merge_services(std::vector<std::string> a,
                                                      const std::vector<std::string>& b);

}  // namespace tongdai::hotline
