#include "api/server.hpp"

#include <optional>
#include <utility>

#include "api/context.hpp"
#include "api/noting.hpp"
#include "api/routes.hpp"
#include "api/server/connection.hpp"
#include "api/server/doors.hpp"
#include "api/server/hall.hpp"
#include "api/server/identify.hpp"
#include "api/server/uploads.hpp"

namespace tongdai::api {
namespace {

constexpr std::chrono::hours leftover_age{7 * 24};
constexpr Duration pause_after_failure{100};  // no file descriptors left: some must be closed first

}  // namespace

struct Server::Doors {
  std::optional<TcpAcceptor> tcp;
  std::optional<UnixAcceptor> local;
  std::filesystem::path socket;
  std::uint16_t port = 0;

  void close();
  template <class Acceptor>
  static asio::awaitable<void> welcome(std::shared_ptr<Doors> doors, std::shared_ptr<Hall> hall,
                                       Acceptor& acceptor, Door door, runtime::TaskGroup& tasks);
};

void Server::Doors::close() {
  boost::system::error_code ignored;
  if (local && local->is_open()) {
    std::error_code gone;
    std::filesystem::remove(socket, gone);  // before the close: afterwards it could be another daemon's
    local->close(ignored);
  }
  if (tcp) tcp->close(ignored);
}

/// Takes connections in until it is cancelled or the door is closed.
template <class Acceptor>
asio::awaitable<void> Server::Doors::welcome(std::shared_ptr<Doors> doors, std::shared_ptr<Hall> hall,
                                             Acceptor& acceptor, Door door, runtime::TaskGroup& tasks) {
  co_await asio::this_coro::throw_if_cancelled(false);
  const ServerContext& context = hall->context;
  bool full = false;
  while (acceptor.is_open()) {
    auto [error, socket] = co_await acceptor.async_accept(tok);
    if (co_await runtime::told_to_end()) break;
    if (!acceptor.is_open()) break;
    if (error) {
      if (error == asio::error::connection_aborted) continue;
      context.log.warning("a connection could not be taken", {{"error", error.message()}});
      (void)co_await context.sleeper.until(context.clock.monotonic() + pause_after_failure);
      continue;
    }
    const bool was_full = std::exchange(full, hall->visitors.size() >= connections_max);
    if (full) {  // the socket closes here
      if (!was_full)
        context.log.warning("connections are turned away", {{"connections_max", connections_max}});
      continue;
    }
    tasks.spawn("connection", serve(hall, Socket(std::move(socket)), door));
  }
  doors->close();
  hall->close();
}

Server::Server(Context& context, Listen listen, std::span<const Route> table)
    : Server(
          {context.log, context.metrics, context.events, context.database.writer(), context.clock,
           context.sleeper, context.data_dir, context.zone_name},
          listen, table,
          [&context](const Route& route, const Request& request) {
            return call_noted(context, route, request);
          },
          identify_by(context.database, context.clock, listen.token, context.session_limits)) {}

Server::Server(ServerContext context, Listen listen, std::span<const Route> table, Invoke invoke,
               Identify identify)
    : listen_(std::move(listen)),
      hall_(
          std::make_shared<Hall>(std::move(context), listen_, table, std::move(invoke), std::move(identify))),
      doors_(std::make_shared<Doors>()) {}

Server::~Server() {
  stop();
}

Result<void> Server::start(runtime::TaskGroup& tasks) {
  if (!listen_.address.empty()) {
    if (listen_.token.empty()) return fail(Code::invalid, listen_.address + ": this door needs a token");
    auto tcp = open_tcp(tasks.executor(), listen_.address);
    if (!tcp) return std::unexpected(tcp.error());
    doors_->port = tcp->local_endpoint().port();
    doors_->tcp.emplace(std::move(*tcp));
  }
  if (!listen_.socket.empty()) {
    auto local = open_unix(tasks.executor(), listen_.socket);
    if (!local) {
      doors_->close();
      return std::unexpected(local.error());
    }
    doors_->socket = listen_.socket;
    doors_->local.emplace(std::move(*local));
  }
  sweep_uploads(uploads_folder(hall_->context.data_dir), leftover_age);
  if (doors_->tcp) tasks.spawn("tcp door", Doors::welcome(doors_, hall_, *doors_->tcp, Door::tcp, tasks));
  if (doors_->local)
    tasks.spawn("socket door", Doors::welcome(doors_, hall_, *doors_->local, Door::socket, tasks));
  return {};
}

void Server::stop() {
  doors_->close();
  hall_->close();
}

std::uint16_t Server::port() const {
  return doors_->port;
}

}  // namespace tongdai::api
