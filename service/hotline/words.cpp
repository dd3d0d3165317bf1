#include "hotline/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "text/encoding.hpp"
#include "text/fold.hpp"

namespace tongdai::hotline {
namespace {

// What the names shown to facilities leave out is shown by its key; without the rest there is no hotline.
constexpr std::array<std::string_view, 8> tables{"commands", "opt_out",  "opt_in",        "sensitive",
                                                 "replies",  "facility", "service_names", "relay"};
constexpr std::array<std::string_view, 5> reply_keys{"acknowledge_vi", "ask_place_vi", "opt_out_confirmed_vi",
                                                     "cover_vi", "text_only_vi"};
constexpr auto facility_keys = std::to_array<std::string_view>(
    {"missed_call",    "please_call",      "alert",        "accepted",  "taken",         "hint_code",
     "declined",       "closed",           "unknown_code", "not_yours", "duty_page",     "handed_back",
     "transferred",    "transfer_unknown", "progress",     "overtaken", "beds",          "beds_unclear",
     "consent_needed", "consent_missing",  "coverage_gap", "reminder",  "clock_warning", "clock_overdue",
     "digest",         "digest_page"});
constexpr auto relay_keys = std::to_array<std::string_view>(
    {"held",        "dropped",    "repeated",    "whose",          "too_long",   "text_only",
     "no_text",     "duress",     "duress_page", "stopped",        "expired",    "not_carried",
     "not_expired", "not_duress", "not_stopped", "not_unrecorded", "not_lapsed", "not_hours",
     "not_silent",  "not_word",   "not_name",    "not_link",       "not_code",   "not_quote"});

std::vector<std::string> folded(const std::vector<std::string>& written) {
  std::vector<std::string> out;
  for (const std::string& w : written) {
    std::string f = text::fold(w);
    if (!f.empty() && std::ranges::find(out, f) == out.end()) out.push_back(std::move(f));
  }
  return out;
}

std::vector<std::string> phrases(config::Reader& reader, std::string_view key) {
  auto list = folded(reader.texts(key));
  if (list.empty()) reader.fault(key, "must be a list of at least one phrase");
  return list;
}

std::map<std::string, std::string> texts(config::Reader& reader) {
  std::map<std::string, std::string> out;
  for (const auto& [key, node] : reader.members()) {
    if (const auto* value = std::get_if<std::string>(&node.value())) {
      out[key] = *value;
    } else {
      reader.fault(key, "must be a text");
    }
  }
  return out;
}

template <std::size_t N>
void require(config::Reader& reader, const std::map<std::string, std::string>& have,
             const std::array<std::string_view, N>& keys) {
  for (const std::string_view key : keys) {
    if (!have.contains(std::string(key))) reader.fault(key, "is required");
  }
}

void check_replies(config::Reader& reader, const Words& words) {
  const outbox::Discretion discretion = words.discretion();
  for (const auto& [key, text] : words.replies) {
    if (const auto objection = discretion.objection(text)) {
      reader.fault(key, fmt::format("could never be sent to a reporter: {}", objection->print()));
    } else if (text::measure(text).parts != 1) {
      reader.fault(key, "must fit into one part");
    }
  }
}

}  // namespace

Words Words::read(const config::Node& document, config::Faults& faults) {
  Words w;
  config::Reader top(document, "", faults);
  for (const std::string_view table : tables) {
    if (!top.has(table)) top.fault(table, "is required");
  }
  top.table("commands", [&](config::Reader& r) {
    w.commands.accept = phrases(r, "accept");
    w.commands.decline = phrases(r, "decline");
    w.commands.done = phrases(r, "done");
    w.commands.transfer = phrases(r, "transfer");
    w.commands.hand_back = phrases(r, "hand_back");
    w.commands.progress = phrases(r, "progress");
    w.commands.reopen = phrases(r, "reopen");
    w.commands.beds = phrases(r, "beds");
    w.commands.full = phrases(r, "full");
  });
  top.table("opt_out", [&](config::Reader& r) { w.commands.opt_out = phrases(r, "words"); });
  top.table("opt_in", [&](config::Reader& r) { w.commands.opt_in = phrases(r, "words"); });
  top.table("sensitive", [&](config::Reader& r) { w.sensitive = phrases(r, "words"); });
  top.table("replies", [&](config::Reader& r) {
    w.replies = texts(r);
    require(r, w.replies, reply_keys);
    check_replies(r, w);
  });
  top.table("facility", [&](config::Reader& r) {
    w.facility = texts(r);
    require(r, w.facility, facility_keys);
  });
  top.table("relay", [&](config::Reader& r) {
    w.relay = texts(r);
    require(r, w.relay, relay_keys);
  });
  top.table("urgency_names", [&](config::Reader& r) { w.urgency_names = texts(r); });
  top.table("service_names", [&](config::Reader& r) { w.service_names = texts(r); });
  top.table("clock_names", [&](config::Reader& r) { w.clock_names = texts(r); });
  return w;
}

void Words::add_languages(const std::filesystem::path& folder, std::string& printed) {
  const auto languages = recognition::read_languages(folder, services(), printed);
  for (const auto& language : languages)
    sounds.insert(sounds.end(), language.sounds.begin(), language.sounds.end());
  recogniser = std::make_shared<const recognition::Recogniser>(languages);
}

std::vector<std::string> Words::services() const {
  std::vector<std::string> names;
  for (const auto& [name, shown] : service_names) names.push_back(name);
  return names;
}

std::string fill(std::string_view text, const std::map<std::string, std::string>& values) {
  std::string out;
  while (!text.empty()) {
    const auto named = std::ranges::find_if(values, [&](const auto& value) {
      const std::string& name = value.first;
      return text.size() >= name.size() + 2 && text.front() == '{' && text.substr(1, name.size()) == name &&
             text[name.size() + 1] == '}';
    });
    if (named != values.end()) {
      out += named->second;
      text.remove_prefix(named->first.size() + 2);
    } else {
      out += text.front();
      text.remove_prefix(1);
    }
  }
  return out;
}

}  // namespace tongdai::hotline
