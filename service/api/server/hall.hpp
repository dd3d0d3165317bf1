#pragma once

#include <list>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <tuple>

#include "api/server.hpp"
#include "api/server/idempotency.hpp"
#include "api/server/router.hpp"
#include "api/server/watchdog.hpp"

namespace tongdai::api {

/// What all connections of a server share; each holds it, so that it outlives them. Loop thread.
struct Hall {
  Hall(ServerContext shared, const Listen& listen, std::span<const Route> table, Invoke call, Identify who);

  /// One who came in.
  struct Visitor {
    Socket* socket = nullptr;
    bool idle = true;  ///< nothing is lost if it is cut off now
  };

  /// Ends those who wait for a request or for events; the others end after their answer.
  void close();

  ServerContext context;
  Patience patience;
  std::vector<std::string> hosts;
  Router router;
  Idempotency idempotency;
  Invoke invoke;
  Identify identify;
  std::string run;  ///< a name for this run: event numbers of another run mean nothing here
  std::list<Visitor> visitors;
  /// The counters of answers by method, pattern and status: constants of the program and the table.
  std::map<std::tuple<std::string_view, std::string_view, int>, double*> answered;
  bool closing = false;
};

/// Stands in the hall's list as long as it lives.
class Visit {
 public:
  Visit(Hall& hall, Socket& socket)
      : hall_(hall), place_(hall.visitors.insert(hall.visitors.end(), {&socket})) {}
  ~Visit() { hall_.visitors.erase(place_); }
  Visit(const Visit&) = delete;
  Visit& operator=(const Visit&) = delete;
  void idle(bool yes) noexcept { place_->idle = yes; }

 private:
  Hall& hall_;
  std::list<Hall::Visitor>::iterator place_;
};

}  // namespace tongdai::api
