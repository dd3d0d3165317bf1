#include "directory/contact_import.hpp"

#include <fmt/format.h>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <fstream>
#include <unordered_map>

#include "directory/csv.hpp"
#include "directory/units.hpp"

namespace tongdai::directory {
namespace {

// Rows a transaction: enough to make its commit cheap, few enough that nobody waits for it.
constexpr std::size_t chunk_rows = 2000;
constexpr std::size_t name_bytes_max = 200;
constexpr std::size_t groups_max = 32;  // of one contact
constexpr std::string_view default_language = "vi";

constexpr std::string_view insert_job =
    "INSERT INTO contact_import (id, file, group_name, started_at) VALUES ($1, $2, $3, $4)";
constexpr std::string_view update_job =
    "UPDATE contact_import SET rows_done = $2, imported = $3, updated = $4, rejected = $5 WHERE id = $1";
constexpr std::string_view delete_job = "DELETE FROM contact_import WHERE id = $1";
constexpr std::string_view select_jobs =
    "SELECT id, file, group_name, rows_done, imported, updated, rejected FROM contact_import ORDER BY id";
// Most are new. One statement for both cases, with RETURNING, costs twice as much.
constexpr std::string_view insert_contact =
    "INSERT INTO contact (id, phone, name, unit_id, language, created_at, updated_at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT (phone) DO NOTHING";
// What a file leaves empty stays as it is known.
constexpr std::string_view update_contact =
    "UPDATE contact SET name = COALESCE(NULLIF($2, ''), name), unit_id = COALESCE($3, unit_id), "
    "language = COALESCE(NULLIF($4, ''), language), updated_at = $5 WHERE phone = $1 RETURNING id";
constexpr std::string_view insert_group =
    "INSERT INTO contact_group (id, name) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET name = "
    "excluded.name RETURNING id";
constexpr std::string_view insert_member =
    "INSERT INTO group_member (group_id, contact_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";

enum Column : std::size_t { phone, name, unit, language, groups };

struct Contact {
  std::int64_t line = 0;
  Phone phone;
  std::string name, unit, language;
  std::vector<std::string> groups;
};

bool is_language(std::string_view code) {
  return (code.size() == 2 || code.size() == 3) &&
         code.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == code.npos;
}

Result<Contact> read_contact(const CsvRow& row, const text::NumberingPlan& plan) {
  if (!row.fault.empty()) return fail(Code::invalid, row.fault);
  const auto number = plan.parse(row.fields[phone]);
  if (!number) return fail(Code::invalid, "phone: " + number.error().what);
  if (number->type != text::NumberType::mobile) {
    return fail(Code::invalid, fmt::format("phone: must be a mobile number that gets texts, this is a {}",
                                           name_of(number->type)));
  }
  Contact c{row.line, number->phone, row.fields[name], row.fields[unit], row.fields[language], {}};
  if (c.name.size() > name_bytes_max) return fail(Code::invalid, "name: must have at most 200 bytes");
  if (!c.language.empty() && !is_language(c.language)) {
    return fail(Code::invalid, "language: must be an ISO 639 code such as vi or hmn");
  }
  c.groups = cut_list(row.fields[groups]);
  if (c.groups.size() > groups_max) return fail(Code::invalid, "groups: at most 32, separated by ';'");
  return c;
}

}  // namespace

/// One file under way. Lives on the loop; its caches are used by the writer while the loop waits.
struct ContactImport::Job {
  std::int64_t id = 0;
  std::filesystem::path file;
  std::string group;
  std::int64_t rows_done = 0;
  ImportReport report;
  std::unordered_map<std::string, std::optional<UnitId>> units;
  std::unordered_map<std::string, GroupId> known_groups;

  UnitId* unit_of(storage::Tx& tx, const std::string& code, TimePoint now) {
    auto [at, fresh] = units.try_emplace(code);
    if (fresh) at->second = unit_by_code(tx, code, now);
    return at->second ? &*at->second : nullptr;
  }

  GroupId group_of(storage::Tx& tx, IdSource& ids, const std::string& group_name) {
    auto [at, fresh] = known_groups.try_emplace(group_name);
    if (fresh) at->second = *tx.value<GroupId>(insert_group, ids.next<GroupTag>(), group_name);
    return at->second;
  }

  void store(storage::Tx& tx, IdSource& ids, const Contact& c, TimePoint now) {
    std::optional<UnitId> home;
    if (!c.unit.empty()) {
      const UnitId* known = unit_of(tx, c.unit, now);
      if (known == nullptr)
        return report.reject(c.line, fmt::format("unit: no unit has the code {}", c.unit));
      home = *known;
    }
    auto contact = ids.next<ContactTag>();
    if (tx.run(insert_contact, contact, c.phone, c.name, home,
               c.language.empty() ? std::string(default_language) : c.language, now) == 1) {
      ++report.imported;
    } else {
      contact = *tx.value<ContactId>(update_contact, c.phone, c.name, home, c.language, now);
      ++report.updated;
    }
    for (const std::string& g : c.groups) tx.run(insert_member, group_of(tx, ids, g), contact);
    if (!group.empty()) tx.run(insert_member, group_of(tx, ids, group), contact);
  }

