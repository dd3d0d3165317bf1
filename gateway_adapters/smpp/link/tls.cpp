#include "gateway_adapters/smpp/link/tls.hpp"

#include <boost/asio/ssl/context.hpp>

namespace tongdai::gateway::smpp {

namespace ssl = boost::asio::ssl;

TlsContext::TlsContext(std::unique_ptr<ssl::context> context, bool verifies)
    : context_(std::move(context)), verifies_(verifies) {}

TlsContext::~TlsContext() = default;

Result<std::shared_ptr<TlsContext>> TlsContext::make(const TlsSettings& settings) {
  auto context = std::make_unique<ssl::context>(ssl::context::tls_client);
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  boost::system::error_code error;
  if (settings.ca.empty()) {
    context->set_default_verify_paths(error);
  } else {
    context->load_verify_file(settings.ca.string(), error);
  }
  if (error) {
    return fail(Code::invalid, "must be a file of certificates in PEM; " + settings.ca.string() +
                                   " cannot be read as one: " + error.message());
  }
  context->set_verify_mode(settings.verify ? ssl::verify_peer : ssl::verify_none);
  return std::shared_ptr<TlsContext>(new TlsContext(std::move(context), settings.verify));
}

}  // namespace tongdai::gateway::smpp
