#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "api/http.hpp"
#include "api/routes.hpp"
#include "core/clock.hpp"
#include "core/log.hpp"
#include "runtime/asio.hpp"

namespace tongdai::storage {
class Writer;
}

namespace tongdai::api {

/// Makes a POST safe to repeat: who sends the same request again under the same Idempotency-Key gets the
/// first answer again, and nothing is done twice. The key is on disk before the request runs, so that a crash
/// between the doing and the answer lets no repetition through. Answers below 500 are kept for a day; of
/// their headers only the content type comes back. What opens something, a password or a token, is not kept.
/// Loop thread.
class Idempotency {
 public:
  static constexpr std::chrono::hours kept{24};
  static constexpr std::size_t swept_at_once = 100;  ///< old answers dropped with each new one
  static constexpr std::size_t key_chars_max = 255;
  static constexpr std::size_t body_kept_max = 1024 * 1024;  ///< bytes; a longer answer is not kept

  using Run = std::function<asio::awaitable<Response>()>;

  Idempotency(storage::Writer& writer, const Clock& clock, Log& log)
      : writer_(writer), clock_(clock), log_(log) {}

  /// The answer of `run`, or the one of its first run with the header Idempotent-Replayed. `digest` stands
  /// for the whole request: another one under this key is refused with 422, the same one with 409 while the
  /// first runs or if its answer was not kept (a crash, a fault, a very long one, a secret), a key that is
  /// not 1 to 255 printable characters with 400. Throws what `run` throws, and StorageDown before it ran.
  [[nodiscard]] asio::awaitable<Response> once(std::string key, std::string digest, Again again,
                                               const Run& run);

 private:
  struct Kept {
    bool is_same = true;  ///< the request that it answers
    Response response;
  };
  /// What is kept under the key; if nothing is, the key is taken for a request that begins.
  [[nodiscard]] asio::awaitable<std::optional<Kept>> take(const std::string& key, const std::string& digest);
  /// Writes the answer down. "Unavailable" gives the key free: nothing was done.
  [[nodiscard]] asio::awaitable<void> settle(const std::string& key, const Response& response);

  storage::Writer& writer_;
  const Clock& clock_;
  Log& log_;
  std::map<std::string, std::string> running_;  // key to digest
};

}  // namespace tongdai::api
