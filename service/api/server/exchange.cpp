#include "api/server/exchange.hpp"

#include <boost/core/demangle.hpp>
#include <typeinfo>

#include "api/access.hpp"
#include "api/event_hub.hpp"
#include "api/server/sign_in.hpp"
#include "storage/writer.hpp"

namespace tongdai::api {
namespace {

constexpr std::string_view retry_after_s = "5";  // a full disk or a broken database is not healed sooner
constexpr std::string_view key_header = "idempotency-key";
constexpr std::string_view zone_header = "Service-Timezone";  // by which windows and days go

/// Why the body cannot be taken, from the head alone.
std::optional<Response> refuse_body(const Head& head, const Fields& headers, const Route* route) {
  if (head.has_body && (route == nullptr || route->body == Body::none)) {
    return problem(400, "invalid", "The request is not valid", "body: this call takes none");
  }
  if (const auto coding = headers.find("content-encoding"); coding != headers.end()) {
    if (coding->second != "identity") {
      return problem(415, "unsupported_encoding", "The body is compressed",
                     "header Content-Encoding: must be identity, or left out");
    }
  }
  const auto expects = headers.find("expect");
  if (expects != headers.end() && expects->second != "100-continue") {
    return problem(417, "expectation_failed", "This expectation is not known",
                   "header Expect: must be 100-continue, or left out");
  }
  return std::nullopt;
}

Response too_large(std::uint64_t bytes_max) {
  return problem(413, "payload_too_large", "The request's body is too large",
                 "body: must be at most " + std::to_string(bytes_max) + " bytes");
}

/// Any answer of a handler, or what stands for its exception. The texts of exceptions may hold data: only the
/// type of one is logged, but for those of the storage, which are the program's own words.
asio::awaitable<Response> guarded(Log& log, std::string_view pattern, const Idempotency::Run& run) {
  try {
    co_return co_await run();
  } catch (const storage::StorageDown& e) {
    log.error("a call found the database out of service", {{"route", pattern}, {"error", e.what()}});
    Response response = problem({Code::unavailable, "the database takes no writes now; nothing was changed"});
    response.headers.emplace_back("Retry-After", retry_after_s);
    co_return response;
  } catch (const std::exception& e) {
    log.error("a call failed", {{"route", pattern}, {"exception", boost::core::demangle(typeid(e).name())}});
  } catch (...) {
    log.error("a call failed", {{"route", pattern}, {"exception", "unknown"}});
  }
  co_return problem({Code::internal, "the call failed; the service's log says where"});
}

/// Who asks; 503 if the database cannot tell.
asio::awaitable<std::expected<Caller, Response>> recognise(const Hall& hall, const Request& request) {
  try {
    co_return co_await hall.identify(request, Use::yes);
  } catch (const std::exception& e) {
    hall.context.log.error("a caller could not be looked up",
                           {{"exception", boost::core::demangle(typeid(e).name())}});
  }
  co_return std::unexpected(problem({Code::unavailable, "who you are cannot be looked up now; try again"}));
}

std::string digest_of(const Head& head, const Request& request, const Intake& intake) {
  Digest digest;
  digest.feed(head.method);
  digest.feed("\n");
  digest.feed(head.target);
  digest.feed("\n");
  digest.feed(request.caller.name);  // nobody gets the answer that another's key has
  digest.feed("\n");
  digest.feed(intake.upload ? intake.digest : request.body);
  return digest.finish();
}

/// What a request for the event stream gets if it is not streamed: its head for HEAD, or that the stream is
/// full.
Response unstreamed(const Head& head) {
  if (head.method != "HEAD") {
    return problem(503, "too_many_listeners", "The event stream is full",
                   "at most " + std::to_string(EventHub::listeners_max) + " may listen at once");
  }
  Response response;
  response.content_type = "text/event-stream";
  return response;
}

asio::awaitable<Response> handled(Hall& hall, const Match& match, const Request& request, const Head& head,
                                  const Intake& intake) {
  if (match.route == nullptr) co_return unstreamed(head);
  Log& log = hall.context.log;
  const Idempotency::Run invoke = [&] { return hall.invoke(*match.route, request); };
  const Idempotency::Run handle = [&] { return guarded(log, match.pattern, invoke); };
  // A stranger's request costs no transaction, and what it got is not kept for the next one.
  const bool has_key = !match.access.open && request.headers.contains(key_header);
  if (request.method != Method::post || !has_key) co_return co_await handle();
  const Idempotency::Run once = [&] {
    return hall.idempotency.once(std::string(request.header(key_header)), digest_of(head, request, intake),
                                 match.route->again, handle);
  };
  co_return co_await guarded(log, match.pattern, once);
}

}  // namespace

asio::awaitable<std::expected<Match, Response>> admit(const Hall& hall, Head& head, Door door,
                                                      Request& request) {
  request.door = door;
  request.headers = std::move(head.headers);
  request.method = head.method == "POST" ? Method::post : Method::get;
  auto target = parse_target(head.target);
  if (!target) co_return std::unexpected(problem(target.error()));
  if (auto refused = refuse_host(request, hall.hosts)) co_return std::unexpected(std::move(*refused));
  auto match = hall.router.find(head.method, *target);
  const Access& access = match ? match->access : signed_in;
  if (!access.open) {
    auto caller = co_await recognise(hall, request);
    if (!caller) co_return std::unexpected(std::move(caller.error()));
    request.caller = std::move(*caller);
  }
  // Also for a path that is none: a stranger does not learn which there are.
  if (auto refused = object(request, access)) co_return std::unexpected(std::move(*refused));
  if (!match) co_return match;
  request.path = target->path();
  request.query = std::move(target->query);
  request.places = std::move(match->places);
  co_return match;
}

asio::awaitable<std::expected<Intake, End>> take_in(Hall& hall, Wire& wire, const Head& head,
                                                    const Match& match, Request& request) {
  if (auto refused = refuse_body(head, request.headers, match.route))
    co_return std::unexpected(End{std::move(refused)});
  Intake intake;
  if (match.route == nullptr || match.route->body == Body::none) co_return intake;
  const bool to_file = match.route->body == Body::upload;
  const std::uint64_t bytes_max = to_file ? upload_max : body_max;
  if (head.length.value_or(0) > bytes_max) co_return std::unexpected(End{too_large(bytes_max)});
  Wire::Sink sink;
  if (to_file) {
    auto upload = Upload::create(uploads_folder(hall.context.data_dir));
    if (!upload) co_return std::unexpected(End{problem(upload.error())});
    intake.upload.emplace(std::move(*upload));
    request.upload = intake.upload->path();
    sink = [&file = *intake.upload](std::string_view bytes) { return file.write(bytes); };
  } else {
    sink = [&request](std::string_view bytes) -> Result<void> {
      request.body += bytes;
      return {};
    };
  }
  if (head.has_body) {
    if (request.headers.contains("expect") && !co_await wire.write_continue(hall.patience.write)) {
      co_return std::unexpected(End{});
    }
    auto read = co_await wire.read_body(bytes_max, hall.patience.idle, std::move(sink));
    if (!read) co_return std::unexpected(std::move(read.error()));
  }
  if (to_file) intake.digest = intake.upload->finish();
  co_return intake;
}

asio::awaitable<Response> call(Hall& hall, const Match& match, const Request& request, const Head& head,
                               const Intake& intake) {
  Response response = co_await handled(hall, match, request, head, intake);
  response.headers.emplace_back(zone_header, hall.context.zone_name);
  co_return response;
}

}  // namespace tongdai::api
