#pragma once

#include <filesystem>

#include "core/clock.hpp"
#include "core/log.hpp"
#include "storage/database.hpp"

namespace tongdai::app {

/// At the very first start: the administrator `admin`, whose password for once is written to `admin.password`
/// in the data folder (mode 0600), for nobody can sign in yet. Once the password is changed the file goes.
/// Error: unavailable (the file cannot be written; then there is no such person either).
[[nodiscard]] asio::awaitable<Result<void>> welcome_first_person(storage::Database& database, IdSource& ids,
                                                                 const Clock& clock, Log& log,
                                                                 std::filesystem::path data_dir);

}  // namespace tongdai::app
