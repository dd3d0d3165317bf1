#include "app/first_person.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "people/secrets.hpp"
#include "people/sign_in.hpp"

namespace tongdai::app {
namespace {

/// On disk before the person is: a password that nobody can read would lock all out.
Result<void> write_private(const std::filesystem::path& file, std::string_view line) {
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);  // NOLINT(*-vararg)
  bool done = fd >= 0 && ::fchmod(fd, 0600) == 0;
  done =
      done && ::write(fd, line.data(), line.size()) == static_cast<ssize_t>(line.size()) && ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  if (done) return {};
  return fail(Code::unavailable, file.string() + ": cannot be written");
}

}  // namespace

asio::awaitable<Result<void>> welcome_first_person(storage::Database& database, IdSource& ids,
                                                   const Clock& clock, Log& log,
                                                   std::filesystem::path data_dir) {
  const std::filesystem::path file = data_dir / people::first_password_file;
  const bool is_first =
      co_await database.readers().run([](storage::Tx& tx) { return people::list_people(tx).empty(); });
  if (!is_first) co_return Result<void>();
  const std::string password = people::random_password();
  if (auto written = write_private(file, password + "\n"); !written) co_return written;
  const std::string hash =
      co_await database.readers().run([&](storage::Tx&) { return people::hash_password(password); });
  const bool added = co_await database.writer().run(
      [&](storage::Tx& tx) { return people::add_first_administrator(tx, ids, hash, clock.now()); });
  if (added) {
    log.info("the first administrator may sign in; the password for once is in the file",
             {{"name", people::first_administrator}, {"file", file.string()}});
  }
  co_return Result<void>();
}

}  // namespace tongdai::app
