#pragma once

#include <string>

#include "api/server.hpp"
#include "people/sessions.hpp"
#include "storage/database.hpp"

namespace tongdai::api {

/// Tells who makes a request by its door, its token or its cookie; `nobody` if it shows nothing that is
/// known. Asks the database for what is neither the socket nor the service's own token: a session that ended
/// a moment ago opens nothing. All must outlive what is returned. Loop thread.
[[nodiscard]] Identify identify_by(storage::Database& database, const Clock& clock, std::string token,
                                   people::SessionLimits limits);

/// The socket and the service's own token only.
[[nodiscard]] Caller by_door(const Request& request, std::string_view token);

}  // namespace tongdai::api
