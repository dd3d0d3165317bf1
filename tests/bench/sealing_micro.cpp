#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdio>
#include "storage/database.hpp"
#include "storage/seal_functions.hpp"
#include "support/temp_dir.hpp"
#include "support/capturing_log.hpp"
using namespace tongdai;
int main() {
  test::TempDir folder; test::CapturingLog log; asio::io_context loop{1};
  auto db = storage::Database::open(folder / "tongdai.db", {loop.get_executor(), loop.get_executor(), 1}, log).value();
  storage::Connection c(folder / "tongdai.db", storage::Connection::Mode::read_write);
  storage::add_seal_functions(c, db->vault());
  storage::Tx tx(c);
  c.execute("BEGIN");
  for (int i = 0; i < 1'000'000; ++i)
    tx.run("INSERT INTO contact (id, phone, created_at, updated_at) VALUES ($1, $2, 0, 0)", i + 1, "+84" + std::to_string(900'000'000 + i));
  tx.run("INSERT INTO opt_out (recipient, at, source) SELECT tag(phone), 0, 'text' FROM contact WHERE id % 100 = 0");
  tx.run("CREATE TABLE plain_out (recipient TEXT PRIMARY KEY) STRICT");
  tx.run("INSERT INTO plain_out SELECT phone FROM contact WHERE id % 100 = 0");
  tx.run("INSERT INTO hold (recipient, holder, began_at) SELECT tag(phone), 1, 0 FROM contact WHERE id % 1000 = 0");
  tx.run("CREATE TABLE plain_hold (recipient TEXT NOT NULL, holder INTEGER NOT NULL, until INTEGER, PRIMARY KEY (recipient, holder)) STRICT, WITHOUT ROWID");
  tx.run("INSERT INTO plain_hold SELECT phone, 1, NULL FROM contact WHERE id % 1000 = 0");
  c.execute("COMMIT");
  auto time = [&](const char* what, std::string_view sql) {
    for (int n = 0; n < 3; ++n) {
      const auto began = std::chrono::steady_clock::now();
      const auto found = tx.value<std::int64_t>(sql).value_or(-1);
      std::printf("%s: %ld in %.0f ms\n", what, static_cast<long>(found), std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count());
    }
  };
  time("plain", "SELECT COUNT(*) FROM contact c WHERE EXISTS (SELECT 1 FROM plain_out o WHERE o.recipient = c.phone) OR EXISTS (SELECT 1 FROM plain_hold h WHERE h.recipient = c.phone AND (h.until IS NULL OR h.until > 5))");
  time("tagged", "SELECT COUNT(*) FROM contact c WHERE EXISTS (SELECT 1 FROM opt_out o WHERE o.recipient = tag(c.phone)) OR EXISTS (SELECT 1 FROM hold h WHERE h.recipient = tag(c.phone) AND (h.until IS NULL OR h.until > 5))");
}
