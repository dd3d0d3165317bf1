#include "api/server/idempotency.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "storage/seal_functions.hpp"
#include "storage/writer.hpp"

namespace tongdai::api {
namespace {

constexpr std::string_view select_kept =
    "SELECT request, status, unseal('house', sealed_body, body) FROM idempotency WHERE key = $1 AND "
    "created_at > $2";
constexpr int unanswered = 0;  // in place of a status: the request began, and its answer is not written down
constexpr int nothing_done = 503;
constexpr std::string_view insert_taken =
    "INSERT INTO idempotency (key, request, status, body, created_at) VALUES ($1, $2, $3, '', $4) "
    "ON CONFLICT (key) DO UPDATE SET request = excluded.request, status = excluded.status, body = '', "
    "sealed_body = NULL, created_at = excluded.created_at";
constexpr std::string_view update_answer =
    "UPDATE idempotency SET status = $2, sealed_body = seal('house', $3) WHERE key = $1";
constexpr std::string_view delete_taken = "DELETE FROM idempotency WHERE key = $1";
constexpr std::string_view delete_old =
    "DELETE FROM idempotency WHERE key IN "
    "(SELECT key FROM idempotency WHERE created_at <= $1 ORDER BY created_at LIMIT $2)";

/// Holds a key while its request runs.
class Turn {
 public:
  Turn(std::map<std::string, std::string>& running, const std::string& key, const std::string& digest)
      : running_(running), place_(running.emplace(key, digest).first) {}
  ~Turn() { running_.erase(place_); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  std::map<std::string, std::string>& running_;
  std::map<std::string, std::string>::iterator place_;
};

Response reused() {
  return problem(
      422, "idempotency_key_reused", "The key belongs to another request",
      "header Idempotency-Key: was used for a different request within the last day; take a new key");
}

Response still_running() {
  return problem(409, "idempotency_in_progress", "The first request still runs",
                 "header Idempotency-Key: the request with this key is not answered yet; try again later");
}

Response outcome_unknown() {
  return problem(409, "idempotency_outcome_unknown", "The first request has no answer",
                 "header Idempotency-Key: the request with this key began, and its answer was not kept; look "
                 "whether it was done, and if not, ask again under a new key");
}

bool is_key(std::string_view key) {
  return !key.empty() && key.size() <= Idempotency::key_chars_max &&
         std::ranges::all_of(key, [](char c) { return c > 0x20 && c < 0x7f; });
}

/// The table has no column for the content type: what comes back is JSON or a problem, told apart by the
/// status.
bool is_keepable(const Response& response) {
  const std::string_view type = response.status >= 400 ? problem_type : std::string_view("application/json");
  return response.status < 500 && response.content_type == type &&
         response.body.size() <= Idempotency::body_kept_max;
}

Response replay(Response response) {
  response.headers.emplace_back("Idempotent-Replayed", "true");
  return response;
}

}  // namespace

asio::awaitable<Response> Idempotency::once(std::string key, std::string digest, Again again,
                                            const Run& run) {
  if (!is_key(key)) {
    co_return problem(
        400, "invalid", "The request is not valid",
        fmt::format("header Idempotency-Key: must be 1 to {} printable characters without spaces",
                    key_chars_max));
  }
  if (const auto running = running_.find(key); running != running_.end()) {
    co_return running->second == digest ? still_running() : reused();
  }
  const Turn turn(running_, key, digest);
  std::optional<Kept> first = co_await take(key, digest);
  if (first && !first->is_same) co_return reused();
  if (first && first->response.status == unanswered) co_return outcome_unknown();
  if (first) co_return replay(std::move(first->response));
  Response response = co_await run();
  // A refusal tells no secret, and is kept as ever.
  if (again == Again::answer || response.status >= 300) co_await settle(key, response);
  co_return response;
}

asio::awaitable<std::optional<Idempotency::Kept>> Idempotency::take(const std::string& key,
                                                                    const std::string& digest) {
  const TimePoint now = clock_.now();
  co_return co_await writer_.run([&, now](storage::Tx& tx) {
    // A digest alone could be tried against what somebody may have written.
    const std::string tagged = storage::tag(tx, digest);
    const auto read = [&tagged](const storage::Row& row) {
      Kept one{row.text(0) == tagged, {}};
      one.response.status = row.get<int>(1);
      one.response.body = row.text(2);
      if (one.response.status >= 400) one.response.content_type = problem_type;
      return one;
    };
    std::optional<Kept> first = tx.first(select_kept, read, key, now - kept);
    if (!first) {
      tx.run(delete_old, now - kept, swept_at_once);
      tx.run(insert_taken, key, tagged, unanswered, now);
    }
    return first;
  });
}

asio::awaitable<void> Idempotency::settle(const std::string& key, const Response& response) {
  std::string failed;
  try {
    co_await writer_.run([&](storage::Tx& tx) {
      if (is_keepable(response)) {
        tx.run(update_answer, key, response.status, response.body);
      } else if (response.status == nothing_done) {
        tx.run(delete_taken, key);
      }
    });
  } catch (const storage::StorageDown& e) {
    failed = e.what();
  }
  // What was asked for is done, and its answer true: a repetition is told that the outcome is not known.
  if (!failed.empty()) log_.error("an answer could not be kept for its idempotency key", {{"error", failed}});
}

}  // namespace tongdai::api
