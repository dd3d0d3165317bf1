#include "api/handlers/files.hpp"
#include "api/handlers/handlers.hpp"
#include "api/views.hpp"
#include "campaigns/accounts.hpp"
#include "campaigns/breakdown.hpp"
#include "directory/unit_levels.hpp"
#include "report/row_file.hpp"

namespace tongdai::api {
namespace {

constexpr std::int64_t rows_a_step = 20'000;  // of a reader's turn: others read in between

struct Wish {
  report::RowFormat format = report::RowFormat::csv;
  bool whole = false;
};

Wish read_wish(config::Reader& r) {
  Wish wish;
  wish.format = read_enum<report::RowFormat>(r, "format").value_or(report::RowFormat::csv);
  wish.whole = r.one_of("numbers", {"masked", "whole"}, "masked") == "whole";
  return wish;
}

const std::vector<std::string>& head() {
  static const std::vector<std::string> names{"seq",  "phone",    "state",   "reason", "message",
                                              "unit", "language", "carrier", "parts",  "at"};
  return names;
}

/// One line of the file. The unit's name stands behind its code, which keeps the code a text.
class Liner {
 public:
  Liner(const Context& context, bool whole) : context_(context), whole_(whole) {}

  [[nodiscard]] report::Cells line(const directory::UnitLevels& units,
                                   const campaigns::AccountLine& l) const {
    using report::Cell;
    const auto text = [](std::string t) { return Cell::of(std::move(t)); };
    const auto unit = units.named(l.unit);
    return {Cell::count(l.seq),
            text(whole_ ? l.phone.reveal() : l.phone.masked()),
            text(l.state),
            text(l.reason),
            text(l.message ? to_string(l.message) : ""),
            text(unit.code.empty() ? "" : unit.code + ' ' + unit.name),
            text(l.language),
            text(l.is_held() ? "" : campaigns::carrier_of(context_.plan, l.phone)),
            l.parts > 0 ? Cell::count(l.parts) : Cell{},
            text(l.at ? context_.zone.print(*l.at) : "")};
  }

 private:
  const Context& context_;
  bool whole_;
};

/// The rows behind `after`. The last one's place; nullopt when there were none.
std::optional<std::int64_t> write_step(storage::Tx& tx, const Liner& liner, report::RowFile& file,
                                       CampaignId id, std::int64_t after) {
  const directory::UnitLevels units(tx);
  const auto lines = campaigns::lines_after(tx, id, after, rows_a_step);
  for (const campaigns::AccountLine& l : lines) file.row(liner.line(units, l));
  return lines.empty() ? std::nullopt : std::optional(lines.back().seq);
}

/// Writes it all, on the readers. Each person stands there once; how they stand is of the step's moment.
asio::awaitable<Result<void>> write_rows(Context& context, const OutFile& out, CampaignId id, Wish wish) {
  auto file = report::open_rows(wish.format, out.path(), out.folder(), head());
  if (!file) co_return std::unexpected(file.error());
  const Liner liner(context, wish.whole);
  std::optional<std::int64_t> at = 0;
  while (at) {
    at = co_await context.database.readers().run(
        [&](storage::Tx& tx) { return write_step(tx, liner, **file, id, *at); });
  }
  co_return co_await context.database.readers().run([&](storage::Tx&) { return (*file)->close(); });
}

/// The campaign, whose history says who took whole numbers away, before they do.
asio::awaitable<bool> note_export(Context& context, const Request& request, CampaignId id, Wish wish) {
  if (!wish.whole) {
    co_return co_await context.database.readers().run(
        [&](storage::Tx& tx) { return campaigns::find(tx, id).has_value(); });
  }
  const TimePoint now = context.clock.now();
  co_return co_await context.database.writer().run([&](storage::Tx& tx) {
    const auto campaign = campaigns::find(tx, id);
    if (campaign) {
      campaigns::note(tx, context.ids, *campaign, actor_of(request).name, "exported with whole numbers", now);
    }
    return campaign.has_value();
  });
}

}  // namespace

Answer export_campaign(Context& context, const Request& request) {
  const auto id = place_id<CampaignId>(request);
  if (!id) co_return problem(id.error());
  const auto wish = read_query(request, &read_wish);
  if (!wish) co_return wish.error();
  if (wish->whole && request.door != Door::socket) {
    co_return problem(403, "forbidden", "Forbidden",
                      "numbers: whole ones are given to the administrator at the socket only; take masked");
  }
  const bool found = co_await note_export(context, request, *id, *wish);
  if (!found) co_return problem(Error{Code::not_found, "there is no campaign " + to_string(*id)});
  const auto out = OutFile::create(context);
  if (!out) co_return problem(out.error());
  const auto written = co_await write_rows(context, *out, *id, *wish);
  if (!written) co_return problem(written.error());
  const bool csv = wish->format == report::RowFormat::csv;
  co_return out->answer(csv ? csv_type : xlsx_type,
                        "campaign-" + to_string(*id) + "." + std::string(name_of(wish->format)));
}

}  // namespace tongdai::api
