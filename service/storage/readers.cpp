#include "storage/readers.hpp"

#include "storage/seal_functions.hpp"

namespace tongdai::storage {

Readers::Readers(const std::filesystem::path& file, std::size_t connections, asio::any_io_executor pool,
                 sealing::Vault& vault)
    : pool_(std::move(pool)), vault_(vault), file_(file) {
  for (std::size_t i = 0; i < connections; ++i) idle_.push_back(connect());
}

std::unique_ptr<Connection> Readers::connect() const {
  auto connection = std::make_unique<Connection>(file_, Connection::Mode::read_only);
  add_seal_functions(*connection, vault_);
  return connection;
}

std::exception_ptr Readers::snapshot(Work work) noexcept {
  try {
    std::unique_ptr<Connection> connection;
    {
      const std::scoped_lock lock(mutex_);
      if (!idle_.empty()) {
        connection = std::move(idle_.back());
        idle_.pop_back();
      }
    }
    // More threads than connections: an extra one for this read, kept afterwards.
    if (!connection) connection = connect();
    std::exception_ptr error;
    connection->execute("BEGIN");
    try {
      Tx tx(*connection);
      work(tx);
    } catch (...) {
      error = std::current_exception();
    }
    connection->execute("ROLLBACK");
    const std::scoped_lock lock(mutex_);
    idle_.push_back(std::move(connection));
    return error;
  } catch (...) {
    return std::current_exception();
  }
}

}  // namespace tongdai::storage
