#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tongdai::ops {

/// Numbers for Prometheus, in its text format (version 0.0.4). Names begin with "tongdai_"; label values are
/// names of things and states, never a number of a person. Loop thread.
class Metrics {
 public:
  using Labels = std::vector<std::pair<std::string, std::string>>;

  /// Adds to a counter, which begins at 0. `name` without the prefix, ending in "_total".
  void count(std::string_view name, std::string_view help, const Labels& labels = {}, std::uint64_t by = 1);
  /// The same counter, to be added to often: stays where it is.
  [[nodiscard]] double& counter(std::string_view name, std::string_view help, const Labels& labels = {});
  /// Sets a counter to what somebody else counted. `name` as above.
  void total(std::string_view name, std::string_view help, std::uint64_t value, const Labels& labels = {});
  /// Sets a gauge.
  void gauge(std::string_view name, std::string_view help, double value, const Labels& labels = {});

  [[nodiscard]] std::string print() const;

 private:
  struct Family {
    std::string help;
    bool counter = false;
    std::map<std::string, double> values;  // by printed labels
  };
  Family& family(std::string_view name, std::string_view help, bool counter);

  std::map<std::string, Family, std::less<>> families_;
};

}  // namespace tongdai::ops
