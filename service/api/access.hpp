#pragma once

#include <optional>
#include <string>

#include "api/http.hpp"
#include "people/sessions.hpp"

/// Who asks, and what they may. Pure.
namespace tongdai::api {

// The prefix has browsers take them from this host only, over TLS or loopback (RFC 6265bis §4.1.3).
inline constexpr std::string_view session_cookie = "__Host-tongdai";
inline constexpr std::string_view device_cookie = "__Host-tongdai-device";
inline constexpr std::string_view form_header = "x-form-token";

/// Who may make a call. The socket and the service's own token may make each.
struct Access {
  bool open = false;               ///< nobody is asked who they are
  people::Roles roles;             ///< those who may
  bool with_any_password = false;  ///< also with one that was given for once and must be changed first
  bool people_only = false;        ///< no program's token
};

/// Nobody is asked who they are.
inline constexpr Access anybody{.open = true, .roles = {}};
/// Whoever has signed in, also before they chose a password of their own.
inline constexpr Access signed_in{
    .roles = {people::Role::administrator, people::Role::author, people::Role::approver,
              people::Role::counsellor, people::Role::facility, people::Role::observer},
    .with_any_password = true};
/// Whoever has signed in.
inline constexpr Access everybody{.roles = signed_in.roles};

/// May who has signed in hear of a change of this topic on the event stream? Of cases and texts only the
/// desk: who sees campaigns could hold the moment of a case against that of a hold, and learn who reported.
[[nodiscard]] bool may_hear(const Caller& caller, std::string_view topic) noexcept;

/// May they see how many cases and texts there are? Who works with campaigns could hold the moment of a case,
/// or of its alerts, against that of a hold, and learn who reported.
[[nodiscard]] bool counts_cases(const Caller& caller) noexcept;

/// Each topic, also those that are to come.
[[nodiscard]] bool hears_everything(const Caller& caller) noexcept;

/// Why `request`'s caller may not make this call: 401 unless they have shown who they are, 403 if the role is
/// another, if a token that may only look would change something or one would approve, if the password must
/// be changed first, or if a browser's request does not carry the form token of its session: a foreign page
/// could have made it (OWASP, synchronizer token).
[[nodiscard]] std::optional<Response> object(const Request& request, const Access& access);

/// 401, with what signs in.
[[nodiscard]] Response unauthorized(std::string_view detail);

/// The cookie of that name in a Cookie header; "" if there is none (RFC 6265 §5.4).
[[nodiscard]] std::string_view cookie(std::string_view header, std::string_view name) noexcept;

}  // namespace tongdai::api
