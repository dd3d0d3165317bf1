#include "api/routes.hpp"

#include <array>

#include "api/handlers/handlers.hpp"

namespace tongdai::api {
namespace {

constexpr auto get = Method::get;
constexpr auto post = Method::post;

constexpr auto table = std::to_array<Route>({
    {get, "/healthz", &healthz, Body::none, true},
    {get, "/readyz", &readyz, Body::none, true},
    {get, "/metrics", &metrics},

    {get, "/api/v1/status", &show_status},
    {get, "/api/v1/events", nullptr},  // a stream that does not end: the server's own
    {post, "/api/v1/backup", &make_backup, Body::json},

    {post, "/api/v1/units/import", &import_units, Body::upload},
    {get, "/api/v1/units", &list_units},
    {post, "/api/v1/places/import", &import_places, Body::upload},
    {get, "/api/v1/places", &list_places},
    {post, "/api/v1/contacts/import", &import_contacts, Body::upload},
    {get, "/api/v1/contacts/{phone}", &show_contact},
    {post, "/api/v1/contacts/{phone}/opt-out", &opt_contact_out},
    {post, "/api/v1/contacts/{phone}/consent", &record_consent},
    {post, "/api/v1/do-not-call/import", &import_do_not_call, Body::upload},
    {get, "/api/v1/groups", &list_groups},
    {get, "/api/v1/tags", &list_tags},
    {post, "/api/v1/lists/import", &import_list, Body::upload},
    {get, "/api/v1/lists", &list_number_lists},
    {post, "/api/v1/facilities/import", &import_facilities, Body::upload},
    {get, "/api/v1/facilities", &list_facilities},
    {post, "/api/v1/duty/import", &import_duty, Body::upload},
    {get, "/api/v1/duty", &list_duty},
    {get, "/api/v1/coverage", &show_coverage},

    {post, "/api/v1/audiences", &save_audience, Body::json},
    {get, "/api/v1/audiences", &list_audiences},
    {get, "/api/v1/audiences/{name}/size", &measure_audience},
    {post, "/api/v1/campaigns", &create_campaign, Body::json},
    {get, "/api/v1/campaigns", &list_campaigns},
    {get, "/api/v1/campaigns/{id}", &show_campaign},
    {get, "/api/v1/campaigns/{id}/preview", &preview_campaign},
    {post, "/api/v1/campaigns/{id}/test", &test_campaign, Body::json},
    {get, "/api/v1/campaigns/{id}/export", &export_campaign},
    {get, "/api/v1/campaigns/{id}/breakdown", &break_campaign_down},
    {get, "/api/v1/campaigns/{id}/audit", &audit_campaign},
    {post, "/api/v1/campaigns/{id}/repair", &repair_campaign},
    {get, "/api/v1/report", &report},
    {post, "/api/v1/campaigns/{id}/edit", &edit_campaign, Body::json},
    {post, "/api/v1/campaigns/{id}/tune", &tune_campaign, Body::json},
    {get, "/api/v1/campaigns/{id}/history", &show_campaign_history},
    {get, "/api/v1/campaigns/{id}/revisions/{number}", &show_campaign_revision},
    {post, "/api/v1/campaigns/{id}/submit", &submit_campaign, Body::json},
    {post, "/api/v1/campaigns/{id}/approve", &approve_campaign, Body::json},
    {post, "/api/v1/campaigns/{id}/reject", &reject_campaign, Body::json},
    {post, "/api/v1/campaigns/{id}/pause", &pause_campaign, Body::json},
    {post, "/api/v1/campaigns/{id}/resume", &resume_campaign, Body::json},
    {post, "/api/v1/campaigns/{id}/cancel", &cancel_campaign, Body::json},
    {get, "/api/v1/campaigns/calendar", &show_calendar},
    {get, "/api/v1/series", &list_series},
    {get, "/api/v1/series/{id}", &show_series},
    {post, "/api/v1/series/{id}/submit", &submit_series, Body::json},
    {post, "/api/v1/series/{id}/approve", &approve_series, Body::json},
    {post, "/api/v1/series/{id}/reject", &reject_series, Body::json},
    {post, "/api/v1/series/{id}/pause", &pause_series, Body::json},
    {post, "/api/v1/series/{id}/resume", &resume_series, Body::json},
    {post, "/api/v1/series/{id}/cancel", &cancel_series, Body::json},

    {post, "/api/v1/messages", &send_message, Body::json},
    {get, "/api/v1/messages", &list_messages},
    {get, "/api/v1/messages/{id}", &show_message},
    {post, "/api/v1/messages/{id}/resend", &resend_message},
    {post, "/api/v1/messages/{id}/write-off", &write_off_message},

    {post, "/api/v1/cases", &open_case, Body::json},
    {get, "/api/v1/cases", &list_cases},
    {get, "/api/v1/cases/{code}", &show_case},
    {post, "/api/v1/calls", &take_call, Body::json},
    {post, "/api/v1/cases/{code}/called-back", &call_back},
    {post, "/api/v1/cases/{code}/close", &close_case, Body::json},
    {post, "/api/v1/cases/{code}/accept", &accept_case, Body::json},
    {post, "/api/v1/cases/{code}/decline", &decline_case, Body::json},
    {post, "/api/v1/cases/{code}/transfer", &transfer_case, Body::json},
    {post, "/api/v1/cases/{code}/handback", &hand_case_back, Body::json},
    {post, "/api/v1/cases/{code}/progress", &report_progress, Body::json},
    {post, "/api/v1/cases/{code}/reopen", &reopen_case, Body::json},
    {post, "/api/v1/cases/{code}/clocks", &turn_clock, Body::json},
    {post, "/api/v1/cases/{code}/consent", &record_case_consent, Body::json},
    {post, "/api/v1/cases/{code}/read", &read_case, Body::json},
    {post, "/api/v1/cases/{code}/erase", &erase_case, Body::json},
    {post, "/api/v1/cases/erase-old", &erase_old_cases, Body::json},
    {get, "/api/v1/cases/{code}/safe-contact", &show_safe_contact},
    {post, "/api/v1/cases/{code}/safe-contact", &record_safe_contact, Body::json},
    {post, "/api/v1/cases/{code}/messages", &write_to_reporter, Body::json},

    {get, "/api/v1/journal", &list_journal},
    {get, "/api/v1/journal/verify", &verify_journal},

    {get, "/api/v1/gateways", &list_gateways},
    {post, "/api/v1/gateways/{name}/pause", &pause_gateway},
    {post, "/api/v1/gateways/{name}/resume", &resume_gateway},

    {post, "/api/v1/sandbox/texts", &play_text, Body::json},
    {get, "/api/v1/sandbox/inbox/{phone}", &show_inbox},
});

}  // namespace

std::span<const Route> routes() {
  return table;
}

}  // namespace tongdai::api
