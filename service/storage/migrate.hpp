#pragma once

#include <filesystem>
#include <span>
#include <string_view>

#include "core/error.hpp"
#include "core/log.hpp"
#include "storage/connection.hpp"

namespace tongdai::storage {

/// One numbered step of the schema. Never edited once released; a change is a new step.
struct Migration {
  int version;
  std::string_view name;
  std::string_view sql;
};

/// All steps, in order of version, from 1 without a gap.
[[nodiscard]] std::span<const Migration> migrations() noexcept;
[[nodiscard]] int newest_version() noexcept;
/// 0 for an empty database.
[[nodiscard]] int version_of(Connection& connection);

/// Brings the schema to the newest version, each step in a transaction of its own. Before the first step on a
/// database that already holds data, a copy is made beside it ("tongdai.db.before-v7"). Error: not_allowed if
/// the database is newer than this program.
[[nodiscard]] Result<void> migrate(Connection& connection, const std::filesystem::path& file, Log& log);

}  // namespace tongdai::storage
