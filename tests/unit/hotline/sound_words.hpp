#pragma once

#include <string_view>

namespace tongdai::hotline {

/// The smallest file of phrases without a fault.
constexpr std::string_view sound_words = R"toml([commands]
accept = ["nhan"]
decline = ["tu choi"]
done = ["xong"]
transfer = ["chuyen"]
hand_back = ["tra lai"]
progress = ["dang lam"]
reopen = ["mo lai"]
beds = ["giuong"]
full = ["het giuong"]
[opt_out]
words = ["stop"]
[opt_in]
words = ["start"]
[sensitive]
words = ["bao luc"]
[replies]
acknowledge_vi = "Da nhan."
cover_vi = "Het hang."
text_only_vi = "Chi doc chu."
ask_place_vi = "Xa nao?"
opt_out_confirmed_vi = "Luc {time}."
[facility]
alert = "A {code}"
accepted = "B {code}"
taken = "C {code}"
hint_code = "D {codes}"
declined = "E {code}"
closed = "F {code}"
unknown_code = "G {code}"
not_yours = "H {code}"
duty_page = "P {code}"
missed_call = "M"
please_call = "C"
handed_back = "I {code}"
transferred = "J {code}"
transfer_unknown = "K {code}"
progress = "L {code}"
overtaken = "M {code}"
beds = "N {beds}"
beds_unclear = "O"
consent_needed = "W {code}"
consent_missing = "X {code}"
coverage_gap = "Q {areas}"
reminder = "R {code}"
clock_warning = "S {code}"
clock_overdue = "T {code}"
digest = "U {codes}"
digest_page = "V {codes}"
[relay]
held = "r {code}"
dropped = "r {code}"
repeated = "r {code}"
whose = "r {code}"
too_long = "r {code}"
text_only = "r {code}"
no_text = "r {code}"
duress = "r {code}"
duress_page = "r {code}"
stopped = "r {code}"
expired = "r {code}"
not_carried = "r {code}"
not_expired = "r {code}"
not_duress = "r {code}"
not_stopped = "r {code}"
not_unrecorded = "r {code}"
not_lapsed = "r {code}"
not_hours = "r {code}"
not_silent = "r {code}"
not_word = "r {code}"
not_name = "r {code}"
not_link = "r {code}"
not_code = "r {code}"
not_quote = "r {code}"
[urgency_names]
critical = "rat khan cap"
high = "khan cap"
normal = "thuong"
[service_names]
medical = "y te"
)toml";

}  // namespace tongdai::hotline
