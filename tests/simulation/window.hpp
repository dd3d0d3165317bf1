#pragma once

#include <memory>
#include <string>

#include "simulation/stage.hpp"
#include "storage/connection.hpp"
#include "storage/tx.hpp"

namespace tongdai::simulation {

/// A look into the service's database from outside, on a connection of its own: it changes nothing of what
/// the service does, and stays open through a crash.
class Window {
 public:
  explicit Window(const std::filesystem::path& file)
      : connection_(file, storage::Connection::Mode::read_only), tx_(connection_) {}

  [[nodiscard]] storage::Tx& tx() { return tx_; }
  template <class... Args>
  [[nodiscard]] std::int64_t count(std::string_view sql, const Args&... args) {
    return tx_.value<std::int64_t>(sql, args...).value_or(0);
  }

 private:
  storage::Connection connection_;
  storage::Tx tx_;
};

}  // namespace tongdai::simulation
