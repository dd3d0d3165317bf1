#pragma once

#include <filesystem>

#include "core/error.hpp"
#include "core/log.hpp"
#include "storage/connection.hpp"

namespace tongdai::storage {

/// Seals what an earlier version wrote in the clear, in steps of 1,000 rows that go on after a crash; then
/// rewrites the file, and removes the copies that upgrades left beside it, so that nothing of it stays. Once;
/// costs nothing afterwards. At start, before anybody else uses the database.
[[nodiscard]] Result<void> seal_existing(Connection& connection, const std::filesystem::path& file, Log& log);

}  // namespace tongdai::storage