  void save(storage::Tx& tx) const {
    tx.run(update_job, id, rows_done, report.imported, report.updated, report.rejected);
  }
};

ContactImport::ContactImport(storage::Writer& writer, IdSource& ids, const Clock& clock, Log& log,
                             const text::NumberingPlan& plan)
    : writer_(writer), ids_(ids), clock_(clock), log_(log), plan_(plan) {}

asio::awaitable<Result<ImportReport>> ContactImport::run(std::filesystem::path file,
                                                         std::optional<std::string> group) {
  Job job;
  job.id = ids_.next<struct ImportTag>().value;
  job.group = group.value_or("");
  {
    std::ifstream in(file, std::ios::binary);
    if (!in) co_return fail(Code::not_found, "the file cannot be read");
    CsvReader reader(in);
    if (auto header = reader.read_header({{"phone"}, {"name", "unit", "language", "groups"}}); !header) {
      co_return std::unexpected(header.error());
    }
  }
  // From here on the file is the import's own: whoever brought it may go away, or the power may.
  job.file = file.parent_path() / fmt::format("contacts-{}.csv", job.id);
  std::error_code failed;
  std::filesystem::rename(file, job.file, failed);
  if (failed) co_return fail(Code::unavailable, "the file cannot be taken over: " + failed.message());
  const auto begin = [&](storage::Tx& tx) {
    tx.run(insert_job, job.id, job.file.string(), job.group, clock_.now());
  };
  co_await writer_.run(begin);
  co_return co_await go_on(std::move(job));
}

/// Some rows of a file, read and checked.
struct ContactImport::Chunk {
  std::vector<Result<Contact>> rows;
  std::vector<std::int64_t> lines;
  std::int64_t last_row = 0;  ///< of the file, from 1
  bool is_last = false;
};

asio::awaitable<void> ContactImport::read(CsvReader& reader, std::int64_t skip, Chunk& chunk) const {
  const std::int64_t before = std::exchange(chunk, {}).last_row;
  chunk.last_row = before;
  while (chunk.rows.size() < chunk_rows) {
    const auto row = reader.next();
    if (!row) {
      chunk.is_last = true;
      break;
    }
    if (++chunk.last_row <= skip) continue;
    chunk.rows.push_back(read_contact(*row, plan_));
    chunk.lines.push_back(row->line);
  }
  co_return;
}

asio::awaitable<void> ContactImport::store(Job& job, const Chunk& chunk) {
  const auto work = [&](storage::Tx& tx) {
    const TimePoint now = clock_.now();
    for (std::size_t i = 0; i < chunk.rows.size(); ++i) {
      if (chunk.rows[i]) {
        job.store(tx, ids_, *chunk.rows[i], now);
      } else {
        job.report.reject(chunk.lines[i], chunk.rows[i].error().what);
      }
    }
    job.rows_done = chunk.last_row;
    job.save(tx);
    if (chunk.is_last) tx.run(delete_job, job.id);
  };
  co_await writer_.run(work, storage::Load::bulk);
}

asio::awaitable<Result<ImportReport>> ContactImport::go_on(Job job) {
  using namespace asio::experimental::awaitable_operators;
  std::ifstream in(job.file, std::ios::binary);
  CsvReader reader(in);
  auto header = reader.read_header({{"phone"}, {"name", "unit", "language", "groups"}});
  if (header) {
    const std::int64_t done_before = job.rows_done;
    Chunk now, next;
    co_await read(reader, done_before, now);
    while (!now.is_last) {
      next.last_row = now.last_row;
      co_await (store(job, now) &&
                read(reader, done_before, next));  // the next is read while this one is written
      std::swap(now, next);
    }
    co_await store(job, now);
  }
  if (!header) {
    const auto drop = [&](storage::Tx& tx) { tx.run(delete_job, job.id); };
    co_await writer_.run(drop);
  }
  std::error_code ignored;
  std::filesystem::remove(job.file, ignored);
  if (!header) co_return std::unexpected(header.error());
  log_.info("contacts imported", {{"imported", job.report.imported},
                                  {"updated", job.report.updated},
                                  {"rejected", job.report.rejected}});
  co_return std::move(job.report);
}

asio::awaitable<void> ContactImport::resume_unfinished() {
  std::vector<Job> jobs;
  const auto find = [&](storage::Tx& tx) {
    tx.each(select_jobs, [&](const storage::Row& row) {
      Job& job = jobs.emplace_back();
      job.id = row.integer(0);
      job.file = row.text(1);
      job.group = row.text(2);
      job.rows_done = row.integer(3);
      job.report.imported = row.integer(4);
      job.report.updated = row.integer(5);
      job.report.rejected = row.integer(6);
    });
  };
  co_await writer_.run(find);
  for (Job& job : jobs) {
    const std::int64_t id = job.id;
    log_.warning("an import of contacts was cut off and goes on", {{"import", id}, {"rows", job.rows_done}});
    if (const auto report = co_await go_on(std::move(job)); !report) {
      log_.error("an import of contacts could not go on", {{"import", id}, {"error", report.error().what}});
    }
  }
}

}  // namespace tongdai::directory
