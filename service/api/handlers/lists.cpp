#include <fmt/format.h>

#include "api/handlers/handlers.hpp"
#include "api/views.hpp"
#include "directory/number_lists.hpp"

namespace tongdai::api {
namespace {

Json show(const directory::NumberListView& list) {
  return {{"name", list.name},
          {"members", list.members},
          {"columns", list.columns},
          {"updated_at", time_json(list.updated_at)}};
}

}  // namespace

Answer import_list(Context& context, const Request& request) {
  const auto name = read_query(request, [](config::Reader& r) {
    std::string given = r.text("name");
    if (given.size() > directory::NumberImport::name_bytes_max)
      r.fault("name", fmt::format("must be at most {} bytes", directory::NumberImport::name_bytes_max));
    return given;
  });
  if (!name) co_return name.error();
  auto report = co_await context.number_import.run(directory::NumberKind::list, request.upload, *name);
  if (!report) co_return problem(report.error());
  const std::int64_t strangers = co_await context.database.readers().run(
      [&name](storage::Tx& tx) { return directory::count_strangers(tx, *name); });
  if (strangers > 0) {
    report->remark(
        fmt::format("{} of them are no contacts, and campaigns do not go to them: bring them in with "
                    "\"tongdai contact import\"",
                    strangers));
  }
  co_return json_response(200, report_json(*report));
}

Answer list_number_lists(Context& context, const Request& request) {
  const auto page = read_query(request, [](config::Reader& r) { return read_page(r); });
  if (!page) co_return page.error();
  const auto lists = co_await context.database.readers().run(&directory::list_number_lists);
  co_return json_response(
      200, page_of(lists, *page, [](const directory::NumberListView& list) { return show(list); }));
}

}  // namespace tongdai::api
