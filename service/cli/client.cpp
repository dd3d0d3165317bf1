#include "cli/client.hpp"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <optional>
#include <utility>

#include "runtime/asio.hpp"

namespace tongdai::cli {

namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;
using Stream = beast::basic_stream<asio::local::stream_protocol>;

/// One connection and how long each step of it may take.
struct Link {
  Stream stream;
  beast::flat_buffer buffer;
  const std::filesystem::path& socket;
  Duration step;
};

constexpr std::string_view how_to_set = "Another socket is named with --socket PATH or $TONGDAI_SOCKET.";

std::unexpected<Failure> broken(const Link& link, error_code error) {
  if (error == beast::error::timeout) {
    return failure(
        Exit::unreachable,
        fmt::format("The daemon at {} did not answer within {:.3g} s; what was asked may still happen. {}",
                    link.socket.string(), static_cast<double>(link.step.count()) / 1000.0, how_to_set));
  }
  return failure(
      Exit::unreachable,
      fmt::format("The daemon at {} broke the conversation off ({}); what was asked may still happen. {}",
                  link.socket.string(), error.message(), how_to_set));
}

std::unexpected<Failure> absent(const std::filesystem::path& socket, std::string_view why) {
  return failure(Exit::unreachable, fmt::format("The daemon cannot be reached at {}: {}. Is it running? {}",
                                                socket.string(), why, how_to_set));
}

std::unexpected<Failure> bad_file(const std::filesystem::path& file, std::string_view why) {
  return failure(Exit::refused, fmt::format("{}: {}", file.string(), why));
}

template <class Body>
http::request<Body> request_of(const Call& call) {
  http::request<Body> request(call.verb == Verb::get ? http::verb::get : http::verb::post, call.target, 11);
  request.set(http::field::host, "localhost");
  request.set(http::field::user_agent, "tongdai/" TONGDAI_VERSION);
  request.set(http::field::accept, "application/json, application/problem+json, text/csv");
  if (!call.content_type.empty()) request.set(http::field::content_type, call.content_type);
  request.keep_alive(false);
  return request;
}

template <class Body>
asio::awaitable<error_code> send(Link& link, http::request<Body>& request) {
  request.prepare_payload();
  link.stream.expires_after(link.step);
  const auto [error, sent] = co_await http::async_write(link.stream, request, tok);
  co_return error;
}

/// The request of `call` sent; a file is streamed. The value is what became of the writing.
asio::awaitable<Outcome<error_code>> send_call(Link& link, const Call& call) {
  if (call.upload.empty()) {
    auto request = request_of<http::string_body>(call);
    request.body() = call.body;
    const error_code sent = co_await send(link, request);
    co_return sent;
  }
  auto request = request_of<http::file_body>(call);
  error_code error;
  request.body().open(call.upload.c_str(), beast::file_mode::scan, error);
  if (error) co_return bad_file(call.upload, fmt::format("cannot be read: {}", error.message()));
  const error_code sent = co_await send(link, request);
  co_return sent;
}

using Head = http::response_parser<http::empty_body>;

Answer answer_of(const http::response_header<>& head) {
  Answer answer;
  answer.status = static_cast<int>(head.result_int());
  answer.content_type = std::string(head[http::field::content_type]);
  answer.zone = std::string(head["Service-Timezone"]);
  return answer;
}

asio::awaitable<Outcome<Answer>> read_text(Link& link, Head&& head) {
  http::response_parser<http::string_body> parser(std::move(head));
  parser.body_limit(answer_max);
  link.stream.expires_after(link.step);
  const auto [error, read] = co_await http::async_read(link.stream, link.buffer, parser, tok);
  if (error == http::error::body_limit) {
    co_return failure(
        Exit::refused,
        fmt::format("The daemon's answer is longer than {} bytes: ask for less at a time.", answer_max));
  }
  if (error) co_return broken(link, error);
  Answer answer = answer_of(parser.get());
  answer.body = std::move(parser.get().body());
  co_return answer;
}

asio::awaitable<Outcome<Answer>> read_file(Link& link, Head&& head, const std::filesystem::path& file) {
  http::response_parser<http::file_body> parser(std::move(head));
  parser.body_limit(boost::none);
  error_code error;
  parser.get().body().open(file.c_str(), beast::file_mode::write, error);
  if (error) co_return bad_file(file, fmt::format("cannot be written: {}", error.message()));
  while (!parser.is_done()) {
    link.stream.expires_after(link.step);
    const auto [failed, read] = co_await http::async_read_some(link.stream, link.buffer, parser, tok);
    if (failed.category() == boost::system::generic_category()) {
      co_return bad_file(file, fmt::format("cannot be written: {}", failed.message()));
    }
    if (failed) co_return broken(link, failed);
  }
  co_return answer_of(parser.get());
}

asio::awaitable<Outcome<Answer>> exchange(Link& link, asio::local::stream_protocol::endpoint where,
                                          const Timeouts& timeouts, const Call& call) {
  link.stream.expires_after(timeouts.connect);
  const auto [absence] = co_await link.stream.async_connect(where, tok);
  if (absence) co_return absent(link.socket, absence.message());

  const Outcome<error_code> sent = co_await send_call(link, call);
  if (!sent) co_return std::unexpected(sent.error());
  if (*sent == beast::error::timeout) co_return broken(link, *sent);

  // A server that refuses a long file answers and hangs up before it has read all: the answer says why.
  Head head;
  // Beast holds the length that the head tells against the limit at once, and a download has none.
  head.body_limit(call.download.empty() ? boost::optional<std::uint64_t>(answer_max) : boost::none);
  link.stream.expires_after(link.step);
  const auto [error, read] = co_await http::async_read_header(link.stream, link.buffer, head, tok);
  if (error) co_return broken(link, *sent ? *sent : error);

  const bool fine = answer_of(head.get()).ok();
  if (fine && !call.download.empty()) {
    Outcome<Answer> answer = co_await read_file(link, std::move(head), call.download);
    co_return answer;
  }
  Outcome<Answer> answer = co_await read_text(link, std::move(head));
  co_return answer;
}

}  // namespace

Outcome<Answer> ask(const std::filesystem::path& socket, const Timeouts& timeouts, const Call& call) {
  asio::local::stream_protocol::endpoint where;
  try {
    where.path(socket.string());
  } catch (const boost::system::system_error& error) {
    return absent(socket, error.code().message());
  }
  asio::io_context loop{1};
  Link link{
      Stream(loop), {}, socket, call.patience == Patience::lengthy ? timeouts.lengthy : timeouts.ordinary};
  Outcome<Answer> outcome = failure(Exit::unreachable, "The daemon was not asked.");
  asio::co_spawn(loop, exchange(link, where, timeouts, call),
                 [&](std::exception_ptr thrown, Outcome<Answer> got) {
                   if (thrown) std::rethrow_exception(thrown);
                   outcome = std::move(got);
                 });
  loop.run();
  return outcome;
}

std::string percent_encode(std::string_view raw) {
  constexpr std::string_view kept = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string encoded;
  for (const char c : raw) {
    if (kept.find(c) != std::string_view::npos) {
      encoded += c;
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

}  // namespace tongdai::cli
