#include "ops/metrics.hpp"

#include <fmt/format.h>

#include <cassert>
#include <cmath>

namespace tongdai::ops {
namespace {

/// A label's value: backslash, quote and line feed are escaped. A HELP line: no quotes to escape.
std::string escaped(std::string_view text, bool quoted) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\\\";
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '"' && quoted) {
      out += "\\\"";
    } else {
      out += c;
    }
  }
  return out;
}

std::string print_labels(const Metrics::Labels& labels) {
  if (labels.empty()) return "";
  std::string out = "{";
  for (const auto& [name, value] : labels) {
    if (out.size() > 1) out += ',';
    out += fmt::format("{}=\"{}\"", name, escaped(value, true));
  }
  return out + '}';
}

std::string print_value(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  return fmt::format("{}", value);
}

}  // namespace

Metrics::Family& Metrics::family(std::string_view name, std::string_view help, bool counter) {
  auto found = families_.find(name);
  if (found == families_.end()) {
    found = families_.emplace(std::string(name), Family{std::string(help), counter, {}}).first;
  }
  assert(found->second.counter == counter);  // one name is one kind
  return found->second;
}

void Metrics::count(std::string_view name, std::string_view help, const Labels& labels, std::uint64_t by) {
  counter(name, help, labels) += static_cast<double>(by);
}

double& Metrics::counter(std::string_view name, std::string_view help, const Labels& labels) {
  assert(name.ends_with("_total"));
  return family(name, help, true).values[print_labels(labels)];
}

void Metrics::total(std::string_view name, std::string_view help, std::uint64_t value, const Labels& labels) {
  assert(name.ends_with("_total"));
  family(name, help, true).values[print_labels(labels)] = static_cast<double>(value);
}

void Metrics::gauge(std::string_view name, std::string_view help, double value, const Labels& labels) {
  family(name, help, false).values[print_labels(labels)] = value;
}

std::string Metrics::print() const {
  std::string out;
  for (const auto& [name, family] : families_) {
    out += fmt::format("# HELP tongdai_{} {}\n", name, escaped(family.help, false));
    out += fmt::format("# TYPE tongdai_{} {}\n", name, family.counter ? "counter" : "gauge");
    for (const auto& [labels, value] : family.values) {
      out += fmt::format("tongdai_{}{} {}\n", name, labels, print_value(value));
    }
  }
  return out;
}

}  // namespace tongdai::ops
