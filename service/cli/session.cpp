#include "cli/session.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

namespace tongdai::cli {

namespace {

constexpr std::string_view socket_default = "/run/tongdai/tongdaid.sock";
constexpr std::size_t page_items_max = 500;  ///< asked for at once; a list of more takes several calls
constexpr std::size_t pages_max = 100'000;   ///< of one list

std::string words_of(const Json& problem, const std::string& key) {
  const auto at = problem.find(key);
  return at != problem.end() && at->is_string() ? printable(at->get_ref<const std::string&>())
                                                : std::string();
}

/// The sentences of an answer that is not 2xx: a problem document (RFC 9457), or whatever came instead.
Failure refusal(const Call& call, const Answer& answer) {
  Failure refused{Exit::refused, {}};
  const Json problem = Json::parse(answer.body, nullptr, /*allow_exceptions=*/false);
  if (problem.is_object()) {
    std::string reason = words_of(problem, "detail");
    if (reason.empty()) reason = words_of(problem, "title");
    if (!reason.empty()) refused.lines.push_back(std::move(reason));
    const auto faults = problem.find("errors");
    if (faults != problem.end() && faults->is_array()) {
      for (const Json& fault : *faults) {
        std::string line = value_text(fault);  // a single fault is the reason itself
        if (refused.lines.empty() || refused.lines.front() != line) refused.lines.push_back(std::move(line));
      }
    }
  }
  if (refused.lines.empty()) {
    const std::string path = call.target.substr(0, call.target.find('?'));
    refused.lines.push_back(
        fmt::format("The daemon refused {} with HTTP {} and gave no reason.", path, answer.status));
  }
  return refused;
}

/// Where a list goes on; "" at its end.
std::string cursor_of(const Json& page) {
  if (!page.is_object() || !page.contains("next") || page["next"].is_null()) return "";
  const Json& next = page["next"];
  return next.is_string() ? next.get<std::string>() : next.dump();
}

/// A name beside `file` for what is not whole yet.
std::filesystem::path unfinished(const std::filesystem::path& file) {
  std::filesystem::path beside = file;
  beside += fmt::format(".{}.part", ::getpid());
  return beside;
}

std::unexpected<Failure> bad_list(const std::string& target) {
  return failure(Exit::refused, fmt::format("The daemon's answer to {} is no list: it must have \"items\".",
                                            target.substr(0, target.find('?'))));
}

}  // namespace

std::string target_of(std::string_view path,
                      std::initializer_list<std::pair<std::string_view, std::optional<std::string>>> query) {
  std::string target = fmt::format("/api/v1{}", path);
  char before = '?';
  for (const auto& [key, value] : query) {
    if (!value) continue;
    target += fmt::format("{}{}={}", before, key, percent_encode(*value));
    before = '&';
  }
  return target;
}

std::filesystem::path Session::socket() const {
  if (!socket_option.empty()) return socket_option;
  const std::optional<std::string> named = terminal.environment("TONGDAI_SOCKET");
  return named && !named->empty() ? std::filesystem::path(*named) : std::filesystem::path(socket_default);
}

Outcome<Json> Session::call(const Call& call) {
  const Outcome<Answer> answer = ask(socket(), terminal.timeouts, call);
  if (!answer) return std::unexpected(answer.error());
  if (!zone_) {
    if (auto told = text::TimeZone::find(answer->zone)) zone_ = std::move(*told);
  }
  if (!answer->ok()) return std::unexpected(refusal(call, *answer));
  if (answer->body.empty()) return Json::object();
  Json document = Json::parse(answer->body, nullptr, /*allow_exceptions=*/false);
  if (document.is_discarded()) {
    return failure(Exit::refused,
                   fmt::format("What listens at {} answers no JSON: it is not tongdaid.", socket().string()));
  }
  return document;
}

Outcome<Json> Session::get(const std::string& target, Patience patience) {
  return call({.verb = Verb::get, .target = target, .patience = patience});
}

Outcome<Json> Session::post(const std::string& target, Patience patience) {
  return call({.verb = Verb::post, .target = target, .patience = patience});
}

Outcome<Json> Session::post(const std::string& target, const Json& body, Patience patience) {
  return call({.verb = Verb::post,
               .target = target,
               .content_type = "application/json",
               .body = body.dump(-1, ' ', false, Json::error_handler_t::replace),
               .patience = patience});
}

Outcome<Json> Session::upload(const std::string& target, const std::filesystem::path& file,
                              std::string_view content_type) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(file, error);
  if (!std::filesystem::exists(status))
    return failure(Exit::refused, fmt::format("{}: no such file", file.string()));
  if (!std::filesystem::is_regular_file(status)) {
    return failure(Exit::refused, fmt::format("{}: must be a file, not a folder or a pipe", file.string()));
  }
  return call({.verb = Verb::post,
               .target = target,
               .content_type = std::string(content_type),
               .upload = file,
               .patience = Patience::lengthy});
}

Outcome<void> Session::download(const std::string& target, const std::filesystem::path& file, bool force) {
  std::error_code error;
  if (!force && std::filesystem::exists(std::filesystem::symlink_status(file, error))) {
    return failure(Exit::refused, fmt::format("{}: is there already; --force replaces it", file.string()));
  }
  const std::filesystem::path part = unfinished(file);
  const Outcome<Json> answer =
      call({.verb = Verb::get, .target = target, .download = part, .patience = Patience::lengthy});
  if (answer) std::filesystem::rename(part, file, error);
  if (!answer || error) {
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
  }
  if (!answer) return std::unexpected(answer.error());
  if (error)
    return failure(Exit::refused, fmt::format("{}: cannot be written: {}", file.string(), error.message()));
  return {};
}

Outcome<Json> Session::list(const std::string& target, std::optional<std::size_t> limit) {
  Json items = Json::array();
  std::string cursor;
  for (std::size_t page = 0; page < pages_max; ++page) {
    std::string next = target;
    const auto add = [&next](std::string_view key, std::string_view value) {
      next +=
          fmt::format("{}{}={}", next.find('?') == std::string::npos ? '?' : '&', key, percent_encode(value));
    };
    if (limit) add("limit", std::to_string(std::min(*limit - items.size(), page_items_max)));
    if (!cursor.empty()) add("cursor", cursor);
    Outcome<Json> answer = get(next);
    if (!answer) return answer;
    const Json& found = answer->is_object() && answer->contains("items") ? (*answer)["items"] : *answer;
    if (!found.is_array()) return bad_list(target);
    for (const Json& item : found) {
      if (!limit || items.size() < *limit) items.push_back(item);
    }
    const std::string before = std::exchange(cursor, cursor_of(*answer));
    if (cursor.empty() || (limit && items.size() >= *limit)) return items;
    if (cursor == before) break;
  }
  return failure(Exit::refused,
                 fmt::format("The daemon's list of {} does not end: it must give another \"next\" with "
                             "each page, and null with the last.",
                             target.substr(0, target.find('?'))));
}

Outcome<void> Session::show(const Outcome<Json>& document, const Readable& readable) {
  if (!document) return std::unexpected(document.error());
  if (json) {
    terminal.out << document->dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
  } else {
    readable(terminal.out, zone_ ? in_zone(*document, *zone_) : *document);
  }
  return {};
}

Outcome<void> Session::show_table(const Outcome<Json>& items, const std::vector<Column>& columns) {
  return show(items, [&columns](std::ostream& out, const Json& list) { print_table(out, list, columns); });
}

}  // namespace tongdai::cli
