#pragma once

#include <optional>

#include "api/codec.hpp"
#include "campaigns/actor.hpp"
#include "directory/import_report.hpp"
#include "dispatch/dispatcher.hpp"
#include "outbox/queries.hpp"
#include "text/encoding.hpp"

/// What more than one handler shows. Any thread.
namespace tongdai::api {

/// RFC 3339 in UTC; null for none.
[[nodiscard]] Json time_json(std::optional<TimePoint> time);
/// A text, or null for "".
[[nodiscard]] Json text_or_null(const std::string& text);
/// An id as a text of digits, or null for none.
template <class Tag>
[[nodiscard]] Json id_or_null(Id<Tag> id) {
  return id ? Json(to_string(id)) : Json();
}
/// Who does not count cases sees only its name, its state and whether it pauses: each step of the other
/// numbers may be a case's text.
[[nodiscard]] Json gateway_json(const dispatch::LineView& gateway, const Caller& to);
[[nodiscard]] Json report_json(const directory::ImportReport& report);
/// Who did it, as the history says it. Whoever may open the socket may stand in for the second person.
[[nodiscard]] campaigns::Actor actor_of(const Request& request);
/// Adds `encoding`, `units`, `parts` and `left`, the units that are free in the last part, to `into`.
void add_measure(Json& into, const text::Measure& measure);
/// Adds one member a message state to `into`.
void add_counts(Json& into, const outbox::StateCounts& counts);

}  // namespace tongdai::api
