#include <charconv>
#include <fstream>

#include "api/handlers/files.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/prices.hpp"
#include "api/views.hpp"
#include "report/document.hpp"
#include "report/html.hpp"
#include "report/spreadsheet.hpp"

namespace tongdai::api {
namespace {

constexpr std::size_t campaigns_max = 200;
constexpr auto period_max = std::chrono::days{731};

enum class Format : std::uint8_t { html, xlsx };

struct Wish {
  std::vector<CampaignId> campaigns;
  std::int64_t series = 0;
  report::Terms terms;
  Format format = Format::html;
  report::Language language = report::Language::vi;
};

}  // namespace
}  // namespace tongdai::api

template <>
struct tongdai::EnumNames<tongdai::api::Format> {
  static constexpr std::array<std::string_view, 2> names{"html", "xlsx"};
};

namespace tongdai::api {
namespace {

/// "2021-11-15": its number of days since 1970.
std::optional<std::chrono::sys_days> read_date(config::Reader& r, std::string_view key) {
  const std::string written = r.text(key);
  if (written.empty()) return std::nullopt;
  const auto midnight =
      written.size() == 10 ? parse_rfc3339(written + "T00:00:00Z") : fail(Code::invalid, "");
  if (!midnight) {
    r.fault(key, "must be a day such as 2021-11-15");
    return std::nullopt;
  }
  return std::chrono::floor<std::chrono::days>(*midnight);
}

/// The instant at which the zone's clocks show the beginning of that day.
TimePoint begin_of(std::chrono::sys_days day, const text::TimeZone& zone) {
  constexpr auto most_ahead = std::chrono::hours{15};  // no zone is further from UTC
  const std::chrono::year_month_day date{day};
  TimePoint at = zone.next_at(TimePoint{day} - most_ahead, 0);
  while (zone.local(at).day != static_cast<int>(static_cast<unsigned>(date.day())))
    at = zone.next_at(at + 1h, 0);
  return at;
}

void read_period(config::Reader& r, Wish& wish, const text::TimeZone& zone) {
  const auto from = read_date(r, "from");
  const auto to = read_date(r, "to");
  if (!from || !to) return;
  if (*to < *from) return r.fault("to", "must not be before from");
  if (*to - *from > period_max) return r.fault("to", "must be at most two years after from");
  wish.terms.from = begin_of(*from, zone);
  wish.terms.to = begin_of(*to + std::chrono::days{1}, zone);
}

std::vector<CampaignId> read_campaigns(config::Reader& r) {
  std::vector<CampaignId> ids;
  std::string left = r.text("campaigns", "");
  while (!left.empty()) {
    const std::size_t to = std::min(left.find(','), left.size());
    const auto id = parse_id(left.substr(0, to));
    if (!id) {
      r.fault("campaigns", "must be ids of campaigns, separated by commas");
      return {};
    }
    ids.push_back(CampaignId{*id});
    left.erase(0, to + 1);
  }
  if (ids.size() > campaigns_max)
    r.fault("campaigns", "must be at most " + std::to_string(campaigns_max) + " campaigns");
  std::ranges::sort(ids);
  if (std::ranges::adjacent_find(ids) != ids.end()) r.fault("campaigns", "must name each campaign once");
  return ids;
}

Wish read_wish(config::Reader& r, const text::TimeZone& zone) {
  Wish wish;
  read_period(r, wish, zone);
  wish.campaigns = read_campaigns(r);
  if (const auto series = r.maybe_text("series")) {
    const auto id = parse_id(*series);
    if (!id) r.fault("series", "must be the id of a series");
    if (!wish.campaigns.empty()) r.fault("series", "must not stand beside campaigns");
    wish.series = id.value_or(0);
  }
  if (const auto level = r.maybe_text("level")) {
    const auto parsed = directory::UnitLevel::parse(*level);
    if (!parsed) r.fault("level", parsed.error().what);
    wish.terms.level = parsed.value_or(wish.terms.level);
  }
  wish.terms.interval = read_enum<hotline::Interval>(r, "interval").value_or(hotline::Interval::month);
  wish.format = read_enum<Format>(r, "format").value_or(Format::html);
  wish.language = read_enum<report::Language>(r, "language").value_or(report::Language::vi);
  return wish;
}

using Chosen = std::expected<std::vector<campaigns::Campaign>, Error>;

Chosen choose(storage::Tx& tx, const Wish& wish) {
  if (wish.campaigns.empty() && wish.series == 0) return report::campaigns_of(tx, wish.terms);
  if (wish.series != 0) {
    auto steps = report::campaigns_of_series(tx, wish.series);
    if (steps.empty()) return fail(Code::not_found, "there is no series " + std::to_string(wish.series));
    return steps;
  }
  std::vector<campaigns::Campaign> all;
  for (const CampaignId id : wish.campaigns) {
    auto c = campaigns::find(tx, id);
    if (!c) return fail(Code::not_found, "there is no campaign " + to_string(id));
    all.push_back(std::move(*c));
  }
  std::ranges::sort(all, {}, [](const campaigns::Campaign& c) { return std::pair(c.schedule.start, c.id); });
  return all;
}

/// Turn by turn of a reader, for others read too.
asio::awaitable<report::Figures> gather(Context& context, const report::Terms& terms,
                                        const std::vector<campaigns::Campaign>& campaigns) {
  report::Gathering gathering(terms, context.plan, context.zone);
  storage::Readers& readers = context.database.readers();
  constexpr int done = 0;
  for (const campaigns::Campaign& c : campaigns) {
    co_await readers.run([&](storage::Tx& tx) { return gathering.add_campaign(tx, c), done; });
    for (const campaigns::Dimension by : report::Gathering::dimensions)
      co_await readers.run([&](storage::Tx& tx) { return gathering.add_shares(tx, c, by), done; });
  }
  co_await readers.run([&](storage::Tx& tx) { return gathering.add_cases(tx), done; });
  co_return gathering.finish();
}

Result<void> write_page(const std::string& page, const std::filesystem::path& file) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << page;
  out.close();
  if (out.good()) return {};
  return fail(Code::unavailable, "the report cannot be written: is the disk full?");
}

}  // namespace

Answer report(Context& context, const Request& request) {
  auto wish = read_query(request, [&](config::Reader& r) { return read_wish(r, context.zone); });
  if (!wish) co_return wish.error();
  wish->terms.price = prices(context);
  const auto chosen =
      co_await context.database.readers().run([&](storage::Tx& tx) { return choose(tx, *wish); });
  if (!chosen) co_return problem(chosen.error());
  if (chosen->size() > campaigns_max) {
    co_return problem(Error{Code::limit, "the period has more than " + std::to_string(campaigns_max) +
                                             " campaigns: take a shorter one, or name campaigns"});
  }
  const report::Figures figures = co_await gather(context, wish->terms, *chosen);
  const report::Edition edition{context.service_name, wish->terms.from, wish->terms.to,
                                context.clock.now(),  context.zone,     wish->language};
  const report::Document document = report::write_document(figures, edition);
  const auto out = OutFile::create(context);
  if (!out) co_return problem(out.error());
  const bool is_page = wish->format == Format::html;
  const auto written = co_await context.database.readers().run([&](storage::Tx&) {
    return is_page ? write_page(report::print_html(document), out->path())
                   : report::write_xlsx(document, out->path(), out->folder());
  });
  if (!written) co_return problem(written.error());
  co_return out->answer(is_page ? html_type : xlsx_type, is_page ? "report.html" : "report.xlsx");
}

}  // namespace tongdai::api
