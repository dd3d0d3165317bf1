#include <fmt/format.h>

#include <algorithm>

#include "api/handlers/handlers.hpp"
#include "api/views.hpp"
#include "campaigns/saved_audience.hpp"

namespace tongdai::api {
namespace {

using campaigns::SavedAudience;

constexpr std::size_t name_bytes_max = 200;

struct Named {
  std::string name;
  campaigns::AudienceQuery query;
};

/// It must be possible to write the name into a path.
std::string read_name(config::Reader& r) {
  constexpr unsigned char delete_sign = 0x7F;
  std::string name = r.text("name");
  if (name.size() > name_bytes_max) r.fault("name", fmt::format("must be at most {} bytes", name_bytes_max));
  const auto is_control = [](unsigned char c) { return c < ' ' || c == delete_sign; };
  if (std::ranges::any_of(name, is_control))
    r.fault("name", "must have no line breaks and control characters");
  return name;
}

Json show(const SavedAudience& saved) {
  const campaigns::AudienceQuery& q = saved.query;
  return {{"name", saved.name},
          {"groups", q.groups},
          {"units", q.units},
          {"languages", q.languages},
          {"tags", q.tags},
          {"lists", q.lists},
          {"exclude_groups", q.exclude_groups},
          {"exclude_units", q.exclude_units},
          {"exclude_tags", q.exclude_tags},
          {"exclude_lists", q.exclude_lists},
          {"sample", q.one_in},
          {"created_at", time_json(saved.created_at)},
          {"updated_at", time_json(saved.updated_at)}};
}

Json show(const campaigns::AudienceSize& size) {
  Json exclusions = Json::object();
  for (const auto& [reason, count] : size.exclusions) exclusions[reason] = count;
  std::int64_t recipients = 0;
  for (const auto& [text, count] : size.by_text) recipients += count;
  return {{"audience", size.audience},
          {"exclusions", std::move(exclusions)},
          {"duplicates", size.duplicates},
          {"recipients", recipients}};
}

}  // namespace

Answer save_audience(Context& context, const Request& request) {
  const auto named = read_body(request, [](config::Reader& r) {
    return Named{read_name(r), campaigns::AudienceQuery::read_terms(r)};
  });
  if (!named) co_return named.error();
  config::Faults faults;
  const auto saved = co_await context.database.writer().run([&](storage::Tx& tx) {
    campaigns::save_audience(tx, context.ids, named->name, named->query, context.clock.now(), faults);
    return faults.empty() ? campaigns::find_saved(tx, named->name) : std::nullopt;
  });
  if (!saved) co_return bad_request(faults);
  co_return json_response(200, show(*saved));
}

Answer list_audiences(Context& context, const Request& request) {
  const auto page = read_query(request, [](config::Reader& r) { return read_page(r); });
  if (!page) co_return page.error();
  const auto saved = co_await context.database.readers().run([&page](storage::Tx& tx) {
    const std::int64_t most = page->number() + page->limit + 1;
    return campaigns::list_saved(tx, static_cast<int>(std::min<std::int64_t>(most, INT32_MAX)));
  });
  co_return json_response(200, page_of(saved, *page, [](const SavedAudience& s) { return show(s); }));
}

Answer measure_audience(Context& context, const Request& request) {
  const std::string name(request.place("name"));
  const auto size = co_await context.database.readers().run(
      [&name](storage::Tx& tx) { return campaigns::measure_saved(tx, name); });
  if (!size)
    co_return problem(Error{Code::not_found, fmt::format("there is no saved audience \"{}\"", name)});
  Json json = {{"name", name}};
  json.update(show(*size));
  co_return json_response(200, json);
}

Answer measure_query(Context& context, const Request& request) {
  const auto query = read_body(request, &campaigns::AudienceQuery::read);
  if (!query) co_return query.error();
  config::Faults faults;
  const auto size = co_await context.database.readers().run(
      [&](storage::Tx& tx) { return campaigns::measure_query(tx, *query, faults); });
  if (!size) co_return bad_request(faults);
  co_return json_response(200, show(*size));
}

}  // namespace tongdai::api
