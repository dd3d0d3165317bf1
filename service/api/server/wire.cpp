#include "api/server/wire.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

namespace tongdai::api {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using Parser = http::request_parser<http::buffer_body>;
using ErrorCode = boost::system::error_code;

constexpr std::size_t buffer_max = 64 * 1024;  // bytes read ahead: a head and the beginning of what follows
constexpr std::size_t read_size = 16 * 1024;   // bytes
constexpr std::size_t piece_size = 64 * 1024;  // bytes of a body given to the sink at once
constexpr std::size_t linger_bytes_max = 1024 * 1024;  // read and thrown away before the close
constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  return out;
}

std::string_view view(beast::string_view text) {
  return {text.data(), text.size()};
}

/// What a failed read means for the client.
End end_of(const ErrorCode& error, bool timed_out, std::string_view what) {
  if (timed_out) {
    return {problem(408, "timeout", "The request took too long",
                    fmt::format("the {} did not come in time", what)),
            true};
  }
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return {problem(431, "header_too_large", "The request's head is too large",
                    fmt::format("request line and headers: must be at most {} bytes", header_max))};
  }
  if (error == http::error::end_of_stream) return {};
  if (error.category() != make_error_code(http::error::bad_method).category())
    return {};  // the connection broke
  return {problem(400, "bad_request", "This is not HTTP/1.1",
                  fmt::format("the {} cannot be parsed: {}", what, error.message()))};
}

/// A header's value on one line, whatever a handler put in.
std::string one_line(std::string text) {
  std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  return text;
}

std::string http_date(TimePoint at) {
  return fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(std::chrono::system_clock::to_time_t(at)));
}

Head head_of(const Parser& parser) {
  Head head;
  const auto& message = parser.get();
  head.method = view(message.method_string());
  head.target = view(message.target());
  for (const auto& field : message) {
    std::string& value = head.headers[lower(view(field.name_string()))];
    if (!value.empty()) value += ", ";
    value += view(field.value());
  }
  if (!parser.chunked() && parser.content_length()) head.length = *parser.content_length();
  head.has_body = parser.chunked() || head.length.value_or(0) > 0;
  head.keep_alive = parser.keep_alive();
  return head;
}

http::response<http::string_body> to_beast(Response response, const Wire::Form& form, unsigned version) {
  http::response<http::string_body> out;
  out.version(version);
  out.result(static_cast<unsigned>(response.status));
  out.set(http::field::date, http_date(form.date));
  out.set(http::field::cache_control, "no-store");  // answers hold what only this client may see
  out.set("X-Content-Type-Options", "nosniff");
  if (!response.content_type.empty())
    out.set(http::field::content_type, one_line(std::move(response.content_type)));
  for (auto& [name, value] : response.headers) out.set(name, one_line(std::move(value)));
  out.keep_alive(form.keep_alive);
  out.body() = std::move(response.body);
  out.prepare_payload();
  return out;
}

}  // namespace

struct Wire::Impl {
  explicit Impl(Socket s) : socket(std::move(s)) {}
  Socket socket;
  beast::flat_buffer buffer{buffer_max};
  std::optional<Parser> parser;
  unsigned version = 11;
};

Wire::Wire(Socket socket) : impl_(std::make_unique<Impl>(std::move(socket))) {}
Wire::~Wire() = default;
Socket& Wire::socket() noexcept {
  return impl_->socket;
}

asio::awaitable<bool> Wire::await_request(Duration patience) {
  if (impl_->buffer.size() > 0) co_return true;  // sent ahead with the last request
  const Watchdog watchdog(impl_->socket, patience);
  const auto [error, size] = co_await impl_->socket.async_read_some(impl_->buffer.prepare(read_size), tok);
  impl_->buffer.commit(size);
  co_return !error;
}

asio::awaitable<std::expected<Head, End>> Wire::read_head(Duration patience) {
  impl_->parser.emplace();
  Parser& parser = *impl_->parser;
  parser.header_limit(static_cast<std::uint32_t>(header_max));
  parser.body_limit(boost::none);  // the route decides
  const Watchdog watchdog(impl_->socket, patience);
  const auto [error, size] = co_await http::async_read_header(impl_->socket, impl_->buffer, parser, tok);
  if (error) co_return std::unexpected(end_of(error, watchdog.fired(), "head"));
  impl_->version = parser.get().version();
  const std::string_view encoding = view(parser.get()[http::field::transfer_encoding]);
  if (!encoding.empty() && lower(encoding) != "chunked") {
    co_return std::unexpected(End{problem(400, "bad_request", "This transfer encoding is not known",
                                          "header Transfer-Encoding: must be chunked, or left out")});
  }
  co_return head_of(parser);
}

asio::awaitable<bool> Wire::write_continue(Duration patience) {
  return write_bytes(continue_line, patience);
}

asio::awaitable<std::expected<void, End>> Wire::read_body(std::uint64_t bytes_max, Duration patience,
                                                          Sink sink) {
  Parser& parser = *impl_->parser;
  parser.body_limit(bytes_max);
  const auto piece = std::make_unique_for_overwrite<std::array<char, piece_size>>();
  while (!parser.is_done()) {
    parser.get().body().data = piece->data();
    parser.get().body().size = piece->size();
    const Watchdog watchdog(impl_->socket, patience);
    const auto [error, size] = co_await http::async_read_some(impl_->socket, impl_->buffer, parser, tok);
    if (error == http::error::body_limit) {
      co_return std::unexpected(End{problem(413, "payload_too_large", "The request's body is too large",
                                            fmt::format("body: must be at most {} bytes", bytes_max))});
    }
    if (error && error != http::error::need_buffer) {
      co_return std::unexpected(end_of(error, watchdog.fired(), "body"));
    }
    const std::size_t got = piece->size() - parser.get().body().size;
    if (const auto taken = sink(std::string_view(piece->data(), got)); !taken) {
      co_return std::unexpected(End{problem(taken.error())});
    }
  }
  co_return std::expected<void, End>();
}

asio::awaitable<bool> Wire::write(Response response, Form form, Duration patience) {
  auto message = to_beast(std::move(response), form, impl_->version);
  http::response_serializer<http::string_body> serializer(message);
  const Watchdog watchdog(impl_->socket, patience);
  ErrorCode failed;
  if (form.head_only) {
    const auto [error, size] = co_await http::async_write_header(impl_->socket, serializer, tok);
    failed = error;
  } else {
    const auto [error, size] = co_await http::async_write(impl_->socket, serializer, tok);
    failed = error;
  }
  co_return !failed;
}

asio::awaitable<bool> Wire::write_bytes(std::string_view bytes, Duration patience) {
  const Watchdog watchdog(impl_->socket, patience);
  const auto [error, size] = co_await asio::async_write(impl_->socket, asio::buffer(bytes), tok);
  co_return !error;
}

asio::awaitable<bool> Wire::peer_closed() {
  const auto [error] = co_await impl_->socket.async_wait(Socket::wait_read, tok);
  co_return error != asio::error::operation_aborted;
}

asio::awaitable<void> Wire::linger(Duration patience) {
  ErrorCode ignored;
  impl_->socket.shutdown(Socket::shutdown_send, ignored);
  const auto piece = std::make_unique_for_overwrite<std::array<char, piece_size>>();
  const Watchdog watchdog(impl_->socket, patience);
  std::size_t dropped = 0;
  while (dropped < linger_bytes_max && !watchdog.fired()) {
    const auto [error, size] = co_await impl_->socket.async_read_some(asio::buffer(*piece), tok);
    if (error) co_return;
    dropped += size;
  }
}

}  // namespace tongdai::api
