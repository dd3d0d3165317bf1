#pragma once

#include "api/context.hpp"
#include "api/http.hpp"
#include "runtime/asio.hpp"

/// One handler a call of the API. Loop thread. What cannot be done is answered as a problem document; an
/// exception (a broken disk, a fault of ours) is the server's to answer.
namespace tongdai::api {

using Answer = asio::awaitable<Response>;

// operations.cpp: is it alive, can it work, its numbers, a copy of its data
Answer healthz(Context& context, const Request& request);
Answer readyz(Context& context, const Request& request);
Answer metrics(Context& context, const Request& request);
Answer make_backup(Context& context, const Request& request);

// console.cpp: the web console's own files
Answer show_console(Context& context, const Request& request);
Answer show_robots(Context& context, const Request& request);

// session.cpp: who signs in
Answer sign_in(Context& context, const Request& request);
Answer show_session(Context& context, const Request& request);
Answer sign_out(Context& context, const Request& request);
Answer change_password(Context& context, const Request& request);
Answer begin_second_factor(Context& context, const Request& request);
Answer confirm_second_factor(Context& context, const Request& request);
Answer remove_second_factor(Context& context, const Request& request);

// referrals.cpp: what a facility is asked, for its own people
Answer list_referrals(Context& context, const Request& request);
Answer show_referral(Context& context, const Request& request);
Answer accept_referral(Context& context, const Request& request);
Answer decline_referral(Context& context, const Request& request);
Answer hand_referral_back(Context& context, const Request& request);
Answer report_referral_progress(Context& context, const Request& request);
Answer close_referral(Context& context, const Request& request);

// users.cpp: who may sign in, and programs' tokens
Answer list_users(Context& context, const Request& request);
Answer add_user(Context& context, const Request& request);
Answer disable_user(Context& context, const Request& request);
Answer enable_user(Context& context, const Request& request);
Answer reset_user(Context& context, const Request& request);
Answer list_tokens(Context& context, const Request& request);
Answer make_token(Context& context, const Request& request);
Answer revoke_token(Context& context, const Request& request);

// status.cpp
Answer show_status(Context& context, const Request& request);

// texts.cpp
Answer measure_text(Context& context, const Request& request);

// messages.cpp
Answer send_message(Context& context, const Request& request);
Answer list_messages(Context& context, const Request& request);
Answer show_message(Context& context, const Request& request);
Answer resend_message(Context& context, const Request& request);
Answer write_off_message(Context& context, const Request& request);

// audiences.cpp
Answer save_audience(Context& context, const Request& request);
Answer list_audiences(Context& context, const Request& request);
Answer measure_audience(Context& context, const Request& request);
Answer measure_query(Context& context, const Request& request);

// campaigns.cpp
Answer create_campaign(Context& context, const Request& request);
Answer list_campaigns(Context& context, const Request& request);
Answer show_campaign(Context& context, const Request& request);
// campaign_preview.cpp
Answer preview_campaign(Context& context, const Request& request);
// campaign_test_send.cpp
Answer test_campaign(Context& context, const Request& request);
// campaign_export.cpp
Answer export_campaign(Context& context, const Request& request);
// campaign_accounts.cpp
Answer break_campaign_down(Context& context, const Request& request);
Answer audit_campaign(Context& context, const Request& request);
Answer repair_campaign(Context& context, const Request& request);
// campaign_report.cpp
Answer report(Context& context, const Request& request);
// campaign_edits.cpp
Answer edit_campaign(Context& context, const Request& request);
Answer tune_campaign(Context& context, const Request& request);
// campaign_history.cpp
Answer show_campaign_history(Context& context, const Request& request);
Answer show_campaign_revision(Context& context, const Request& request);
// campaign_actions.cpp
Answer submit_campaign(Context& context, const Request& request);
Answer approve_campaign(Context& context, const Request& request);
Answer reject_campaign(Context& context, const Request& request);
Answer pause_campaign(Context& context, const Request& request);
Answer resume_campaign(Context& context, const Request& request);
Answer cancel_campaign(Context& context, const Request& request);

// campaign_calendar.cpp
Answer show_calendar(Context& context, const Request& request);
// series.cpp
Answer list_series(Context& context, const Request& request);
Answer show_series(Context& context, const Request& request);
Answer submit_series(Context& context, const Request& request);
Answer approve_series(Context& context, const Request& request);
Answer reject_series(Context& context, const Request& request);
Answer pause_series(Context& context, const Request& request);
Answer resume_series(Context& context, const Request& request);
Answer cancel_series(Context& context, const Request& request);

// directory.cpp
Answer import_units(Context& context, const Request& request);
Answer list_units(Context& context, const Request& request);
Answer import_places(Context& context, const Request& request);
Answer list_places(Context& context, const Request& request);
Answer import_contacts(Context& context, const Request& request);
Answer list_contacts(Context& context, const Request& request);
Answer show_contact(Context& context, const Request& request);
Answer opt_contact_out(Context& context, const Request& request);
Answer record_consent(Context& context, const Request& request);
Answer import_do_not_call(Context& context, const Request& request);
Answer list_groups(Context& context, const Request& request);
Answer list_tags(Context& context, const Request& request);
Answer import_facilities(Context& context, const Request& request);
Answer list_facilities(Context& context, const Request& request);
Answer put_facility(Context& context, const Request& request);

// duty.cpp
Answer show_coverage(Context& context, const Request& request);
Answer import_duty(Context& context, const Request& request);
Answer list_duty(Context& context, const Request& request);
Answer set_duty(Context& context, const Request& request);

// lists.cpp
Answer import_list(Context& context, const Request& request);
Answer list_number_lists(Context& context, const Request& request);

// cases.cpp
Answer open_case(Context& context, const Request& request);
Answer list_cases(Context& context, const Request& request);
Answer show_case(Context& context, const Request& request);
Answer take_call(Context& context, const Request& request);
Answer call_back(Context& context, const Request& request);
Answer close_case(Context& context, const Request& request);
// case_actions.cpp: in a facility's name
Answer accept_case(Context& context, const Request& request);
Answer decline_case(Context& context, const Request& request);
Answer transfer_case(Context& context, const Request& request);
Answer hand_case_back(Context& context, const Request& request);
Answer report_progress(Context& context, const Request& request);
Answer reopen_case(Context& context, const Request& request);
Answer turn_clock(Context& context, const Request& request);
Answer record_case_consent(Context& context, const Request& request);
Answer show_safe_contact(Context& context, const Request& request);
Answer record_safe_contact(Context& context, const Request& request);
Answer write_to_reporter(Context& context, const Request& request);
Answer check_to_reporter(Context& context, const Request& request);

// case_data.cpp
Answer read_case(Context& context, const Request& request);
Answer erase_case(Context& context, const Request& request);
Answer erase_old_cases(Context& context, const Request& request);

// case_sums.cpp
Answer sum_cases(Context& context, const Request& request);

// journal.cpp
Answer list_journal(Context& context, const Request& request);
Answer verify_journal(Context& context, const Request& request);

// gateways.cpp
Answer list_gateways(Context& context, const Request& request);
Answer show_throughput(Context& context, const Request& request);
Answer pause_gateway(Context& context, const Request& request);
Answer resume_gateway(Context& context, const Request& request);

// sandbox.cpp
Answer play_text(Context& context, const Request& request);
Answer show_inbox(Context& context, const Request& request);
Answer list_handsets(Context& context, const Request& request);

}  // namespace tongdai::api
