#include "directory/number_import.hpp"

#include <fmt/format.h>

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fstream>

#include "directory/csv.hpp"
#include "directory/number_lists.hpp"
#include "text/template.hpp"

namespace tongdai::directory {
namespace {

constexpr std::size_t chunk_rows = 4000;  // a transaction
constexpr std::size_t slice_rows = 200;   // read without letting others have their turn

constexpr std::string_view insert_batch =
    "INSERT INTO number_batch (id, kind, name, state, file, columns, created_at) "
    "VALUES ($1, $2, $3, 'staged', $4, $5, $6)";
constexpr std::string_view update_batch =
    "UPDATE number_batch SET rows_done = $2, members = $3, duplicates = $4, rejected = $5 WHERE id = $1";
constexpr std::string_view select_staged =
    "SELECT id, kind, name, file, rows_done, members, duplicates, rejected FROM number_batch "
    "WHERE state = 'staged' ORDER BY id";
constexpr std::string_view supersede_others =
    "UPDATE number_batch SET state = 'superseded' WHERE kind = $2 AND name = $3 AND state = 'in_force' "
    "AND id <> $1";
constexpr std::string_view update_state = "UPDATE number_batch SET state = $2, file = '' WHERE id = $1";
constexpr std::string_view upsert_list =
    "INSERT INTO number_list (id, kind, name, batch_id, created_at, updated_at) "
    "VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT (kind, name) DO UPDATE SET "
    "batch_id = excluded.batch_id, updated_at = excluded.updated_at";
// An audience that is being written down goes by the upload of its approval to its end.
constexpr std::string_view select_superseded =
    "SELECT b.id, b.kind FROM number_batch b WHERE b.state = 'superseded' AND NOT EXISTS "
    "(SELECT 1 FROM campaign_freeze f JOIN campaign_audience a ON a.campaign_id = f.campaign_id "
    "WHERE a.batch_id = b.id) ORDER BY b.id LIMIT 1";
constexpr std::string_view delete_batch = "DELETE FROM number_batch WHERE id = $1";

constexpr std::string_view insert_member =
    "INSERT INTO list_member (batch_id, recipient, own) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
constexpr std::string_view insert_day = "INSERT INTO list_day (batch_id, day, recipient) VALUES ($1, $2, $3)";
constexpr std::string_view insert_number =
    "INSERT INTO do_not_call (batch_id, recipient) VALUES ($1, $2) ON CONFLICT DO NOTHING";
constexpr std::string_view delete_days =
    "DELETE FROM list_day WHERE batch_id = $1 AND (day, recipient) IN (SELECT day, recipient FROM list_day "
    "WHERE batch_id = $1 ORDER BY day, recipient LIMIT $2)";
#define DELETE_SOME(TABLE)                                                                   \
  "DELETE FROM " TABLE " WHERE batch_id = $1 AND recipient IN (SELECT recipient FROM " TABLE \
  " "                                                                                        \
  "WHERE batch_id = $1 ORDER BY recipient LIMIT $2)"
constexpr std::string_view delete_members = DELETE_SOME("list_member");
constexpr std::string_view delete_numbers = DELETE_SOME("do_not_call");
#undef DELETE_SOME

/// What one says of an upload of each kind.
struct Words {
  std::string_view file_prefix, what, no_row;
};
constexpr Words words_of(NumberKind kind) {
  switch (kind) {
    case NumberKind::list:
      return {"list", "a list of numbers", "no row can be used: the list stays as it was"};
    case NumberKind::do_not_call:
      break;
  }
  return {"do-not-call", "the do-not-call register", "no row has a number: the register stays as it was"};
}

/// Error: invalid.
Result<void> read_header(CsvReader& reader, NumberKind kind) {
  if (auto header = reader.read_header({{"phone"}, {}, kind == NumberKind::list}); !header) return header;
  const auto& names = reader.names();
  if (names.size() - 1 > NumberImport::columns_max) {
    return fail(Code::invalid,
                fmt::format("line 1: at most {} columns beside phone", NumberImport::columns_max));
  }
  for (std::size_t i = 1; i < names.size(); ++i) {
    if (text::is_placeholder(names[i])) continue;
    return fail(Code::invalid, fmt::format("line 1: the name of column {} beside phone must be of a-z, 0-9 "
                                           "and _: texts name it in braces",
                                           i));
  }
  return {};
}

/// The row's values beside its number, as they may stand in a text. Error: invalid.
Result<std::string> read_own(const CsvRow& row, const std::vector<std::string>& names) {
  std::vector<std::string> values;
  for (std::size_t i = 1; i < names.size(); ++i) {
    values.push_back(text::clean_value(row.fields[i]));
    if (values.back().empty() && !row.fields[i].empty())
      return fail(Code::invalid, names[i] + ": must be words, and no link; empty if there is nothing");
  }
  return join_stored(values, value_separator);
}

/// The days among a row's values, as list_day keeps them.
std::vector<std::string> read_days(const CsvRow& row, const std::vector<std::string>& names) {
  std::vector<std::string> days;
  for (std::size_t i = 1; i < names.size(); ++i)
    if (const auto day = text::parse_day(row.fields[i])) days.push_back(day_key(names[i], *day));
  return days;
}

}  // namespace

struct NumberImport::Member {
  Phone phone;
  std::string own;
  std::vector<std::string> days;  ///< as list_day keeps them
};

struct NumberImport::Line {
  std::int64_t line = 0;  ///< of the file, from 1
  Result<Member> member;
};

struct NumberImport::Job {
  std::int64_t id = 0;
  NumberKind kind{};
  std::string name;
  std::filesystem::path file;
  std::int64_t rows_done = 0;
  ImportReport report;
};

NumberImport::NumberImport(storage::Writer& writer, IdSource& ids, const Clock& clock, Log& log,
                           const text::NumberingPlan& plan)
    : writer_(writer), ids_(ids), clock_(clock), log_(log), plan_(plan) {}

asio::awaitable<Result<ImportReport>> NumberImport::run(NumberKind kind, std::filesystem::path file,
                                                        std::string name) {
  Job job;
  job.id = ids_.next<struct BatchTag>().value;
  job.kind = kind;
  job.name = std::move(name);
  std::string columns;
  {
    std::ifstream in(file, std::ios::binary);
    if (!in) co_return fail(Code::not_found, "the file cannot be read");
    CsvReader reader(in);
    if (auto header = read_header(reader, kind); !header) co_return std::unexpected(header.error());
    columns = join_stored({reader.names().begin() + 1, reader.names().end()}, column_separator);
  }
  job.file = file.parent_path() / fmt::format("{}-{}.csv", words_of(kind).file_prefix, job.id);
  std::error_code failed;
  std::filesystem::rename(file, job.file, failed);
  if (failed) co_return fail(Code::unavailable, "the file cannot be taken over: " + failed.message());
  const auto begin = [&](storage::Tx& tx) {
    tx.run(insert_batch, job.id, job.kind, job.name, job.file.string(), columns, clock_.now());
  };
  co_await writer_.run(begin);
  co_return co_await go_on(std::move(job));
}

asio::awaitable<std::vector<NumberImport::Line>> NumberImport::read(CsvReader& reader) const {
  std::vector<Line> lines;
  const auto loop = co_await asio::this_coro::executor;
  for (std::size_t n = 0; n < chunk_rows; ++n) {
    if (n % slice_rows == 0) co_await asio::post(loop, asio::use_awaitable);
    const auto row = reader.next();
    if (!row) break;
    if (!row->fault.empty()) {
      lines.push_back({row->line, fail(Code::invalid, row->fault)});
      continue;
    }
    const auto number = plan_.parse(row->fields.front());
    auto own = read_own(*row, reader.names());
    if (!number) {
      lines.push_back({row->line, fail(Code::invalid, "phone: " + number.error().what)});
    } else if (!own) {
      lines.push_back({row->line, std::unexpected(own.error())});
    } else {
      lines.push_back({row->line, Member{number->phone, std::move(*own), read_days(*row, reader.names())}});
    }
  }
  co_return lines;
}

bool NumberImport::insert(storage::Tx& tx, const Job& job, const Member& member) {
  if (job.kind == NumberKind::do_not_call) return tx.run(insert_number, job.id, member.phone) == 1;
  if (tx.run(insert_member, job.id, member.phone, member.own) != 1) return false;
  for (const std::string& day : member.days) tx.run(insert_day, job.id, day, member.phone);
  return true;
}

void NumberImport::store(storage::Tx& tx, Job& job, const std::vector<Line>& lines) const {
  ImportReport& report = job.report;
  for (const Line& l : lines) {
    if (!l.member) {
      report.reject(l.line, l.member.error().what);
    } else if (insert(tx, job, *l.member)) {
      ++report.imported;
    } else {
      ++report.updated;
    }
  }
  job.rows_done += std::ssize(lines);
  tx.run(update_batch, job.id, job.rows_done, report.imported, report.updated, report.rejected);
}

void NumberImport::end(storage::Tx& tx, const Job& job) const {
  if (job.report.imported == 0) {
    tx.run(update_state, job.id, "superseded");
    return;
  }
  tx.run(upsert_list, ids_.next<struct NumberListTag>(), job.kind, job.name, job.id, clock_.now());
  tx.run(supersede_others, job.id, job.kind, job.name);
  tx.run(update_state, job.id, "in_force");
}

asio::awaitable<Result<void>> NumberImport::store_all(Job& job) {
  std::ifstream in(job.file, std::ios::binary);
  CsvReader reader(in);
  if (auto header = read_header(reader, job.kind); !header) co_return header;
  for (std::int64_t skipped = 0; skipped < job.rows_done; ++skipped) (void)reader.next();
  for (auto lines = co_await read(reader); !lines.empty(); lines = co_await read(reader)) {
    const auto work = [&](storage::Tx& tx) { store(tx, job, lines); };
    co_await writer_.run(work, storage::Load::bulk);
  }
  if (in.bad()) co_return fail(Code::unavailable, "the file could not be read to its end");
  co_return Result<void>{};
}

asio::awaitable<Result<ImportReport>> NumberImport::go_on(Job job) {
  auto stored = co_await store_all(job);
  if (!stored && stored.error().code == Code::unavailable) co_return std::unexpected(stored.error());
  if (!stored) job.report.imported = 0;  // half of it must not count
  const auto come_into_force = [&](storage::Tx& tx) { end(tx, job); };
  co_await writer_.run(come_into_force);
  std::error_code ignored;
  std::filesystem::remove(job.file, ignored);
  co_await drop_superseded();
  if (!stored) co_return std::unexpected(stored.error());
  if (job.report.imported == 0) {
    const auto& rejects = job.report.rejects;
    const std::string first =
        rejects.empty() ? "" : fmt::format("; line {}: {}", rejects.front().line, rejects.front().reason);
    co_return fail(Code::invalid, fmt::format("{}{}", words_of(job.kind).no_row, first));
  }
  log_.info(fmt::format("{} was replaced", words_of(job.kind).what),
            {{"numbers", job.report.imported}, {"rejected", job.report.rejected}});
  co_return std::move(job.report);
}

asio::awaitable<void> NumberImport::drop_superseded() {
  for (bool more = true; more;) {
    const auto work = [](storage::Tx& tx) {
      const auto batch = tx.first(select_superseded, [](const storage::Row& row) {
        return std::pair(row.integer(0), row.get<NumberKind>(1));
      });
      if (!batch) return false;
      const auto delete_some = batch->second == NumberKind::list ? delete_members : delete_numbers;
      if (tx.run(delete_days, batch->first, chunk_rows) == 0 &&
          tx.run(delete_some, batch->first, chunk_rows) == 0)
        tx.run(delete_batch, batch->first);
      return true;
    };
    more = co_await writer_.run(work, storage::Load::bulk);
  }
}

asio::awaitable<void> NumberImport::resume_unfinished() {
  std::vector<Job> jobs;
  const auto find = [&](storage::Tx& tx) {
    tx.each(select_staged, [&](const storage::Row& row) {
      Job& job = jobs.emplace_back();
      job.id = row.integer(0);
      job.kind = row.get<NumberKind>(1);
      job.name = row.text(2);
      job.file = row.text(3);
      job.rows_done = row.integer(4);
      job.report.imported = row.integer(5);
      job.report.updated = row.integer(6);
      job.report.rejected = row.integer(7);
    });
  };
  co_await writer_.run(find);
  for (Job& job : jobs) {
    const std::int64_t id = job.id;
    const std::string_view what = words_of(job.kind).what;
    log_.warning(fmt::format("an import of {} was cut off and goes on", what),
                 {{"import", id}, {"rows", job.rows_done}});
    if (const auto report = co_await go_on(std::move(job)); !report)
      log_.error(fmt::format("an import of {} could not go on", what),
                 {{"import", id}, {"error", report.error().what}});
  }
  co_await drop_superseded();
}

}  // namespace tongdai::directory
