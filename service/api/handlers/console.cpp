#include "api/console.hpp"

#include "api/handlers/handlers.hpp"

namespace tongdai::api {

Answer show_console(Context& /*context*/, const Request& request) {
  co_return console_answer(console_files::all(), request);
}

Answer show_robots(Context& /*context*/, const Request& /*request*/) {
  co_return robots_answer();
}

}  // namespace tongdai::api
