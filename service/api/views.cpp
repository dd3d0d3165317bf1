#include "api/views.hpp"

namespace tongdai::api {

Json time_json(std::optional<TimePoint> time) {
  return time ? Json(to_rfc3339(*time)) : Json();
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

Json gateway_json(const dispatch::LineView& gateway) {
  return {{"name", gateway.name},
          {"adapter", gateway.adapter},
          {"state", name_of(gateway.link)},
          {"reason", gateway.reason},
          {"paused", gateway.paused},
          {"rate", gateway.rate_parts_per_s},
          {"current_rate", gateway.current_rate},
          {"in_flight", gateway.in_flight},
          {"submitted", gateway.submitted}};
}

Json report_json(const directory::ImportReport& report) {
  Json rejects = Json::array();
  for (const auto& r : report.rejects) rejects.push_back({{"line", r.line}, {"reason", r.reason}});
  return {{"imported", report.imported},
          {"updated", report.updated},
          {"rejected", report.rejected},
          {"rejects", std::move(rejects)},
          {"remarks", report.remarks}};
}

campaigns::Actor actor_of(const Request& request) {
  return {request.caller.name, request.caller.kind == Caller::Kind::socket};
}

void add_counts(Json& into, const outbox::StateCounts& counts) {
  for (std::size_t i = 0; i < counts.size(); ++i) {
    into[std::string(name_of(static_cast<outbox::MessageState>(i)))] = counts[i];
  }
}

}  // namespace tongdai::api
