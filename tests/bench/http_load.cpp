// Requests over many connections that stay open, one after the other on each: what a program that sends texts
// one by one does. The same client measures this daemon and its neighbour.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/asio.hpp"

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Clock = std::chrono::steady_clock;
using tongdai::tok;

constexpr std::chrono::seconds answer_max{60};
constexpr int transport_failures_max = 100;  // a connection: then the other side is gone, not busy

struct Options {
  std::uint16_t port = 0;
  std::size_t connections = 64;
  std::size_t recipients_a_request = 1;
  unsigned expected_status = 202;
  std::string target;
  std::string body;
  std::string recipients_file;
  std::string token_file;
};

struct Load {
  Options options;
  std::string token;
  std::vector<std::string> recipients;
  std::size_t next = 0;  // the first recipient that nobody has asked for
  std::size_t sent = 0;  // recipients in requests with the expected answer
  std::size_t connects = 0;
  std::map<std::string, std::size_t> faults;
  std::vector<double> latencies_ms;
};

std::string filled(std::string pattern, std::string_view to) {
  constexpr std::string_view place = "{to}";
  if (const auto at = pattern.find(place); at != std::string::npos) pattern.replace(at, place.size(), to);
  return pattern;
}

/// The next recipients, joined as a query string wants them; nothing when all are taken.
std::string take(Load& load, std::size_t& count) {
  std::string to;
  const auto end = std::min(load.next + load.options.recipients_a_request, load.recipients.size());
  count = end - load.next;
  for (; load.next < end; ++load.next) {
    if (!to.empty()) to += '+';
    to += load.recipients[load.next];
  }
  return to;
}

http::request<http::string_body> request_to(const Load& load, const std::string& to) {
  const bool posts = !load.options.body.empty();
  http::request<http::string_body> request(posts ? http::verb::post : http::verb::get,
                                           filled(load.options.target, to), 11);
  request.set(http::field::host, "127.0.0.1");
  if (posts) {
    request.set(http::field::content_type, "application/json");
    request.body() = filled(load.options.body, to);
  }
  if (!load.token.empty()) request.set(http::field::authorization, "Bearer " + load.token);
  request.keep_alive(true);
  request.prepare_payload();
  return request;
}

asio::awaitable<boost::system::error_code> connect(beast::tcp_stream& stream, Load& load) {
  const asio::ip::tcp::endpoint there(asio::ip::address_v4::loopback(), load.options.port);
  boost::system::error_code ignored;
  stream.socket().close(ignored);
  ++load.connects;
  stream.expires_after(answer_max);
  const auto [error] = co_await stream.async_connect(there, tok);
  if (!error) stream.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
  co_return error;
}

/// One request and its answer; the error is of the transport.
asio::awaitable<boost::system::error_code> ask(beast::tcp_stream& stream, beast::flat_buffer& buffer,
                                               Load& load, const std::string& to, std::size_t count) {
  const auto request = request_to(load, to);
  http::response<http::string_body> response;
  const auto began = Clock::now();
  stream.expires_after(answer_max);
  const auto [write_error, written] = co_await http::async_write(stream, request, tok);
  if (write_error) co_return write_error;
  const auto [read_error, read] = co_await http::async_read(stream, buffer, response, tok);
  if (read_error) co_return read_error;
  load.latencies_ms.push_back(std::chrono::duration<double, std::milli>(Clock::now() - began).count());
  if (response.result_int() == load.options.expected_status) {
    load.sent += count;
  } else {
    ++load.faults[fmt::format("status {}", response.result_int())];
  }
  if (!response.keep_alive()) co_return http::error::end_of_stream;
  co_return boost::system::error_code{};
}

asio::awaitable<void> work(Load& load) {
  beast::tcp_stream stream(co_await asio::this_coro::executor);
  beast::flat_buffer buffer;
  int failures = 0;
  bool connected = false;
  while (load.next < load.recipients.size() && failures < transport_failures_max) {
    if (!connected) {
      if (const auto error = co_await connect(stream, load)) {
        ++load.faults[error.message()];
        ++failures;
        continue;
      }
      connected = true;
      buffer.clear();
    }
    std::size_t count = 0;
    const std::string to = take(load, count);
    const auto error = co_await ask(stream, buffer, load, to, count);
    if (!error) continue;
    connected = false;
    // The other side closes after an answer: its right, and seen in the number of connects.
    if (error != http::error::end_of_stream) {
      ++load.faults[error.message()];
      ++failures;
    }
  }
}

double at_share(const std::vector<double>& sorted, double share) {
  if (sorted.empty()) return 0;
  const auto place = static_cast<std::size_t>(share * static_cast<double>(sorted.size()));
  return sorted[std::min(place, sorted.size() - 1)];
}

void print(Load& load, double seconds) {
  std::ranges::sort(load.latencies_ms);
  std::string faults;
  for (const auto& [what, times] : load.faults) {
    faults += fmt::format("{}\"{}\": {}", faults.empty() ? "" : ", ", what, times);
  }
  fmt::print("{{\"recipients\": {}, \"sent\": {}, \"seconds\": {:.6f}, \"per_s\": {:.1f}, \"connects\": {}, ",
             load.recipients.size(), load.sent, seconds, static_cast<double>(load.sent) / seconds,
             load.connects);
  fmt::print("\"p50_ms\": {:.3f}, \"p99_ms\": {:.3f}, \"max_ms\": {:.3f}, \"faults\": {{{}}}}}\n",
             at_share(load.latencies_ms, 0.5), at_share(load.latencies_ms, 0.99),
             load.latencies_ms.empty() ? 0 : load.latencies_ms.back(), faults);
}

bool read_lines(const std::string& file, std::vector<std::string>& lines) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) lines.push_back(line);
  }
  return !lines.empty();
}

}  // namespace

int main(int argc, char** argv) {
  Load load;
  Options& o = load.options;
  CLI::App app{"A load of HTTP requests to 127.0.0.1: one JSON document on standard output"};
  app.add_option("--port", o.port)->required();
  app.add_option("--connections", o.connections)->check(CLI::Range(1, 10'000));
  app.add_option("--recipients-a-request", o.recipients_a_request)->check(CLI::Range(1, 10'000));
  app.add_option("--expected-status", o.expected_status);
  app.add_option("--target", o.target, "path and query; {to} is the recipient")->required();
  app.add_option("--body", o.body, "JSON, and the request is a POST; {to} is the recipient");
  app.add_option("--recipients", o.recipients_file, "a file, one a line")->required();
  app.add_option("--token-file", o.token_file, "a bearer token");
  CLI11_PARSE(app, argc, argv);
  if (!read_lines(o.recipients_file, load.recipients)) {
    fmt::print(stderr, "bench_http: {}: there is no recipient in it\n", o.recipients_file);
    return 1;
  }
  std::vector<std::string> token;
  if (!o.token_file.empty() && !read_lines(o.token_file, token)) {
    fmt::print(stderr, "bench_http: {}: there is no token in it\n", o.token_file);
    return 1;
  }
  if (!token.empty()) load.token = token.front();
  load.latencies_ms.reserve(load.recipients.size() / o.recipients_a_request + 1);

  asio::io_context loop(1);
  const auto began = Clock::now();
  for (std::size_t n = 0; n < o.connections; ++n) asio::co_spawn(loop, work(load), asio::detached);
  loop.run();
  print(load, std::chrono::duration<double>(Clock::now() - began).count());
}
