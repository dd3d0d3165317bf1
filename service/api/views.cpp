#include "api/views.hpp"

#include "api/access.hpp"

namespace tongdai::api {

Json time_json(std::optional<TimePoint> time) {
  return time ? Json(to_rfc3339(*time)) : Json();
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

Json gateway_json(const dispatch::LineView& gateway, const Caller& to) {
  Json json = {{"name", gateway.name}, {"state", name_of(gateway.link)}, {"paused", gateway.paused}};
  if (!counts_cases(to)) return json;
  json["adapter"] = gateway.adapter;
  json["reason"] = gateway.reason;
  json["rate"] = gateway.rate_parts_per_s;
  json["current_rate"] = gateway.current_rate;
  json["in_flight"] = gateway.in_flight;
  json["submitted"] = gateway.submitted;
  return json;
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

void add_measure(Json& into, const text::Measure& measure) {
  into["encoding"] = name_of(measure.encoding);
  into["units"] = measure.units;
  into["parts"] = measure.parts;
  into["left"] = text::units_left(measure);
}

void add_counts(Json& into, const outbox::StateCounts& counts) {
  for (std::size_t i = 0; i < counts.size(); ++i) {
    into[std::string(name_of(static_cast<outbox::MessageState>(i)))] = counts[i];
  }
}

}  // namespace tongdai::api
