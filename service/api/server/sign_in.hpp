#pragma once

#include <optional>
#include <string_view>

#include "api/http.hpp"

namespace tongdai::api {

/// Is `host` (of the Host header, with or without a port) this machine: localhost, 127.0.0.0/8 or [::1]? A
/// browser that a foreign site's name was rebound to loopback sends that site's name.
[[nodiscard]] bool is_local_host(std::string_view host) noexcept;

/// Does `authorization` (the header's value) carry `token`? Takes the same time wherever they differ. Never
/// if `token` is empty.
[[nodiscard]] bool carries_token(std::string_view authorization, std::string_view token) noexcept;

/// What stands behind "Bearer " in the header's value; "" if it is of another kind.
[[nodiscard]] std::string_view bearer_of(std::string_view authorization) noexcept;

/// Why the request may not come in by its door: 400 or 403 for its Host, which must be this
/// machine or one of `hosts`, names without a port by which a proxy is reached. The Unix socket lets all in.
[[nodiscard]] std::optional<Response> refuse_host(const Request& request,
                                                  const std::vector<std::string>& hosts);

}  // namespace tongdai::api
