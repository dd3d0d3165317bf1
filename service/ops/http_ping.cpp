#include "ops/http_ping.hpp"

#include <fmt/format.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

namespace tongdai::ops {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;
using Stream = beast::ssl_stream<beast::tcp_stream>;

constexpr std::size_t answer_bytes_max = 64 * 1024;  // of a sentence such as "OK"

std::unexpected<Error> failed(std::string_view step, const error_code& error) {
  return fail(Code::unavailable, fmt::format("{}: {}", step, error.message()));
}

http::request<http::empty_body> request_of(const PingTarget& target, bool posts) {
  http::request<http::empty_body> request(posts ? http::verb::post : http::verb::get, target.path, 11);
  request.set(http::field::host, target.authority);
  request.set(http::field::user_agent, "tongdaid");
  request.keep_alive(false);
  request.prepare_payload();
  return request;
}

/// On a stream that is connected and has its deadline.
template <class AnyStream>
asio::awaitable<Result<void>> exchange(AnyStream& stream, http::request<http::empty_body> request) {
  if (const auto [error, sent] = co_await http::async_write(stream, request, tok); error)
    co_return failed("the request was not sent", error);
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  parser.body_limit(answer_bytes_max);
  if (const auto [error, read] = co_await http::async_read_header(stream, buffer, parser, tok); error)
    co_return failed("no answer came", error);
  const auto status = parser.get().result_int();
  if (status < 200 || status > 299)
    co_return fail(Code::unavailable, fmt::format("the answer was {}", status));
  co_return Result<void>{};
}

asio::awaitable<Result<void>> exchange_tls(Stream& stream, const PingTarget& target,
                                           http::request<http::empty_body> request) {
  if (SSL_set_tlsext_host_name(stream.native_handle(), target.host.c_str()) != 1)
    co_return fail(Code::unavailable, "the name of the host cannot be asked for");
  stream.set_verify_callback(asio::ssl::host_name_verification(target.host));
  if (const auto [error] = co_await stream.async_handshake(asio::ssl::stream_base::client, tok); error)
    co_return failed("no secure connection came about", error);
  Result<void> done = co_await exchange(stream, std::move(request));
  co_return done;
}

}  // namespace

asio::awaitable<Result<void>> ping(PingTarget target, bool posts, Duration patience) {
  const auto executor = co_await asio::this_coro::executor;
  asio::ip::tcp::resolver resolver(executor);
  const auto [unresolved, addresses] = co_await resolver.async_resolve(target.host, target.port, tok);
  if (unresolved) co_return failed("the host is not known", unresolved);
  asio::ssl::context context(asio::ssl::context::tls_client);
  error_code ignored;
  (void)context.set_default_verify_paths(ignored);
  (void)context.set_verify_mode(asio::ssl::verify_peer, ignored);
  Stream stream(executor, context);
  beast::tcp_stream& plain = beast::get_lowest_layer(stream);
  plain.expires_after(patience);
  if (const auto [error, where] = co_await plain.async_connect(addresses, tok); error)
    co_return failed("no connection came about", error);
  auto request = request_of(target, posts);
  Result<void> done;
  if (target.is_tls) {
    done = co_await exchange_tls(stream, target, std::move(request));
  } else {
    done = co_await exchange(plain, std::move(request));
  }
  plain.close();
  co_return done;
}

}  // namespace tongdai::ops
