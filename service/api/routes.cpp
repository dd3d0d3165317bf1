#include "api/routes.hpp"

#include <array>

#include "api/handlers/handlers.hpp"

namespace tongdai::api {
namespace {

constexpr auto get = Method::get;
constexpr auto post = Method::post;

using people::Role;
constexpr Access administrators{.roles = {Role::administrator}};
constexpr Access desk{.roles = {Role::counsellor}};
constexpr Access facilities{.roles = {Role::facility}};
constexpr Access staff{.roles = {Role::administrator, Role::author, Role::approver, Role::counsellor}};
/// Who works with campaigns: all of them may look, and stop one that goes wrong.
constexpr Access campaigners{.roles = {Role::administrator, Role::author, Role::approver}};
constexpr Access authors{.roles = {Role::administrator, Role::author}};
constexpr Access approvers{.roles = {Role::administrator, Role::approver}};
/// The second pair of eyes is somebody's own.
constexpr Access second_eyes{.roles = approvers.roles, .people_only = true};
/// A person may say no to anybody whom they reach.
constexpr Access people_desks{.roles = {Role::administrator, Role::author, Role::counsellor}};
/// Where a shelter is, and who is on duty there, is nothing for who writes campaigns.
constexpr Access facility_keepers{.roles = {Role::administrator, Role::counsellor}};
/// A played text opens a case as a real one does, and the handsets show what reporters get.
constexpr Access players{.roles = {Role::administrator, Role::counsellor}};
/// Who may see each step of what is sent: it may be a case's.
constexpr Access case_counters{.roles = {Role::administrator, Role::counsellor}};
constexpr Access report_readers{
    .roles = {Role::administrator, Role::author, Role::approver, Role::counsellor, Role::observer}};

/// Who may make which call: the only place that says it.
constexpr auto table = std::to_array<Route>({
    {get, "/healthz", &healthz, anybody},
    {get, "/readyz", &readyz, anybody},
    {get, "/metrics", &metrics, administrators},

    {get, "/", &show_console, anybody},
    {get, "/index.html", &show_console, anybody},
    {get, "/assets/{file}", &show_console, anybody},
    {get, "/calendar.html", &show_console, anybody},
    {get, "/robots.txt", &show_robots, anybody},

    {get, "/api/v1/status", &show_status, staff},
    {get, "/api/v1/events", nullptr, staff},  // a stream that does not end: the server's own
    {post, "/api/v1/backup", &make_backup, administrators, Body::json},

    {post, "/api/v1/session", &sign_in, anybody, Body::json},
    {get, "/api/v1/session", &show_session, signed_in},
    {post, "/api/v1/session/end", &sign_out, signed_in},
    {post, "/api/v1/session/password", &change_password, signed_in, Body::json},
    {post, "/api/v1/session/second-factor", &begin_second_factor, everybody, Body::json, Again::secret},
    {post, "/api/v1/session/second-factor/confirm", &confirm_second_factor, everybody, Body::json,
     Again::secret},
    {post, "/api/v1/session/second-factor/remove", &remove_second_factor, everybody, Body::json},
    {get, "/api/v1/users", &list_users, administrators},
    {post, "/api/v1/users", &add_user, administrators, Body::json, Again::secret},
    {post, "/api/v1/users/{name}/disable", &disable_user, administrators},
    {post, "/api/v1/users/{name}/enable", &enable_user, administrators},
    {post, "/api/v1/users/{name}/reset", &reset_user, administrators, Body::json, Again::secret},
    {get, "/api/v1/tokens", &list_tokens, administrators},
    {post, "/api/v1/tokens", &make_token, administrators, Body::json, Again::secret},
    {post, "/api/v1/tokens/{name}/revoke", &revoke_token, administrators},

    {post, "/api/v1/units/import", &import_units, administrators, Body::upload},
    {get, "/api/v1/units", &list_units, staff},
    {post, "/api/v1/places/import", &import_places, administrators, Body::upload},
    {get, "/api/v1/places", &list_places, facility_keepers},
    {post, "/api/v1/contacts/import", &import_contacts, authors, Body::upload},
    {get, "/api/v1/contacts", &list_contacts, authors},
    {get, "/api/v1/contacts/{phone}", &show_contact, authors},
    {post, "/api/v1/contacts/{phone}/opt-out", &opt_contact_out, people_desks},
    {post, "/api/v1/contacts/{phone}/consent", &record_consent, people_desks},
    {post, "/api/v1/do-not-call/import", &import_do_not_call, administrators, Body::upload},
    {get, "/api/v1/groups", &list_groups, campaigners},
    {get, "/api/v1/tags", &list_tags, campaigners},
    {post, "/api/v1/lists/import", &import_list, authors, Body::upload},
    {get, "/api/v1/lists", &list_number_lists, campaigners},
    {post, "/api/v1/facilities/import", &import_facilities, administrators, Body::upload},
    {get, "/api/v1/facilities", &list_facilities, facility_keepers},
    {post, "/api/v1/facilities/{name}", &put_facility, administrators, Body::json},
    {post, "/api/v1/facilities/{name}/duty", &set_duty, administrators, Body::json},
    {post, "/api/v1/duty/import", &import_duty, administrators, Body::upload},
    {get, "/api/v1/duty", &list_duty, facility_keepers},
    {get, "/api/v1/coverage", &show_coverage, facility_keepers},

    {post, "/api/v1/audiences", &save_audience, authors, Body::json},
    {get, "/api/v1/audiences", &list_audiences, campaigners},
    {post, "/api/v1/audiences/measure", &measure_query, authors, Body::json},
    {get, "/api/v1/audiences/{name}/size", &measure_audience, campaigners},
    {post, "/api/v1/campaigns", &create_campaign, authors, Body::json},
    {get, "/api/v1/campaigns", &list_campaigns, campaigners},
    {get, "/api/v1/campaigns/{id}", &show_campaign, campaigners},
    {get, "/api/v1/campaigns/{id}/preview", &preview_campaign, campaigners},
    {post, "/api/v1/campaigns/{id}/test", &test_campaign, authors, Body::json},
    {get, "/api/v1/campaigns/{id}/export", &export_campaign, campaigners},
    {get, "/api/v1/campaigns/{id}/breakdown", &break_campaign_down, campaigners},
    {get, "/api/v1/campaigns/{id}/audit", &audit_campaign, administrators},
    {post, "/api/v1/campaigns/{id}/repair", &repair_campaign, administrators},
    {get, "/api/v1/report", &report, report_readers},
    {post, "/api/v1/campaigns/{id}/edit", &edit_campaign, authors, Body::json},
    {post, "/api/v1/campaigns/{id}/tune", &tune_campaign, authors, Body::json},
    {get, "/api/v1/campaigns/{id}/history", &show_campaign_history, campaigners},
    {get, "/api/v1/campaigns/{id}/revisions/{number}", &show_campaign_revision, campaigners},
    {post, "/api/v1/campaigns/{id}/submit", &submit_campaign, authors, Body::json},
    {post, "/api/v1/campaigns/{id}/approve", &approve_campaign, second_eyes, Body::json},
    {post, "/api/v1/campaigns/{id}/reject", &reject_campaign, approvers, Body::json},
    {post, "/api/v1/campaigns/{id}/pause", &pause_campaign, campaigners, Body::json},
    {post, "/api/v1/campaigns/{id}/resume", &resume_campaign, campaigners, Body::json},
    {post, "/api/v1/campaigns/{id}/cancel", &cancel_campaign, campaigners, Body::json},
    {get, "/api/v1/campaigns/calendar", &show_calendar, campaigners},
    {get, "/api/v1/series", &list_series, campaigners},
    {get, "/api/v1/series/{id}", &show_series, campaigners},
    {post, "/api/v1/series/{id}/submit", &submit_series, authors, Body::json},
    {post, "/api/v1/series/{id}/approve", &approve_series, second_eyes, Body::json},
    {post, "/api/v1/series/{id}/reject", &reject_series, approvers, Body::json},
    {post, "/api/v1/series/{id}/pause", &pause_series, campaigners, Body::json},
    {post, "/api/v1/series/{id}/resume", &resume_series, campaigners, Body::json},
    {post, "/api/v1/series/{id}/cancel", &cancel_series, campaigners, Body::json},

    {post, "/api/v1/texts/measure", &measure_text, staff, Body::json},
    {post, "/api/v1/messages", &send_message, administrators, Body::json},
    {get, "/api/v1/messages", &list_messages, administrators},
    {get, "/api/v1/messages/{id}", &show_message, administrators},
    {post, "/api/v1/messages/{id}/resend", &resend_message, administrators},
    {post, "/api/v1/messages/{id}/write-off", &write_off_message, administrators},

    {post, "/api/v1/cases", &open_case, desk, Body::json},
    {get, "/api/v1/cases", &list_cases, desk},
    {get, "/api/v1/cases/sums", &sum_cases, case_counters},
    {get, "/api/v1/cases/{code}", &show_case, desk},
    {post, "/api/v1/calls", &take_call, desk, Body::json},
    {post, "/api/v1/cases/{code}/called-back", &call_back, desk},
    {post, "/api/v1/cases/{code}/close", &close_case, desk, Body::json},
    {post, "/api/v1/cases/{code}/accept", &accept_case, desk, Body::json},
    {post, "/api/v1/cases/{code}/decline", &decline_case, desk, Body::json},
    {post, "/api/v1/cases/{code}/transfer", &transfer_case, desk, Body::json},
    {post, "/api/v1/cases/{code}/handback", &hand_case_back, desk, Body::json},
    {post, "/api/v1/cases/{code}/progress", &report_progress, desk, Body::json},
    {post, "/api/v1/cases/{code}/reopen", &reopen_case, desk, Body::json},
    {post, "/api/v1/cases/{code}/clocks", &turn_clock, desk, Body::json},
    {post, "/api/v1/cases/{code}/consent", &record_case_consent, desk, Body::json},
    {post, "/api/v1/cases/{code}/read", &read_case, desk, Body::json},
    {post, "/api/v1/cases/{code}/erase", &erase_case, desk, Body::json},
    {post, "/api/v1/cases/erase-old", &erase_old_cases, administrators, Body::json},
    {get, "/api/v1/cases/{code}/safe-contact", &show_safe_contact, desk},
    {post, "/api/v1/cases/{code}/safe-contact", &record_safe_contact, desk, Body::json},
    {post, "/api/v1/cases/{code}/messages", &write_to_reporter, desk, Body::json},
    {post, "/api/v1/cases/{code}/messages/check", &check_to_reporter, desk, Body::json},

    {get, "/api/v1/referrals", &list_referrals, facilities},
    {get, "/api/v1/referrals/{code}", &show_referral, facilities},
    {post, "/api/v1/referrals/{code}/accept", &accept_referral, facilities, Body::json},
    {post, "/api/v1/referrals/{code}/decline", &decline_referral, facilities, Body::json},
    {post, "/api/v1/referrals/{code}/handback", &hand_referral_back, facilities, Body::json},
    {post, "/api/v1/referrals/{code}/progress", &report_referral_progress, facilities, Body::json},
    {post, "/api/v1/referrals/{code}/close", &close_referral, facilities, Body::json},

    {get, "/api/v1/journal", &list_journal, administrators},
    {get, "/api/v1/journal/verify", &verify_journal, administrators},

    {get, "/api/v1/gateways", &list_gateways, staff},
    {get, "/api/v1/gateways/{name}/throughput", &show_throughput, case_counters},
    {post, "/api/v1/gateways/{name}/pause", &pause_gateway, administrators},
    {post, "/api/v1/gateways/{name}/resume", &resume_gateway, administrators},

    {post, "/api/v1/sandbox/texts", &play_text, players, Body::json},
    {get, "/api/v1/sandbox/inbox", &list_handsets, players},
    {get, "/api/v1/sandbox/inbox/{phone}", &show_inbox, players},
});

}  // namespace

std::span<const Route> routes() {
  return table;
}

}  // namespace tongdai::api
