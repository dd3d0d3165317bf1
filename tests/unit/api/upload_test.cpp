#include <sys/stat.h>

#include <fstream>
#include <iterator>

#include "served.hpp"

namespace tongdai::test {
namespace {

namespace fs = std::filesystem;
using api::Method;

class Uploads : public Served {
 protected:
  Uploads() {
    answers(
        Method::post, "/files",
        [this](const api::Request& r) {
          seen_ = r.upload;
          struct stat status{};
          ::stat(r.upload.c_str(), &status);
          mode_ = status.st_mode & 0777U;
          return ok(std::to_string(fs::file_size(r.upload)));
        },
        api::Body::upload);
    answers(
        Method::post, "/kept",
        [this](const api::Request& r) {
          fs::rename(r.upload, dir_ / "kept.csv");
          return ok();
        },
        api::Body::upload);
    answers(
        Method::post, "/throws",
        [this](const api::Request& r) -> api::Response {
          seen_ = r.upload;
          throw std::runtime_error("no");
        },
        api::Body::upload);
    listen_.patience.idle = 600ms;
    open();
  }

  [[nodiscard]] std::ptrdiff_t files_left() const {
    return std::distance(fs::directory_iterator(dir_ / "uploads"), fs::directory_iterator());
  }

  fs::path seen_;
  mode_t mode_ = 0;
};

TEST_F(Uploads, ABodyIsStreamedToAFileThatGoesWithTheAnswer) {
  const std::string body(3 * 1024 * 1024 + 17, 'x');
  EXPECT_EQ(ask("POST", "/files", "", body).body, std::to_string(body.size()));
  EXPECT_EQ(seen_.parent_path(), dir_ / "uploads");
  EXPECT_EQ(seen_.extension(), ".part");
  EXPECT_EQ(mode_, 0600U);
  EXPECT_EQ(files_left(), 0);
}

TEST_F(Uploads, AnEmptyFileIsAFile) {
  EXPECT_EQ(ask("POST", "/files").body, "0");
}

TEST_F(Uploads, WhatTheHandlerMovedAwayStays) {
  EXPECT_EQ(ask("POST", "/kept", "", "phone\n").status, 200);
  std::ifstream in(dir_ / "kept.csv");
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), "phone\n");
  EXPECT_EQ(files_left(), 0);
}

TEST_F(Uploads, AHandlerThatFailsLeavesNoFile) {
  EXPECT_EQ(ask("POST", "/throws", "", "phone\n").status, 500);
  EXPECT_FALSE(seen_.empty());
  EXPECT_EQ(files_left(), 0);
}

TEST_F(Uploads, AClientThatLeavesHalfwayLeavesNoFile) {
  Client client(listen_.socket);
  client.send(request("POST", "/files", "Content-Length: 100\r\n") + "half");
  EXPECT_EQ(client.read().status, 408);
  EXPECT_TRUE(client.closed());
  EXPECT_EQ(files_left(), 0);
}

TEST_F(Uploads, AFileAboveTheLimitIsRefusedAtOnce) {
  EXPECT_EQ(ask("POST", "/files", "Content-Length: " + std::to_string(api::upload_max + 1) + "\r\n").status,
            413);
}

TEST_F(Uploads, AClientThatAsksFirstIsToldToGoOn) {
  Client client(listen_.socket);
  client.send(request("POST", "/files", "Expect: 100-continue\r\nContent-Length: 5\r\n"));
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("12345");
  EXPECT_EQ(client.read().body, "5");
}

TEST_F(Uploads, AClientThatAsksFirstMayBeRefused) {
  Client client(port_);
  client.send(request("POST", "/files", "Expect: 100-continue\r\nContent-Length: 5\r\n"));
  EXPECT_EQ(client.read().status, 401);
}

TEST_F(Uploads, ARepeatedUploadIsNotDoneTwice) {
  const std::string key = "Idempotency-Key: up\r\n";
  EXPECT_EQ(ask("POST", "/files", key, "12345").status, 200);
  EXPECT_EQ(ask("POST", "/files", key, "12345").headers.at("idempotent-replayed"), "true");
  EXPECT_EQ(ask("POST", "/files", key, "54321").status, 422);
}

TEST_F(Uploads, OldLeftoversAreSweptAtTheStart) {
  const auto put = [&](const char* name, std::chrono::hours age) {
    std::ofstream(dir_ / "uploads" / name) << "x";
    fs::last_write_time(dir_ / "uploads" / name, fs::file_time_type::clock::now() - age);
  };
  fs::create_directories(dir_ / "uploads");
  put("old.part", std::chrono::hours(200));
  put("young.part", std::chrono::hours(2));
  put("old.csv", std::chrono::hours(200));
  listen_.address = "";
  listen_.socket = dir_ / "second.sock";
  on_loop([&] {
    api::Server second({log_, metrics_, events_, database_->writer(), clock_, sleeper_, dir_.path(), "UTC"},
                       listen_, {}, {}, {});
    EXPECT_TRUE(second.start(tasks_));
  });
  EXPECT_FALSE(fs::exists(dir_ / "uploads" / "old.part"));
  EXPECT_TRUE(fs::exists(dir_ / "uploads" / "young.part"));
  EXPECT_TRUE(fs::exists(dir_ / "uploads" / "old.csv"));
}

}  // namespace
}  // namespace tongdai::test
