#include "served.hpp"

#include <boost/asio/co_spawn.hpp>

#include "api/server/identify.hpp"

namespace tongdai::test {
namespace {

const std::string token = "0123456789abcdef0123456789abcdef";

asio::awaitable<api::Response> at_once(std::function<api::Response(const api::Request&)> play,
                                       const api::Request& request) {
  co_return play(request);
}

}  // namespace

std::string bearer() {
  return "Authorization: Bearer " + token + "\r\n";
}

api::Response ok(std::string body) {
  api::Response response;
  response.body = std::move(body);
  return response;
}

void LogLines::write(Level level, std::string_view event, std::span<const Field> fields) noexcept {
  const std::scoped_lock lock(mutex_);
  lines_ += std::string(to_string(level)) + ' ' + std::string(event);
  for (const Field& f : fields) lines_ += ' ' + std::string(f.key) + '=' + f.value;
  lines_ += '\n';
}

std::string LogLines::text() const {
  const std::scoped_lock lock(mutex_);
  return lines_;
}

Served::Served() {
  const auto loop = loop_.get_executor();
  auto database = storage::Database::open(dir_ / "tongdai.db", {loop, loop, 1}, log_);
  if (!database) throw std::runtime_error(database.error().what);
  database_ = std::move(*database);
  listen_.address = "127.0.0.1:0";
  listen_.socket = dir_ / "api.sock";
  listen_.token = token;
}

Served::~Served() {
  if (!thread_.joinable()) return;
  EXPECT_TRUE(stop_tasks()) << "a task did not end";
  work_.reset();
  loop_.stop();
  thread_.join();
}

void Served::route(api::Method method, std::string_view pattern, Play play, api::Body body, bool is_open,
                   api::Again again) {
  table_.push_back({method, pattern, nullptr, is_open ? api::anybody : api::everybody, body, again});
  plays_.push_back(std::move(play));
}

void Served::answers(api::Method method, std::string_view pattern,
                     std::function<api::Response(const api::Request&)> play, api::Body body, bool is_open,
                     api::Again again) {
  const auto later = [play = std::move(play)](const api::Request& request) { return at_once(play, request); };
  route(method, pattern, later, body, is_open, again);
}

void Served::open() {
  api::ServerContext context{log_,   metrics_, events_,     database_->writer(),
                             clock_, sleeper_, dir_.path(), "Asia/Ho_Chi_Minh"};
  const auto invoke = [this](const api::Route& row, const api::Request& request) {
    return plays_[static_cast<std::size_t>(&row - table_.data())](request);
  };
  server_ = std::make_unique<api::Server>(std::move(context), listen_, table_, invoke,
                                          api::identify_by(*database_, clock_, token, {}));
  const auto started = server_->start(tasks_);
  ASSERT_TRUE(started) << started.error().what;
  port_ = server_->port();
  thread_ = std::jthread([this] { loop_.run(); });
}

bool Served::stop_tasks() {
  const auto ended = std::make_shared<std::promise<void>>();
  asio::co_spawn(loop_, tasks_.stop(), [ended](const std::exception_ptr&) { ended->set_value(); });
  return ended->get_future().wait_for(std::chrono::seconds(5)) == std::future_status::ready;
}

void Served::on_loop(const std::function<void()>& act) {
  std::promise<void> done;
  asio::post(loop_, [&] {
    act();
    done.set_value();
  });
  done.get_future().wait();
}

HttpAnswer Served::ask(std::string_view method, std::string_view target, std::string_view more,
                       std::string_view body) {
  Client client(listen_.socket);
  client.send(request(method, target, more, body));
  return client.read(method == "HEAD");
}

HttpAnswer Served::ask_tcp(std::string_view method, std::string_view target, std::string_view more) {
  Client client(port_);
  client.send(request(method, target, more));
  return client.read(method == "HEAD");
}

}  // namespace tongdai::test
