#include "storage/migrate.hpp"

#include <fmt/format.h>

#include <array>

#include "storage/migrations/all.hpp"

namespace tongdai::storage {
namespace {

/// A function's static: the texts live in other files, whose constants may be set up later than this one's.
const std::array<Migration, 23>& steps() {
  static const std::array<Migration, 23> table{{
      {1, "foundation", migration::foundation},
      {2, "directory", migration::directory},
      {3, "outbox", migration::outbox},
      {4, "inbox", migration::inbox},
      {5, "campaigns", migration::campaigns},
      {6, "hotline", migration::hotline},
      {7, "schedules", migration::schedules},
      {8, "audiences", migration::audiences},
      {9, "revisions", migration::revisions},
      {10, "series", migration::series},
      {11, "texts", migration::texts},
      {12, "recognition", migration::recognition},
      {13, "drips", migration::drips},
      {14, "referrals", migration::referrals},
      {15, "duty", migration::duty},
      {16, "clocks", migration::clocks},
      {17, "routing", migration::routing},
      {18, "sealing", migration::sealing},
      {19, "journal", migration::journal},
      {20, "conversation", migration::conversation},
      {21, "watch", migration::watch},
      {22, "doomed_keys", migration::doomed_keys},
      {23, "people", migration::people},
  }};
  return table;
}

std::filesystem::path copy_name(const std::filesystem::path& file, int version) {
  return fmt::format("{}.before-v{}", file.string(), version);
}

}  // namespace

std::span<const Migration> migrations() noexcept {
  return steps();
}

int newest_version() noexcept {
  return steps().back().version;
}

int version_of(Connection& connection) {
  return connection.raw().execAndGet("PRAGMA user_version").getInt();
}

Result<void> migrate(Connection& connection, const std::filesystem::path& file, Log& log) {
  const int from = version_of(connection);
  if (from > newest_version()) {
    return fail(
        Code::not_allowed,
        fmt::format(
            "the database is of version {}, this program knows {} at most: install the newer program, "
            "or restore the copy made before the upgrade",
            from, newest_version()));
  }
  if (from == newest_version()) return {};
  if (from > 0) {
    const auto copy = copy_name(file, from + 1);
    std::filesystem::remove(copy);
    SQLite::Statement backup(connection.raw(), "VACUUM INTO ?1");
    backup.bind(1, copy.string());
    backup.exec();
    log.info("database copied before its upgrade", {{"to", copy.filename().string()}});
  }
  for (const Migration& step : steps()) {
    if (step.version <= from) continue;
    connection.execute("BEGIN IMMEDIATE");
    try {
      connection.execute(std::string(step.sql));
      connection.execute(fmt::format("PRAGMA user_version = {}", step.version));
      connection.execute("COMMIT");
    } catch (...) {
      connection.execute("ROLLBACK");
      throw;
    }
    log.info("schema step applied", {{"version", step.version}, {"name", step.name}});
  }
  return {};
}

}  // namespace tongdai::storage
