#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/enum_names.hpp"
#include "core/error.hpp"
#include "people/store.hpp"

/// A request and its answer as handlers see them: plain values, no Beast.
namespace tongdai::api {

enum class Method : std::uint8_t {
  get,  ///< HEAD too: the answer's body is left out later
  post,
};

/// Through which door somebody came.
enum class Door : std::uint8_t {
  socket,  ///< the Unix socket: whoever may open it has full rights
  tcp,     ///< loopback: a token or a session's cookie
};

/// Who makes a request.
struct Caller {
  enum class Kind : std::uint8_t {
    nobody,   ///< has not shown who they are
    socket,   ///< came by the Unix socket: full rights
    service,  ///< holds the service's own token: full rights
    person,   ///< signed in, in a browser
    program,  ///< holds a token that an administrator made
  };
  Kind kind = Kind::nobody;
  std::string name;                            ///< for the journal
  people::Role role = people::Role::observer;  ///< of a person or a program
  people::PersonId person;                     ///< of a person
  FacilityId facility;                         ///< of a person with that role
  bool reads_only = false;                     ///< of a program
  bool must_change_password = false;
  std::string session;  ///< the cookie's secret, of a person
};

using Fields = std::map<std::string, std::string, std::less<>>;

struct Request {
  Method method = Method::get;
  std::string path;              ///< decoded, without the query: "/api/v1/messages"
  Fields query;                  ///< decoded
  Fields headers;                ///< names in lower case
  Fields places;                 ///< what stood for {id}, {code}... of the route's pattern
  std::string body;              ///< at most `body_max` bytes
  std::filesystem::path upload;  ///< routes that take files: where the body was written
  Door door = Door::socket;
  Caller caller;

  [[nodiscard]] std::string_view place(std::string_view name) const;
  [[nodiscard]] std::string_view header(std::string_view name) const;  ///< "" if absent
};

/// A body that is too long for memory: a file, streamed, that goes with the last who holds it.
struct BodyFile {
  std::filesystem::path path;
  std::uint64_t size = 0;             ///< bytes
  std::shared_ptr<const void> owner;  ///< removes it
};

/// What an answer's bytes may do in a browser, unless a handler says more: nothing, and in no frame.
inline constexpr std::string_view data_policy = "default-src 'none'; frame-ancestors 'none'";

struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::optional<BodyFile> file{};  ///< in place of `body`
  std::vector<std::pair<std::string, std::string>> headers;
  // Constants of the program:
  std::string_view cache = "no-store";    ///< Cache-Control: most answers are for this client only
  std::string_view policy = data_policy;  ///< Content-Security-Policy
};

inline constexpr std::string_view problem_type = "application/problem+json";

/// An RFC 9457 problem document: `type` is "/problems/<code>", or only the code, and stable; `errors` are
/// faults with their places, left out if there are none.
[[nodiscard]] Response problem(int status, std::string_view type, std::string_view title,
                               std::string_view detail, const std::vector<std::string>& errors = {});
[[nodiscard]] Response problem(const Error& error, const std::vector<std::string>& errors = {});
/// invalid 400, not_found 404, not_allowed 409, conflict 409, limit 429, refused 422, unavailable 503,
/// internal 500.
[[nodiscard]] int status_of(Code code) noexcept;

}  // namespace tongdai::api

template <>
struct tongdai::EnumNames<tongdai::api::Method> {
  static constexpr std::array<std::string_view, 2> names{"GET", "POST"};
};
