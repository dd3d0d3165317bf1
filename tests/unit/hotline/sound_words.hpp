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
[urgency_names]
critical = "rat khan cap"
high = "khan cap"
normal = "thuong"
[service_names]
medical = "y te"
)toml";

}  // namespace tongdai::hotline
