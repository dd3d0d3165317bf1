#include "api/server/wire.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <ctime>
#include <fstream>
#include <iterator>
#include <utility>

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
constexpr std::size_t head_size_usual = 768;           // bytes of an answer's head
constexpr int not_modified = 304;
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

std::string http_date(std::time_t at) {
  return fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(at));
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

/// An answer's head as it stands on the wire.
std::string print_head(const Response& response, const Wire::Form& form, unsigned version,
                       std::string_view date) {
  std::string out;
  out.reserve(head_size_usual);
  const auto field = [&out](std::string_view name, std::string value) {
    out.append(name).append(": ").append(one_line(std::move(value))).append("\r\n");
  };
  fmt::format_to(std::back_inserter(out), "HTTP/1.{} {} {}\r\nDate: {}\r\n", version % 10, response.status,
                 view(http::obsolete_reason(http::int_to_status(static_cast<unsigned>(response.status)))),
                 date);
  out += guard_fields;
  field("Cache-Control", std::string(response.cache));
  field("Content-Security-Policy", std::string(response.policy));
  if (!response.content_type.empty()) field("Content-Type", response.content_type);
  for (const auto& [name, value] : response.headers) field(name, value);
  if (version < 11 && form.keep_alive) field("Connection", "keep-alive");
  if (version >= 11 && !form.keep_alive) field("Connection", "close");
  // A 304 has no body, and its length would be taken for that of the body which it stands for (RFC 9110
  // §8.6).
  if (response.status != not_modified) {
    field("Content-Length", std::to_string(response.file ? response.file->size : response.body.size()));
  }
  return out += "\r\n";
}

}  // namespace

struct Wire::Impl {
  explicit Impl(Socket s) : socket(std::move(s)), watchdog(socket) {
    ErrorCode ignored;
    socket.non_blocking(true, ignored);  // `write` tries at once
  }

  /// Gives the parser what was read; `need_more` if that is not enough.
  ErrorCode parse();
  /// The same, and reads what is missing. `timed_out` tells whether that took longer than `patience`.
  [[nodiscard]] asio::awaitable<ErrorCode> parse_more(Duration patience, bool& timed_out);
  [[nodiscard]] asio::awaitable<ErrorCode> read_some();
  std::string_view date(TimePoint now);

  Socket socket;
  Watchdog watchdog;
  beast::flat_buffer buffer{buffer_max};
  std::optional<Parser> parser;
  unsigned version = 11;

 private:
  std::time_t second_ = -1;  // that `date_` says
  std::string date_;
};

ErrorCode Wire::Impl::parse() {
  ErrorCode error = http::error::need_more;
  if (buffer.size() > 0) buffer.consume(parser->put(buffer.data(), error));
  return error;
}

asio::awaitable<ErrorCode> Wire::Impl::read_some() {
  const std::size_t room = std::min(read_size, buffer_max - buffer.size());
  if (room == 0) co_return http::error::buffer_overflow;
  const auto [error, size] = co_await socket.async_read_some(buffer.prepare(room), tok);
  buffer.commit(size);
  co_return error;
}

asio::awaitable<ErrorCode> Wire::Impl::parse_more(Duration patience, bool& timed_out) {
  const Watchdog::Shift watch(watchdog, patience);
  ErrorCode error = http::error::need_more;
  while (error == http::error::need_more) {
    const ErrorCode failed = co_await read_some();
    timed_out = watch.fired();
    if (failed == asio::error::eof) {
      co_return parser->got_some() ? http::error::partial_message : http::error::end_of_stream;
    }
    if (failed) co_return failed;
    error = parse();
  }
  co_return error;
}

std::string_view Wire::Impl::date(TimePoint now) {
  const std::time_t second = std::chrono::system_clock::to_time_t(now);
  if (std::exchange(second_, second) != second) date_ = http_date(second);
  return date_;
}

Wire::Wire(Socket socket) : impl_(std::make_unique<Impl>(std::move(socket))) {}
Wire::~Wire() = default;
Socket& Wire::socket() noexcept {
  return impl_->socket;
}

