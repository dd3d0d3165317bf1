#include "api/server/hall.hpp"

#include <openssl/rand.h>

#include <array>
#include <stdexcept>

#include "api/server/digest.hpp"

namespace tongdai::api {
namespace {

std::string random_name() {
  std::array<unsigned char, 8> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    throw std::runtime_error("the system's random generator gives no numbers");
  }
  return to_hex(bytes);
}

}  // namespace

Hall::Hall(ServerContext shared, const Listen& listen, std::span<const Route> table, Invoke call,
           Identify who)
    : context(std::move(shared)),
      patience(listen.patience),
      hosts(listen.hosts),
      router(table),
      idempotency(context.writer, context.clock, context.log),
      invoke(std::move(call)),
      identify(std::move(who)),
      run(random_name()) {}

void Hall::close() {
  closing = true;
  for (const Visitor& visitor : visitors) {
    boost::system::error_code ignored;
    if (visitor.idle) visitor.socket->cancel(ignored);
  }
}

}  // namespace tongdai::api
