#include "ops/journal.hpp"

#include "api/handlers/handlers.hpp"
#include "api/views.hpp"

namespace tongdai::api {

Answer list_journal(Context& context, const Request& request) {
  const auto page = read_query(request, [](config::Reader& r) { return read_page(r); });
  if (!page) co_return page.error();
  const auto found = co_await context.database.readers().run(
      [&page](storage::Tx& tx) { return ops::list_journal(tx, page->number(), page->limit + 1); });
  const auto limit = static_cast<std::size_t>(page->limit);
  Json items = Json::array();
  for (std::size_t i = 0; i < found.size() && i < limit; ++i) {
    const ops::JournalEntry& e = found[i];
    items.push_back({{"number", e.number},
                     {"at", time_json(e.at)},
                     {"who", e.who},
                     {"action", e.action},
                     {"object", text_or_null(e.object)},
                     {"detail", text_or_null(e.detail)}});
  }
  const std::string next = found.size() > limit ? std::to_string(found[limit - 1].number) : "";
  co_return json_response(200, list_of(std::move(items), next));
}

Answer verify_journal(Context& context, const Request& request) {
  (void)request;
  const auto verdict = co_await context.database.readers().run(
      [&context](storage::Tx& tx) { return ops::verify_journal(tx, context.database.vault()); });
  co_return json_response(200, {{"sound", verdict.fault.empty()},
                                {"entries", verdict.entries},
                                {"fault", text_or_null(verdict.fault)}});
}

}  // namespace tongdai::api
