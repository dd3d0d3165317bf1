#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <memory>
#include <string>

#include "gateway_adapters/smpp/codec/tlv.hpp"
#include "runtime/asio.hpp"

namespace tongdai::gateway::smpp {

class TlsContext;

/// Where a message centre listens.
struct Endpoint {
  std::string host;  ///< a name or an address
  std::uint16_t port = 0;
  std::shared_ptr<TlsContext> tls;  ///< null: without TLS
};

/// One TCP or TLS connection. Reads on and on; writes what it is given, in order, one write at a time. Loop
/// thread.
class Connection {
 public:
  /// Whom it tells, on the loop thread, never from inside open, write or close.
  class Owner {
   public:
    virtual ~Owner() = default;
    virtual void on_open() = 0;
    /// Valid during the call.
    virtual void on_bytes(View bytes) = 0;
    /// It could not be had, or is gone. The last call.
    virtual void on_lost(const std::string& reason) = 0;
  };

  virtual ~Connection() = default;
  /// Once. `owner` is told until on_lost or close().
  virtual void open(Owner& owner) = 0;
  /// Before on_open and after close() nothing is written.
  virtual void write(Bytes bytes) = 0;
  /// Tells nothing more. What was written still leaves, if the peer takes it within a few seconds.
  virtual void close() = 0;
};

[[nodiscard]] std::shared_ptr<Connection> make_connection(const asio::any_io_executor& loop,
                                                          const Endpoint& endpoint);

}  // namespace tongdai::gateway::smpp
