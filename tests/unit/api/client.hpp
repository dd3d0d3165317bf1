#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "core/time.hpp"

namespace tongdai::test {

/// An answer as it came over the wire; status 0 if none came.
struct HttpAnswer {
  int status = 0;
  std::map<std::string, std::string> headers;  ///< names in lower case
  std::string body;
};

/// A blocking client that can be as rude as a test needs. Nothing waits longer than ten seconds.
class Client {
 public:
  explicit Client(std::uint16_t port);
  explicit Client(const std::filesystem::path& socket);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// False if the server does not take it any more.
  bool send(std::string_view bytes);
  /// The next answer. `head_only`: to a HEAD.
  HttpAnswer read(bool head_only = false);
  /// Up to and with `mark`, or "" if the stream ends before it.
  std::string read_until(std::string_view mark);
  /// Has the server closed? Waits for it.
  bool closed();

 private:
  void limit_waiting() const;
  bool receive();

  int fd_ = -1;
  std::string buffer_;
};

/// A request in full. `more`: further header lines, each with its "\r\n".
std::string request(std::string_view method, std::string_view target, std::string_view more = "",
                    std::string_view body = "");

}  // namespace tongdai::test
