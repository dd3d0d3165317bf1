#pragma once

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/enum_names.hpp"
#include "core/ids.hpp"
#include "core/phone.hpp"
#include "core/time.hpp"

namespace tongdai::storage {

/// How a value stands in a column: enums by name, times as UTC milliseconds, ids as integers.
inline void bind(SQLite::Statement& s, int at, std::integral auto value) {
  s.bind(at, static_cast<std::int64_t>(value));
}
inline void bind(SQLite::Statement& s, int at, double value) {
  s.bind(at, value);
}
inline void bind(SQLite::Statement& s, int at, std::string_view value) {
  s.bind(at, std::string(value));
}
// Not copied: the values of a statement outlive its run.
inline void bind(SQLite::Statement& s, int at, const std::string& value) {
  s.bindNoCopy(at, value);
}
inline void bind(SQLite::Statement& s, int at, const char* value) {
  s.bindNoCopy(at, value);
}
inline void bind(SQLite::Statement& s, int at, TimePoint value) {
  s.bind(at, to_unix_ms(value));
}
inline void bind(SQLite::Statement& s, int at, Duration value) {
  s.bind(at, std::int64_t{value.count()});
}
inline void bind(SQLite::Statement& s, int at, const Phone& value) {
  bind(s, at, value.reveal());
}
inline void bind(SQLite::Statement& s, int at, std::nullopt_t) {
  s.bind(at);
}
template <class Tag>
void bind(SQLite::Statement& s, int at, Id<Tag> value) {
  s.bind(at, value.value);
}
template <NamedEnum E>
void bind(SQLite::Statement& s, int at, E value) {
  s.bindNoCopy(at, name_of(value).data());  // NOLINT(bugprone-suspicious-*): literals, a NUL ends them
}
template <class T>
void bind(SQLite::Statement& s, int at, const std::optional<T>& value) {
  if (value) {
    bind(s, at, *value);
  } else {
    s.bind(at);
  }
}

/// One row of a result, valid until the next is fetched.
class Row {
 public:
  explicit Row(SQLite::Statement& statement) : statement_(statement) {}

  /// The value of column `at` (0-based). A name that is no value of the enum is a broken database: throws.
  template <class T>
  [[nodiscard]] T get(int at) const {
    return Read<T>::from(statement_.getColumn(at));
  }
  [[nodiscard]] std::string text(int at) const { return get<std::string>(at); }
  [[nodiscard]] std::int64_t integer(int at) const { return get<std::int64_t>(at); }
  [[nodiscard]] bool is_null(int at) const { return statement_.isColumnNull(at); }

 private:
  template <class T>
  struct Read;
  SQLite::Statement& statement_;
};

[[noreturn]] void throw_bad_enum(const std::string& name);

template <class T>
struct Row::Read {
  static T from(const SQLite::Column& column) {
    if constexpr (std::same_as<T, std::string>) {
      return column.getString();
    } else if constexpr (std::same_as<T, double>) {
      return column.getDouble();
    } else if constexpr (std::same_as<T, bool>) {
      return column.getInt64() != 0;
    } else if constexpr (std::integral<T>) {
      return static_cast<T>(column.getInt64());
    } else if constexpr (std::same_as<T, TimePoint>) {
      return from_unix_ms(column.getInt64());
    } else if constexpr (std::same_as<T, Duration>) {
      return Duration{column.getInt64()};
    } else if constexpr (std::same_as<T, Phone>) {
      return Phone::stored(column.getString());
    } else if constexpr (NamedEnum<T>) {
      const std::string name = column.getString();
      const auto value = from_name<T>(name);
      if (!value) throw_bad_enum(name);
      return *value;
    } else {
      return T{column.getInt64()};  // an Id
    }
  }
};

template <class T>
struct Row::Read<std::optional<T>> {
  static std::optional<T> from(const SQLite::Column& column) {
    if (column.isNull()) return std::nullopt;
    return Read<T>::from(column);
  }
};

}  // namespace tongdai::storage
