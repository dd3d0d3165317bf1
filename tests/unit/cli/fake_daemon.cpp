#include "unit/cli/fake_daemon.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <stdexcept>

namespace tongdai::test {

namespace {

constexpr std::string_view end_of_head = "\r\n\r\n";

/// What is there; "" at the end or if the peer is gone.
std::string receive(int connection) {
  std::array<char, 16384> block{};
  const ssize_t size = ::recv(connection, block.data(), block.size(), 0);
  return size <= 0 ? std::string() : std::string(block.data(), static_cast<std::size_t>(size));
}

void send_all(int connection, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

std::size_t length_in(const std::string& head) {
  constexpr std::string_view name = "Content-Length: ";
  const std::size_t at = head.find(name);
  return at == std::string::npos ? 0 : std::strtoul(head.c_str() + at + name.size(), nullptr, 10);
}

}  // namespace

std::string answer(int status, std::string_view body, std::string_view type, std::string_view more) {
  return "HTTP/1.1 " + std::to_string(status) + " Any\r\nContent-Type: " + std::string(type) + "\r\n" +
         std::string(more) + "Content-Length: " + std::to_string(body.size()) + std::string(end_of_head) +
         std::string(body);
}

FakeDaemon::FakeDaemon(std::vector<std::string> answers, Manner manner)
    : answers_(std::move(answers)),
      manner_(manner),
      listener_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = socket().string();
  if (path.size() >= sizeof(address.sun_path)) throw std::runtime_error("the socket's path is too long");
  path.copy(address.sun_path, path.size());
  // The sockets' own interface wants the cast.
  if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0 ||
      ::listen(listener_, 8) != 0) {
    throw std::runtime_error("the fake daemon cannot listen");
  }
  thread_ = std::thread([this] { serve(); });
}

FakeDaemon::~FakeDaemon() {
  ::shutdown(listener_, SHUT_RDWR);  // wakes accept
  thread_.join();
  ::close(listener_);
  for (const int connection : kept_open_) ::close(connection);
}

std::vector<Heard> FakeDaemon::heard() {
  const std::lock_guard lock(mutex_);
  return heard_;
}

void FakeDaemon::keep(Heard heard) {
  const std::lock_guard lock(mutex_);
  heard_.push_back(std::move(heard));
}

void FakeDaemon::serve() {
  for (;;) {
    const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) return;
    if (manner_ == Manner::is_silent) {
      kept_open_.push_back(connection);
      continue;
    }
    serve_one(connection);
    ::close(connection);
  }
}

void FakeDaemon::serve_one(int connection) {
  std::string bytes;
  while (bytes.find(end_of_head) == std::string::npos) {
    const std::string more = receive(connection);
    if (more.empty()) return;
    bytes += more;
  }
  const std::size_t body_at = bytes.find(end_of_head) + end_of_head.size();
  Heard heard{.line = bytes.substr(0, bytes.find(" HTTP/1.1")), .head = bytes.substr(0, body_at), .body = {}};
  if (manner_ != Manner::refuses_soon) {
    while (bytes.size() < body_at + length_in(heard.head)) {
      const std::string more = receive(connection);
      if (more.empty()) return;
      bytes += more;
    }
    heard.body = bytes.substr(body_at);
  }
  keep(heard);
  if (manner_ == Manner::hangs_up) return;
  send_all(connection, answers_.front());
  if (answers_.size() > 1) answers_.erase(answers_.begin());
}

}  // namespace tongdai::test
