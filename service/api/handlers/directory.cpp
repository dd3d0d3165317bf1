#include <algorithm>
#include <fstream>

#include "api/handlers/handlers.hpp"
#include "api/views.hpp"
#include "directory/contacts.hpp"
#include "directory/facilities.hpp"
#include "directory/place_import.hpp"
#include "directory/units.hpp"
#include "outbox/suppression.hpp"

namespace tongdai::api {
namespace {

constexpr std::size_t group_bytes_max = 200;
constexpr std::size_t facility_people_max = 100;

struct NameQuery {
  std::string name;
  Page page;
};

struct ContactQuery {
  std::string query, unit, group, tag;
  bool opted_out = false;
  Page page;
};

struct Listed {
  directory::ContactView contact;
  bool opted_out = false;
};

struct ListedPage {
  std::vector<Listed> items;
  ContactId next;
};

struct ContactState {
  std::optional<directory::ContactView> contact;
  bool opted_out = false;
  bool consented = false;
  bool do_not_call = false;
};

Response answer(const Result<directory::ImportReport>& report) {
  return report ? json_response(200, report_json(*report)) : problem(report.error());
}

Json show(const directory::UnitView& u) {
  return {{"code", u.code},
          {"name", u.name},
          {"type", u.type},
          {"parent", text_or_null(u.parent)},
          {"valid_from", time_json(u.valid_from)},
          {"valid_to", time_json(u.valid_to)},
          {"replaced_by", text_or_null(u.replaced_by)}};
}

Json show(const directory::PlaceView& p) {
  return {{"name", p.name}, {"type", p.type}, {"unit", p.unit}, {"unit_name", p.unit_name}};
}

/// A facility, and who of its people is on duty now.
struct FacilityNow {
  directory::FacilityView facility;
  std::vector<Phone> on_duty;
};

Json show(const FacilityNow& now) {
  const directory::FacilityView& f = now.facility;
  Json contacts = Json::array();
  for (const auto& c : f.contacts) {
    const bool is_on = std::ranges::find(now.on_duty, c.phone) != now.on_duty.end();
    contacts.push_back({{"phone", c.phone.reveal()}, {"hours", c.hours}, {"on_duty", is_on}});
  }
  return {{"id", to_string(f.id)},
          {"name", f.name},
          {"type", f.type},
          {"services", f.services},
          {"units", f.units},
          {"contacts", std::move(contacts)},
          {"weight", f.weight},
          {"languages", f.languages},
          {"beds", f.beds ? Json{{"free", f.beds->free}, {"told_at", time_json(f.beds->told_at)}} : Json()}};
}

/// A number that is in no list can refuse as well, and is shown then.
Json show(const Phone& phone, const ContactState& state) {
  const directory::ContactView contact = state.contact.value_or(directory::ContactView{});
  return {{"phone", phone.reveal()},
          {"name", contact.name},
          {"unit", text_or_null(contact.unit)},
          {"language", text_or_null(contact.language)},
          {"groups", contact.groups},
          {"tags", contact.tags},
          {"opted_out", state.opted_out},
          {"consented", state.consented},
          {"do_not_call", state.do_not_call}};
}

/// Masked, as in all lists: who needs the number of one person knows it, or asks for it by itself.
Json show(const Listed& l) {
  return {{"id", to_string(l.contact.id)},
          {"phone", l.contact.phone.masked()},
          {"name", l.contact.name},
          {"unit", text_or_null(l.contact.unit)},
          {"language", text_or_null(l.contact.language)},
          {"groups", l.contact.groups},
          {"tags", l.contact.tags},
          {"opted_out", l.opted_out}};
}

ContactQuery read_contact_query(config::Reader& r) {
  ContactQuery q;
  q.query = read_bounded(r, "query", group_bytes_max);
  q.unit = r.text("unit", "");
  q.group = read_bounded(r, "group", group_bytes_max);
  q.tag = read_bounded(r, "tag", group_bytes_max);
  q.opted_out = r.one_of("opted_out", {"true", "false"}, "false") == "true";
  q.page = read_page(r);
  return q;
}

/// Error: not_found.
Result<ListedPage> find(storage::Tx& tx, const Context& context, const ContactQuery& q) {
  directory::ContactFilter filter{.group = q.group, .tag = q.tag};
  // A whole number finds its contact; a part of one finds nothing, so that masks hide what they hide.
  const auto number = context.plan.parse(q.query);
  if (!number) filter.name = q.query;
  if (!q.unit.empty()) {
    const auto unit = directory::unit_by_code(tx, q.unit, context.clock.now());
    if (!unit) return fail(Code::not_found, "unit: there is no unit of this code");
    filter.unit = *unit;
  }
  if (q.opted_out) filter.also = [&tx](const Phone& phone) { return outbox::has_opted_out(tx, phone); };
  directory::ContactPage page;
  if (number) {
    if (auto one = directory::find_contact(tx, number->phone)) page.contacts.push_back(std::move(*one));
  } else {
    page = directory::find_contacts(tx, filter, ContactId{q.page.number()},
                                    static_cast<std::size_t>(q.page.limit));
  }
  ListedPage listed{{}, page.next};
  for (auto& contact : page.contacts) {
    const bool opted_out = outbox::has_opted_out(tx, contact.phone);
    listed.items.push_back({std::move(contact), opted_out});
  }
  return listed;
}

FacilityNow with_duty(storage::Tx& tx, const Context& context, directory::FacilityView f) {
  auto on_duty = directory::contacts_on_duty(tx, f.id, context.clock.now(),
                                             {context.zone, context.almanac.holidays.get()});
  return {std::move(f), std::move(on_duty)};
}

directory::FacilityView read_facility(config::Reader& r, const Context& context) {
  constexpr int weight_usual = 50, weight_max = 100;
  directory::FacilityView f;
  f.type = r.text("type");
  f.services = r.texts("services");
  f.units = r.texts("units");
  r.tables("contacts", [&](config::Reader& c, std::size_t) {
    f.contacts.push_back({read_phone(c, "phone", context.plan, true), c.text("hours", "")});
  });
  f.weight = static_cast<int>(r.integer("weight", 0, weight_max, weight_usual));
  if (r.has("languages")) f.languages = r.texts("languages");
  if (f.contacts.size() > facility_people_max) r.fault("contacts", "must be at most 100");
  return f;
}

using ListNamed = std::vector<directory::GroupView> (*)(storage::Tx&);

Answer list_named(Context& context, const Request& request, ListNamed list) {
  const auto page = read_query(request, [](config::Reader& r) { return read_page(r); });
  if (!page) co_return page.error();
  const auto named = co_await context.database.readers().run(list);
  co_return json_response(200, page_of(named, *page, [](const directory::GroupView& g) {
                            return Json{{"name", g.name}, {"members", g.members}};
                          }));
}

}  // namespace

Answer import_units(Context& context, const Request& request) {
  const auto dates = read_query(request, [](config::Reader& r) {
    return directory::UnitDates{read_day(r, "valid_from"), read_day(r, "valid_to")};
  });
  if (!dates) co_return dates.error();
  const auto report = co_await context.database.writer().run([&context, &request, &dates](storage::Tx& tx) {
    std::ifstream csv(request.upload, std::ios::binary);
    return directory::import_units(tx, context.ids, csv, context.clock.now(), *dates);
  });
  co_return answer(report);
}

Answer list_units(Context& context, const Request& request) {
  const auto query =
      read_query(request, [](config::Reader& r) { return NameQuery{r.text("name"), read_page(r)}; });
  if (!query) co_return query.error();
  const auto units = co_await context.database.readers().run([&query](storage::Tx& tx) {
    const std::int64_t most = query->page.number() + query->page.limit + 1;
    return directory::find_units(tx, query->name, static_cast<int>(std::min<std::int64_t>(most, INT32_MAX)));
  });
  co_return json_response(200,
                          page_of(units, query->page, [](const directory::UnitView& u) { return show(u); }));
}

Answer import_places(Context& context, const Request& request) {
  const auto report = co_await context.database.writer().run([&context, &request](storage::Tx& tx) {
    std::ifstream csv(request.upload, std::ios::binary);
    return directory::import_places(tx, context.ids, csv, context.clock.now());
  });
  co_return answer(report);
}

Answer list_places(Context& context, const Request& request) {
  const auto query =
      read_query(request, [](config::Reader& r) { return NameQuery{r.text("name"), read_page(r)}; });
  if (!query) co_return query.error();
  const auto places = co_await context.database.readers().run([&query](storage::Tx& tx) {
    const std::int64_t most = query->page.number() + query->page.limit + 1;
    return directory::find_places(tx, query->name, static_cast<int>(std::min<std::int64_t>(most, INT32_MAX)));
  });
  co_return json_response(
      200, page_of(places, query->page, [](const directory::PlaceView& p) { return show(p); }));
}

Answer import_contacts(Context& context, const Request& request) {
  auto group = read_query(request, [](config::Reader& r) -> std::optional<std::string> {
    std::string name = read_bounded(r, "group", group_bytes_max);
    return name.empty() ? std::nullopt : std::optional(std::move(name));
  });
  if (!group) co_return group.error();
  co_return answer(co_await context.contact_import.run(request.upload, std::move(*group)));
}

Answer list_contacts(Context& context, const Request& request) {
  const auto query = read_query(request, &read_contact_query);
  if (!query) co_return query.error();
  const auto found =
      co_await context.database.readers().run([&](storage::Tx& tx) { return find(tx, context, *query); });
  if (!found) co_return problem(found.error());
  Json items = Json::array();
  for (const Listed& l : found->items) items.push_back(show(l));
  co_return json_response(200, list_of(std::move(items), found->next ? to_string(found->next) : ""));
}

Answer show_contact(Context& context, const Request& request) {
  const auto phone = place_phone(request, context.plan);
  if (!phone) co_return problem(phone.error());
  const auto state = co_await context.database.readers().run([&phone](storage::Tx& tx) {
    return ContactState{directory::find_contact(tx, *phone), outbox::has_opted_out(tx, *phone),
                        outbox::has_consented(tx, *phone), outbox::is_do_not_call(tx, *phone)};
  });
  if (state.contact || state.opted_out || state.consented || state.do_not_call)
    co_return json_response(200, show(*phone, state));
  co_return problem(Error{Code::not_found, "this number is no contact, and it has not opted out"});
}

Answer opt_contact_out(Context& context, const Request& request) {
  const auto phone = place_phone(request, context.plan);
  if (!phone) co_return problem(phone.error());
  co_await context.database.writer().run([&context, &phone](storage::Tx& tx) {
    outbox::opt_out(tx, *phone, outbox::OptOutSource::operator_, context.clock.now());
  });
  co_return json_response(200, {{"phone", phone->reveal()}, {"opted_out", true}});
}

Answer record_consent(Context& context, const Request& request) {
  const auto phone = place_phone(request, context.plan);
  if (!phone) co_return problem(phone.error());
  const bool recorded = co_await context.database.writer().run([&context, &phone](storage::Tx& tx) {
    return outbox::consent(tx, *phone, context.clock.now(), outbox::ConsentSource::operator_);
  });
  if (recorded) co_return json_response(200, {{"phone", phone->reveal()}, {"consented", true}});
  co_return problem(
      Error{Code::refused, "the person has opted out: only they themselves can take that back, by a text"});
}

Answer import_do_not_call(Context& context, const Request& request) {
  co_return answer(co_await context.number_import.run(directory::NumberKind::do_not_call, request.upload));
}

Answer list_groups(Context& context, const Request& request) {
  return list_named(context, request, &directory::list_groups);
}

Answer list_tags(Context& context, const Request& request) {
  return list_named(context, request, &directory::list_tags);
}

Answer import_facilities(Context& context, const Request& request) {
  const auto report = co_await context.database.writer().run([&context, &request](storage::Tx& tx) {
    std::ifstream csv(request.upload, std::ios::binary);
    return directory::import_facilities(tx, context.ids, csv, context.plan, context.clock.now());
  });
  co_return answer(report);
}

Answer list_facilities(Context& context, const Request& request) {
  const auto page = read_query(request, [](config::Reader& r) { return read_page(r); });
  if (!page) co_return page.error();
  const auto facilities = co_await context.database.readers().run([&](storage::Tx& tx) {
    std::vector<FacilityNow> all;
    for (auto& f : directory::list_facilities(tx)) all.push_back(with_duty(tx, context, std::move(f)));
    return all;
  });
  co_return json_response(200, page_of(facilities, *page, [](const FacilityNow& f) { return show(f); }));
}

Answer put_facility(Context& context, const Request& request) {
  auto facility = read_body(request, [&](config::Reader& r) { return read_facility(r, context); });
  if (!facility) co_return facility.error();
  facility->name = request.place("name");
  config::Faults faults;
  const auto stored =
      co_await context.database.writer().run([&](storage::Tx& tx) -> std::optional<FacilityNow> {
        directory::put_facility(tx, context.ids, *facility, context.plan, context.clock.now(), faults);
        if (!faults.empty()) return std::nullopt;
        for (auto& f : directory::list_facilities(tx)) {
          if (f.name == facility->name) return with_duty(tx, context, std::move(f));
        }
        return std::nullopt;
      });
  if (!faults.empty()) co_return bad_request(faults);
  if (!stored) co_return problem(Error{Code::internal, "the facility is gone"});
  co_return json_response(200, show(*stored));
}

}  // namespace tongdai::api
