#include "hotline/service_lists.hpp"

#include <algorithm>

namespace tongdai::hotline {

std::string join_services(const std::vector<std::string>& services) {
  std::string out;
  for (const std::string& s : services) out += (out.empty() ? "" : ";") + s;
  return out;
}

std::vector<std::string> split_services(std::string_view joined) {
  std::vector<std::string> out;
  while (!joined.empty()) {
    const std::size_t to = std::min(joined.find(';'), joined.size());
    if (to > 0) out.emplace_back(joined.substr(0, to));
    joined.remove_prefix(std::min(to + 1, joined.size()));
  }
  return out;
}

std::vector<std::string> merge_services(std::vector<std::string> a, const std::vector<std::string>& b) {
  a.insert(a.end(), b.begin(), b.end());
  std::ranges::sort(a);
  a.erase(std::unique(a.begin(), a.end()), a.end());
  return a;
}

}  // namespace tongdai::hotline
