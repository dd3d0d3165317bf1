#pragma once

#include <filesystem>
#include <memory>

#include "core/error.hpp"

namespace boost::asio::ssl {
class context;
}

namespace tongdai::gateway::smpp {

struct TlsSettings {
  std::filesystem::path ca;  ///< PEM of who signs the centre's certificate; empty: whom the system trusts
  bool verify = true;        ///< false: whoever answers is believed. For a test bench only
};

/// TLS 1.2 or newer, as a client.
class TlsContext {
 public:
  /// Error: invalid, if the file of `ca` cannot be read as certificates.
  [[nodiscard]] static Result<std::shared_ptr<TlsContext>> make(const TlsSettings& settings);
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

  [[nodiscard]] boost::asio::ssl::context& context() noexcept { return *context_; }
  [[nodiscard]] bool verifies() const noexcept { return verifies_; }

 private:
  TlsContext(std::unique_ptr<boost::asio::ssl::context> context, bool verifies);

  std::unique_ptr<boost::asio::ssl::context> context_;
  bool verifies_;
};

}  // namespace tongdai::gateway::smpp
