#include "gateway_adapters/smpp/link/connection.hpp"

#include <array>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <type_traits>

#include "gateway_adapters/smpp/link/tls.hpp"

namespace tongdai::gateway::smpp {
namespace {

using asio::ip::tcp;
using boost::system::error_code;
using TlsStream = asio::ssl::stream<tcp::socket>;

constexpr std::size_t read_octets = std::size_t{64} * 1024;
constexpr auto linger = std::chrono::seconds(5);  ///< for what was written before close()

tcp::socket make_stream(const asio::any_io_executor& loop, const Endpoint&, std::type_identity<tcp::socket>) {
  return tcp::socket(loop);
}

TlsStream make_stream(const asio::any_io_executor& loop, const Endpoint& endpoint,
                      std::type_identity<TlsStream>) {
  return {loop, endpoint.tls->context()};
}

template <class Stream>
class StreamConnection final : public Connection,
                               public std::enable_shared_from_this<StreamConnection<Stream>> {
 public:
  StreamConnection(const asio::any_io_executor& loop, Endpoint endpoint)
      : endpoint_(std::move(endpoint)),
        resolver_(loop),
        stream_(make_stream(loop, endpoint_, std::type_identity<Stream>{})),
        linger_(loop) {}

  void open(Owner& owner) override {
    owner_ = &owner;
    resolver_.async_resolve(
        endpoint_.host, std::to_string(endpoint_.port),
        [self = this->shared_from_this()](const error_code& error, const tcp::resolver::results_type& found) {
          if (error) return self->lost(error);
          if (self->owner_) self->connect(found);
        });
  }

  void write(Bytes bytes) override {
    if (!is_open_ || !owner_) return;
    if (gathered_.empty()) {
      gathered_ = std::move(bytes);
    } else {
      gathered_.insert(gathered_.end(), bytes.begin(), bytes.end());
    }
    if (!is_writing_) write_gathered();
  }

  void close() override {
    owner_ = nullptr;
    if (!is_writing_) return shut();
    linger_.expires_after(linger);
    linger_.async_wait([self = this->shared_from_this()](const error_code& error) {
      if (!error) self->shut();
    });
  }

 private:
  void connect(const tcp::resolver::results_type& found) {
    asio::async_connect(stream_.lowest_layer(), found,
                        [self = this->shared_from_this()](const error_code& error, const tcp::endpoint&) {
                          if (error) return self->lost(error);
                          if (self->owner_) self->handshake();
                        });
  }

  void handshake() {
    error_code ignored;
    stream_.lowest_layer().set_option(tcp::no_delay(true), ignored);
    if constexpr (std::is_same_v<Stream, TlsStream>) {
      (void)asio::ip::make_address(endpoint_.host, ignored);
      const bool is_name = ignored.failed();  // RFC 6066 §3: an address is not a server name
      if (is_name) SSL_set_tlsext_host_name(stream_.native_handle(), endpoint_.host.c_str());
      if (endpoint_.tls->verifies())
        stream_.set_verify_callback(asio::ssl::host_name_verification(endpoint_.host));
      stream_.async_handshake(asio::ssl::stream_base::client,
                              [self = this->shared_from_this()](const error_code& error) {
                                if (error) return self->lost(error);
                                self->opened();
                              });
    } else {
      opened();
    }
  }

  void opened() {
    if (!owner_) return;
    is_open_ = true;
    read();
    owner_->on_open();
  }

  void read() {
    stream_.async_read_some(asio::buffer(input_),
                            [self = this->shared_from_this()](const error_code& error, std::size_t count) {
                              if (error) return self->lost(error);
                              if (self->owner_) self->owner_->on_bytes(View(self->input_.data(), count));
                              if (self->owner_) self->read();
                            });
  }

  void write_gathered() {
    is_writing_ = true;
    leaving_.clear();
    leaving_.swap(gathered_);
    asio::async_write(stream_, asio::buffer(leaving_),
                      [self = this->shared_from_this()](const error_code& error, std::size_t) {
                        self->is_writing_ = false;
                        if (error) return self->lost(error);
                        if (!self->gathered_.empty()) return self->write_gathered();
                        if (!self->owner_) self->shut();
                      });
  }

  void lost(const error_code& error) {
    Owner* const owner = std::exchange(owner_, nullptr);
    shut();
    if (owner) owner->on_lost(error.message());
  }

  void shut() {
    error_code ignored;
    linger_.cancel();
    resolver_.cancel();
    is_open_ = false;
    stream_.lowest_layer().shutdown(tcp::socket::shutdown_both, ignored);
    stream_.lowest_layer().close(ignored);
  }

  Endpoint endpoint_;
  tcp::resolver resolver_;
  Stream stream_;
  asio::steady_timer linger_;
  Owner* owner_ = nullptr;
  std::array<std::uint8_t, read_octets> input_{};
  Bytes gathered_, leaving_;
  bool is_open_ = false;
  bool is_writing_ = false;
};

}  // namespace

std::shared_ptr<Connection> make_connection(const asio::any_io_executor& loop, const Endpoint& endpoint) {
  if (endpoint.tls) return std::make_shared<StreamConnection<TlsStream>>(loop, endpoint);
  return std::make_shared<StreamConnection<tcp::socket>>(loop, endpoint);
}

}  // namespace tongdai::gateway::smpp
