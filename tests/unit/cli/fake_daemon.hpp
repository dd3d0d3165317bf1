#pragma once

#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "support/temp_dir.hpp"

namespace tongdai::test {

/// What a client said.
struct Heard {
  std::string line;  ///< "GET /api/v1/status"
  std::string head;  ///< all of it, as it came
  std::string body;
};

/// How it behaves towards a connection.
enum class Manner {
  answers,       ///< reads the request, then gives its answer
  is_silent,     ///< takes the connection and says nothing
  hangs_up,      ///< reads the request and closes
  refuses_soon,  ///< answers and closes once it has the head, the body unread
};

/// A daemon of plain sockets: it gives its answers in turn, the last one again and again. One connection at a
/// time.
class FakeDaemon {
 public:
  explicit FakeDaemon(std::vector<std::string> answers, Manner manner = Manner::answers);
  ~FakeDaemon();
  FakeDaemon(const FakeDaemon&) = delete;
  FakeDaemon& operator=(const FakeDaemon&) = delete;

  [[nodiscard]] std::filesystem::path socket() const { return dir_ / "d.sock"; }
  [[nodiscard]] std::vector<Heard> heard();

 private:
  void serve();
  void serve_one(int connection);
  void keep(Heard heard);

  TempDir dir_;
  std::vector<std::string> answers_;
  Manner manner_;
  int listener_ = -1;
  std::mutex mutex_;
  std::vector<Heard> heard_;    // guarded by mutex_
  std::vector<int> kept_open_;  // the thread's until it is joined
  std::thread thread_;
};

/// An HTTP answer with its length. `more`: fields of its head, each with its line's end.
[[nodiscard]] std::string answer(int status, std::string_view body,
                                 std::string_view type = "application/json", std::string_view more = "");

}  // namespace tongdai::test
