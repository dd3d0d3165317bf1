#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "core/ids.hpp"
#include "core/phone.hpp"

namespace tongdai {

enum class Level : std::uint8_t {
  debug,    ///< for whoever looks for a fault
  info,     ///< the normal course, in few words
  warning,  ///< somebody should look today
  error,    ///< something failed that should not
  alarm,    ///< a human must act now; counted, and pages where paging is configured
};

/// One "key=value" of a log line. Only what is safe to keep can be made into one: numbers, ids, names
/// of things and states. A Phone prints masked. A message text has no overload on purpose: texts are
/// never logged, so do not pass one as a name.
struct Field {
  std::string_view key;
  std::string value;

  Field(std::string_view k, std::integral auto v) : key(k), value(std::to_string(v)) {}
  Field(std::string_view k, bool v) : key(k), value(v ? "yes" : "no") {}
  Field(std::string_view k, std::string_view name) : key(k), value(name) {}
  Field(std::string_view k, const std::string& name) : key(k), value(name) {}
  Field(std::string_view k, const char* name) : key(k), value(name) {}
  Field(std::string_view k, const Phone& phone) : key(k), value(phone.masked()) {}
  template <class Tag>
  Field(std::string_view k, Id<Tag> id) : key(k), value(to_string(id)) {}
  Field(std::string_view k, Duration d) : key(k), value(std::to_string(d.count()) + "ms") {}
};

/// Where events are told. `event` is a fixed sentence in lower case; what varies is in fields.
/// Any thread. Never throws, never blocks on the disk.
class Log {
 public:
  virtual ~Log() = default;
  virtual void write(Level level, std::string_view event, std::span<const Field> fields) noexcept = 0;

  void debug(std::string_view event, std::initializer_list<Field> f = {}) noexcept {
    put(Level::debug, event, f);
  }
  void info(std::string_view event, std::initializer_list<Field> f = {}) noexcept {
    put(Level::info, event, f);
  }
  void warning(std::string_view event, std::initializer_list<Field> f = {}) noexcept {
    put(Level::warning, event, f);
  }
  void error(std::string_view event, std::initializer_list<Field> f = {}) noexcept {
    put(Level::error, event, f);
  }
  void alarm(std::string_view event, std::initializer_list<Field> f = {}) noexcept {
    put(Level::alarm, event, f);
  }

 private:
  void put(Level level, std::string_view event, std::initializer_list<Field> f) noexcept {
    write(level, event, std::span(f.begin(), f.size()));
  }
};

[[nodiscard]] std::string_view to_string(Level level) noexcept;

}  // namespace tongdai