asio::awaitable<bool> Wire::await_request(Duration patience) {
  if (impl_->buffer.size() > 0) co_return true;  // sent ahead with the last request
  const Watchdog::Shift watch(impl_->watchdog, patience);
  co_return !co_await impl_->read_some();
}

asio::awaitable<std::expected<Head, End>> Wire::read_head(Duration patience) {
  Parser& parser = impl_->parser.emplace();
  parser.header_limit(static_cast<std::uint32_t>(header_max));
  parser.body_limit(boost::none);  // the route decides
  parser.eager(false);             // as well as what becomes of the body
  bool timed_out = false;
  ErrorCode error = impl_->parse();
  if (error == http::error::need_more) error = co_await impl_->parse_more(patience, timed_out);
  if (error) co_return std::unexpected(end_of(error, timed_out, "head"));
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
  std::string piece(std::min<std::uint64_t>(piece_size, parser.content_length().value_or(piece_size)), '\0');
  while (!parser.is_done()) {
    parser.get().body().data = piece.data();
    parser.get().body().size = piece.size();
    bool timed_out = false;
    ErrorCode error = impl_->parse();
    if (error == http::error::need_more) error = co_await impl_->parse_more(patience, timed_out);
    if (error == http::error::body_limit) {
      co_return std::unexpected(End{problem(413, "payload_too_large", "The request's body is too large",
                                            fmt::format("body: must be at most {} bytes", bytes_max))});
    }
    if (error && error != http::error::need_buffer) {
      co_return std::unexpected(end_of(error, timed_out, "body"));
    }
    const std::size_t got = piece.size() - parser.get().body().size;
    if (const auto taken = sink(std::string_view(piece).substr(0, got)); !taken) {
      co_return std::unexpected(End{problem(taken.error())});
    }
  }
  co_return std::expected<void, End>();
}

asio::awaitable<bool> Wire::write_file(const BodyFile& file, std::uint64_t length, Duration patience) {
  std::ifstream in(file.path, std::ios::binary);
  std::string piece(piece_size, '\0');
  while (length > 0) {
    const auto most = static_cast<std::streamsize>(std::min<std::uint64_t>(length, piece.size()));
    // It was just written: what is read here comes out of the system's cache.
    if (!in.read(piece.data(), most)) co_return false;
    length -= static_cast<std::uint64_t>(most);
    const bool written =
        co_await write_bytes(std::string_view(piece).substr(0, static_cast<std::size_t>(most)), patience);
    if (!written) co_return false;
  }
  co_return true;
}

asio::awaitable<bool> Wire::write(Response response, Form form, Duration patience) {
  const std::string head = print_head(response, form, impl_->version, impl_->date(form.date));
  if (response.file) {
    const bool begun = co_await write_bytes(head, patience);
    if (!begun || form.head_only) co_return begun;
    co_return co_await write_file(*response.file, response.file->size, patience);
  }
  const std::string_view body = form.head_only ? std::string_view() : response.body;
  std::array rest{asio::buffer(head), asio::buffer(body)};
  ErrorCode error;
  const std::size_t written = impl_->socket.write_some(rest, error);
  if (error && error != asio::error::would_block) co_return false;
  if (written == head.size() + body.size()) co_return true;
  rest[0] += written;
  rest[1] += written - std::min(written, head.size());
  const Watchdog::Shift watch(impl_->watchdog, patience);
  const auto [failed, size] = co_await asio::async_write(impl_->socket, rest, tok);
  co_return !failed;
}

asio::awaitable<bool> Wire::write_bytes(std::string_view bytes, Duration patience) {
  const Watchdog::Shift watch(impl_->watchdog, patience);
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
  const Watchdog::Shift watch(impl_->watchdog, patience);
  std::size_t dropped = 0;
  while (dropped < linger_bytes_max && !watch.fired()) {
    const auto [error, size] = co_await impl_->socket.async_read_some(asio::buffer(*piece), tok);
    if (error) co_return;
    dropped += size;
  }
}

}  // namespace tongdai::api
