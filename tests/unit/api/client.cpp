#include "client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <stdexcept>

namespace tongdai::test {
namespace {

constexpr timeval waiting_max{10, 0};

template <class Address>
int connect_to(int family, const Address& address) {
  const int fd = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_storage storage{};
  std::memcpy(&storage, &address, sizeof address);
  const void* raw = &storage;
  if (::connect(fd, static_cast<const sockaddr*>(raw), sizeof address) != 0) {
    ::close(fd);
    throw std::runtime_error("cannot connect");
  }
  return fd;
}

}  // namespace

Client::Client(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  fd_ = connect_to(AF_INET, address);
  limit_waiting();
}

Client::Client(const std::filesystem::path& socket) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, socket.c_str(), sizeof address.sun_path - 1);
  fd_ = connect_to(AF_UNIX, address);
  limit_waiting();
}

Client::~Client() {
  ::close(fd_);
}

void Client::limit_waiting() const {
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &waiting_max, sizeof waiting_max);
  ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &waiting_max, sizeof waiting_max);
}

bool Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Client::receive() {
  char bytes[4096];
  const ssize_t got = ::recv(fd_, bytes, sizeof bytes, 0);
  if (got <= 0) return false;
  buffer_.append(bytes, static_cast<std::size_t>(got));
  return true;
}

std::string Client::read_until(std::string_view mark) {
  for (;;) {
    if (const auto at = buffer_.find(mark); at != std::string::npos) {
      std::string text = buffer_.substr(0, at + mark.size());
      buffer_.erase(0, at + mark.size());
      return text;
    }
    if (!receive()) return "";
  }
}

HttpAnswer Client::read(bool head_only) {
  HttpAnswer answer;
  const std::string head = read_until("\r\n\r\n");
  if (head.empty()) return answer;
  answer.status = std::stoi(head.substr(head.find(' ')));
  for (std::size_t at = head.find("\r\n") + 2; at + 2 < head.size(); at = head.find("\r\n", at) + 2) {
    const std::string line = head.substr(at, head.find("\r\n", at) - at);
    const std::size_t colon = line.find(": ");
    std::string name = line.substr(0, colon);
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    answer.headers[name] = line.substr(colon + 2);
  }
  if (head_only || !answer.headers.contains("content-length")) return answer;
  const auto length = std::stoul(answer.headers["content-length"]);
  while (buffer_.size() < length && receive()) {
  }
  answer.body = buffer_.substr(0, length);
  buffer_.erase(0, length);
  return answer;
}

bool Client::closed() {
  if (!buffer_.empty()) return false;
  char byte = 0;
  const ssize_t got = ::recv(fd_, &byte, 1, 0);
  return got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK);
}

std::string request(std::string_view method, std::string_view target, std::string_view more,
                    std::string_view body) {
  std::string text;
  text.append(method).append(" ").append(target).append(" HTTP/1.1\r\n");
  if (more.find("Host:") == std::string_view::npos) text += "Host: localhost\r\n";
  text.append(more);
  if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return text.append("\r\n").append(body);
}

}  // namespace tongdai::test
