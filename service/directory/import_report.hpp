#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tongdai::directory {

/// What an import did with each row of a file.
struct ImportReport {
  struct Reject {
    std::int64_t line = 0;  ///< of the file, from 1
    std::string reason;     ///< column, fault and what is allowed; never a number or a name
  };
  static constexpr std::size_t rejects_kept = 1000;  ///< of a file in which every row is bad

  std::int64_t imported = 0;
  std::int64_t updated = 0;
  std::int64_t rejected = 0;
  std::vector<Reject> rejects;  ///< the first `rejects_kept`
  std::vector<std::string>
      remarks;  ///< of rows that were taken, but not all of them; the first `rejects_kept`

  void reject(std::int64_t line, std::string reason) {
    ++rejected;
    if (rejects.size() < rejects_kept) rejects.push_back({line, std::move(reason)});
  }
  void remark(std::string what) {
    if (remarks.size() < rejects_kept) remarks.push_back(std::move(what));
  }
};

}  // namespace tongdai::directory
