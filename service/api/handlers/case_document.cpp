#include "api/handlers/case_document.hpp"

#include "api/views.hpp"

namespace tongdai::api {
namespace {

/// The words are told by their place in the text: they stand there only.
Json show(const hotline::recognition::Suggestion& s) {
  return {{"kind", name_of(s.finding.kind)},
          {"value", s.finding.value},
          {"text", s.text ? Json(to_string(s.text)) : Json()},
          {"from", s.finding.from},
          {"length", s.finding.length}};
}

Json show(const std::optional<hotline::CallBack>& call_back) {
  if (!call_back) return {};
  return {{"state", name_of(call_back->state)},
          {"calls", call_back->calls},
          {"asked_at", time_json(call_back->asked_at)},
          {"made_at", time_json(call_back->made_at)}};
}

}  // namespace

Json case_summary(const hotline::CaseView& v) {
  return {{"code", v.c.code},
          {"state", name_of(v.c.state)},
          {"urgency", name_of(v.c.urgency)},
          {"unit", text_or_null(v.unit_code)},
          {"unit_name", text_or_null(v.unit_name)},
          {"services", v.c.services},
          {"owner", text_or_null(v.owner)},
          {"asked", v.asked},
          {"reporter", text_or_null(v.c.reporter.masked())},
          {"language", text_or_null(v.language)},
          {"thread", name_of(v.thread)},
          {"opened_at", time_json(v.c.opened_at)},
          {"heard_at", time_json(v.heard_at)},
          {"due_at", time_json(v.c.due_at)},
          {"limit_at", time_json(v.limit_at)},
          {"waits_for_call", v.waits_for_call}};
}

Json case_json(const hotline::CaseView& v) {
  Json json = case_summary(v);
  json["referrals"] = Json::array();
  for (const auto& r : v.referrals) {
    json["referrals"].push_back({{"step", r.step},
                                 {"track", r.track},
                                 {"facility", r.facility},
                                 {"state", name_of(r.state)},
                                 {"why", r.why},
                                 {"alerted_at", time_json(r.alerted_at)},
                                 {"answered_at", time_json(r.answered_at)},
                                 {"accepted_at", time_json(r.accepted_at)},
                                 {"left_at", time_json(r.left_at)}});
  }
  json["tracks"] = Json::array();
  for (const auto& [t, owner] : v.tracks) {
    json["tracks"].push_back({{"track", t.number},
                              {"service", t.service},
                              {"state", name_of(t.state)},
                              {"consent", name_of(t.consent)},
                              {"owner", text_or_null(owner)},
                              {"due_at", time_json(t.due_at)}});
  }
  json["left_out"] = Json::array();
  for (const auto& o : v.left_out) json["left_out"].push_back({{"facility", o.facility}, {"why", o.why}});
  json["timeline"] = Json::array();
  for (const auto& e : v.timeline) {
    json["timeline"].push_back({{"at", time_json(e.at)},
                                {"kind", e.kind},
                                {"facility", text_or_null(e.facility)},
                                {"detail", e.detail}});
  }
  json["clocks"] = Json::array();
  for (const auto& k : v.clocks) {
    json["clocks"].push_back({{"clock", name_of(k.kind)},
                              {"state", name_of(k.state)},
                              {"started_at", time_json(k.started_at)},
                              {"limit_at", time_json(k.limit_at)},
                              {"met_at", time_json(k.met_at)}});
  }
  json["call_back"] = show(v.call_back);
  json["suggestions"] = Json::array();
  for (const auto& found : v.suggestions) json["suggestions"].push_back(show(found));
  return json;
}

}  // namespace tongdai::api
