#include "directory/contact_import.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fstream>
#include <unordered_map>

#include "directory/contact_rows.hpp"
#include "directory/units.hpp"

namespace tongdai::directory {
namespace {

using TagId = Id<struct TagTag>;

// Rows a transaction: enough to make its commit cheap, few enough that nobody waits for it.
constexpr std::size_t chunk_rows = 2000;
// Rows that are put in order together: some 30 MB, and their numbers lie near enough to each other.
constexpr std::int64_t run_rows = 100'000;
constexpr std::int64_t slice_rows = 200;  // read without letting others have their turn: half a millisecond
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
constexpr std::string_view insert_tag =
    "INSERT INTO tag (id, name) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET name = excluded.name "
    "RETURNING id";
constexpr std::string_view insert_tagged =
    "INSERT INTO tag_member (tag_id, contact_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
// The new ones of a transaction at once: their ids follow each other, and nobody else's lie between.
constexpr std::string_view insert_new_members =
    "INSERT INTO group_member (group_id, contact_id) SELECT $1, id FROM contact WHERE id BETWEEN $2 AND $3 "
    "ON CONFLICT DO NOTHING";

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
  std::unordered_map<std::string, TagId> known_tags;

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

  TagId tag_of(storage::Tx& tx, IdSource& ids, const std::string& name) {
    auto [at, fresh] = known_tags.try_emplace(name);
    if (fresh) at->second = *tx.value<TagId>(insert_tag, ids.next<TagTag>(), name);
    return at->second;
  }

  void store(storage::Tx& tx, IdSource& ids, const ContactRow& c, std::int64_t line, TimePoint now,
             const RecordConsent& record_consent) {
    if (c.consented_at > now) return report.reject(line, "consent: the day has not come yet");
    std::optional<UnitId> home;
    if (!c.unit.empty()) {
      const UnitId* known = unit_of(tx, c.unit, now);
      if (known == nullptr) return report.reject(line, fmt::format("unit: no unit has the code {}", c.unit));
      home = *known;
    }
    auto contact = ids.next<ContactTag>();
    if (tx.run(insert_contact, contact, c.phone, c.name, home,
               c.language.empty() ? std::string(default_language) : c.language, now) == 1) {
      ++report.imported;
    } else {
      contact = *tx.value<ContactId>(update_contact, c.phone, c.name, home, c.language, now);
      ++report.updated;
      if (!group.empty()) tx.run(insert_member, group_of(tx, ids, group), contact);
    }
    for (const std::string& g : c.groups) tx.run(insert_member, group_of(tx, ids, g), contact);
    for (const std::string& t : c.tags) tx.run(insert_tagged, tag_of(tx, ids, t), contact);
    if (c.consents && record_consent) record_consent(tx, c.phone, c.consented_at.value_or(now));
  }

  /// The contacts that were new since `first` are members of the import's group.
  void join_group(storage::Tx& tx, IdSource& ids, ContactId first) {
    if (!group.empty()) tx.run(insert_new_members, group_of(tx, ids, group), first, ids.next<ContactTag>());
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
    if (auto header = reader.read_header(contact_columns()); !header) {
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

asio::awaitable<void> ContactImport::read(CsvReader& reader, ContactRun& run) const {
  run = {};
  const auto loop = co_await asio::this_coro::executor;
  for (std::int64_t n = 0; n < run_rows; ++n) {
    if (n % slice_rows == 0) co_await asio::post(loop, asio::use_awaitable);
    const auto row = reader.next();
    if (!row) break;
    run.add({row->line, read_contact(*row, plan_)});
  }
  run.arrange();
}

void ContactImport::store(storage::Tx& tx, Job& job, const ContactRun& run, std::size_t from,
                          std::size_t to) const {
  const TimePoint now = clock_.now();
  const auto first = ids_.next<ContactTag>();
  for (std::size_t place = from; place < to; ++place) {
    const auto& [line, row] = run.at(place);
    if (row) {
      job.store(tx, ids_, *row, line, now, record_consent_);
    } else {
      job.report.reject(line, row.error().what);
    }
  }
  job.join_group(tx, ids_, first);
  job.rows_done += static_cast<std::int64_t>(to - from);
  job.save(tx);
}

asio::awaitable<void> ContactImport::store(Job& job, const ContactRun& run, std::size_t from) {
  for (std::size_t to = from; from < run.size(); from = to) {
    to = std::min(from + chunk_rows, run.size());
    const auto work = [&](storage::Tx& tx) { store(tx, job, run, from, to); };
    co_await writer_.run(work, storage::Load::bulk);
  }
}

asio::awaitable<Result<void>> ContactImport::store_all(Job& job) {
  using namespace asio::experimental::awaitable_operators;
  std::ifstream in(job.file, std::ios::binary);
  CsvReader reader(in);
  if (auto header = reader.read_header(contact_columns()); !header) co_return header;
  auto done_of_run = static_cast<std::size_t>(job.rows_done % run_rows);
  ContactRun now, next;
  for (std::int64_t skipped = 0; skipped <= job.rows_done - job.rows_done % run_rows; skipped += run_rows)
    co_await read(reader, now);
  while (now.size() > 0) {
    co_await (store(job, now, done_of_run) && read(reader, next));  // the next is read while this is written
    done_of_run = 0;
    std::swap(now, next);
  }
  if (in.bad()) co_return fail(Code::unavailable, "the file could not be read to its end");
  co_return Result<void>{};
}

asio::awaitable<Result<ImportReport>> ContactImport::go_on(Job job) {
  auto stored = co_await store_all(job);
  if (!stored && stored.error().code == Code::unavailable) co_return std::unexpected(stored.error());
  const auto end = [&](storage::Tx& tx) { tx.run(delete_job, job.id); };
  co_await writer_.run(end);
  std::error_code ignored;
  std::filesystem::remove(job.file, ignored);
  if (!stored) co_return std::unexpected(stored.error());
  std::ranges::sort(job.report.rejects, {}, &ImportReport::Reject::line);
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
