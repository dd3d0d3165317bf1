#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "runtime/asio.hpp"
#include "storage/await.hpp"
#include "storage/tx.hpp"

namespace tongdai::sealing {
class Vault;
}

namespace tongdai::storage {

/// Reads on snapshots of their own, beside the writer: a long list never holds a commit up.
class Readers {
 public:
  using Work = std::move_only_function<void(Tx&)>;

  /// Opens `connections` (1..8) read-only connections on the file. `pool` runs the reads.
  /// All of them can open what `vault` sealed; it outlives them.
  Readers(const std::filesystem::path& file, std::size_t connections, asio::any_io_executor pool,
          sealing::Vault& vault);
  Readers(const Readers&) = delete;
  Readers& operator=(const Readers&) = delete;

  /// Runs `work` on one snapshot and resumes with what it returned; throws what it threw.
  template <class F>
  [[nodiscard]] asio::awaitable<std::invoke_result_t<F, Tx&>> run(F work) {
    std::optional<std::invoke_result_t<F, Tx&>> result;
    co_await await_callback([&](auto done) {
      asio::post(pool_, [this, &work, &result, done = std::move(done)]() mutable {
        done(snapshot([&](Tx& tx) { result.emplace(work(tx)); }));
      });
    });
    co_return std::move(*result);
  }

 private:
  [[nodiscard]] std::exception_ptr snapshot(Work work) noexcept;

  [[nodiscard]] std::unique_ptr<Connection> connect() const;

  asio::any_io_executor pool_;
  sealing::Vault& vault_;
  std::mutex mutex_;  // guards idle_
  std::vector<std::unique_ptr<Connection>> idle_;
  std::filesystem::path file_;
};

}  // namespace tongdai::storage
