#include <nlohmann/json.hpp>

#include "cli/options.hpp"

namespace tongdai::cli {

namespace {

constexpr std::string_view csv = "text/csv";

/// "" for a date that can be one; the daemon knows the calendar.
std::string is_date(const std::string& given) {
  constexpr std::string_view shape = "0000-00-00";
  bool fits = given.size() == shape.size();
  for (std::size_t i = 0; fits && i < shape.size(); ++i) {
    fits = shape[i] == '-' ? given[i] == '-' : given[i] >= '0' && given[i] <= '9';
  }
  return fits ? "" : "must be a date like 2025-07-01";
}

Value<std::optional<std::string>> maybe_date(CLI::App& command, const std::string& name,
                                             const std::string& what) {
  auto value = std::make_shared<std::optional<std::string>>();
  command.add_option(name, *value, what)->check(is_date);
  return value;
}

void add_unit_commands(CLI::App& app, Session& session) {
  CLI::App& unit = group(app, "unit", "Administrative units");

  CLI::App& import = *unit.add_subcommand("import", "Bring units in: code,name,type,parent");
  const auto file = place(import, "FILE", "CSV with a header");
  const auto from = maybe_date(import, "--valid-from", "the first day on which they are (YYYY-MM-DD)");
  const auto to = maybe_date(import, "--valid-to", "the last day on which they are (YYYY-MM-DD)");
  on(import, session, [file, from, to](Session& s) {
    return s.show(
        s.upload(target_of("/units/import", {{"valid_from", *from}, {"valid_to", *to}}), *file, csv));
  });

  CLI::App& find = *unit.add_subcommand("find", "Units by name, with or without accents");
  const auto text = place(find, "TEXT", "a part of the name");
  on(find, session, [text](Session& s) { return s.show(s.list(target_of("/units", {{"name", *text}}))); });
}

void add_place_commands(CLI::App& app, Session& session) {
  CLI::App& places = group(app, "place", "Villages and landmarks, by which people say where they are");

  CLI::App& import = *places.add_subcommand("import", "Bring places in: name,type,unit,aliases");
  const auto file =
      place(import, "FILE", "CSV with a header; unit is a code or a name, aliases are separated by ';'");
  on(import, session,
     [file](Session& s) { return s.show(s.upload(target_of("/places/import"), *file, csv)); });

  CLI::App& find = *places.add_subcommand("find", "Places by name, with or without accents");
  const auto text = place(find, "TEXT", "a part of the name");
  on(find, session, [text](Session& s) { return s.show(s.list(target_of("/places", {{"name", *text}}))); });
}

void add_contact_commands(CLI::App& app, Session& session) {
  CLI::App& contact = group(app, "contact", "Whom campaigns may reach");

  CLI::App& import =
      *contact.add_subcommand("import", "Bring contacts in: phone,name,unit,language,groups,consent,tags");
  const auto file = place(import, "FILE", "CSV with a header; groups and tags are separated by ';'");
  const auto name = maybe(import, "--group", "a group that every row is given besides its own");
  on(import, session, [file, name](Session& s) {
    return s.show(s.upload(target_of("/contacts/import", {{"group", *name}}), *file, csv));
  });

  CLI::App& show = *contact.add_subcommand("show", "What is known of a contact");
  const auto shown = place(show, "PHONE", "as people write it");
  on(show, session,
     [shown](Session& s) { return s.show(s.get(target_of("/contacts/" + percent_encode(*shown)))); });

  CLI::App& optout = *contact.add_subcommand("optout", "No campaign to this number any more");
  const auto leaver = place(optout, "PHONE", "as people write it");
  on(optout, session, [leaver](Session& s) {
    return s.show(s.post(target_of("/contacts/" + percent_encode(*leaver) + "/opt-out")));
  });

  CLI::App& consent = *contact.add_subcommand("consent", "This person agreed to advertising");
  const auto agreed = place(consent, "PHONE", "as people write it");
  on(consent, session, [agreed](Session& s) {
    return s.show(s.post(target_of("/contacts/" + percent_encode(*agreed) + "/consent")));
  });

  CLI::App& donotcall = *contact.add_subcommand("donotcall", "Replace the Do-Not-Call register: phone");
  const auto numbers = place(donotcall, "FILE", "CSV with a header; the whole register");
  on(donotcall, session,
     [numbers](Session& s) { return s.show(s.upload(target_of("/do-not-call/import"), *numbers, csv)); });

  CLI::App& list = *group(app, "group", "Groups of contacts").add_subcommand("list", "Groups and their size");
  on(list, session, [](Session& s) { return s.show(s.list(target_of("/groups"))); });

  CLI::App& tags = *group(app, "tag", "Tags of contacts").add_subcommand("list", "Tags and their size");
  on(tags, session, [](Session& s) { return s.show(s.list(target_of("/tags"))); });
}

void add_facility_commands(CLI::App& app, Session& session) {
  CLI::App& facility = group(app, "facility", "Who supports, where, and who is on duty");

  CLI::App& import =
      *facility.add_subcommand("import", "Bring facilities in: name,type,services,units,phone,hours");
  const auto file = place(import, "FILE", "CSV with a header; further rows of a name add contacts");
  on(import, session,
     [file](Session& s) { return s.show(s.upload(target_of("/facilities/import"), *file, csv)); });

  CLI::App& list = *facility.add_subcommand("list", "Facilities with their services, units and contacts");
  on(list, session, [](Session& s) { return s.show(s.list(target_of("/facilities"))); });

  CLI::App& duty = group(facility, "duty", "The rota: shifts of people over the hours of their week");
  CLI::App& shifts = *duty.add_subcommand("import", "Bring shifts in: facility,phone,from,to,duty");
  const auto rota = place(shifts, "FILE", "CSV with a header; duty is on, off or remove");
  on(shifts, session, [rota](Session& s) { return s.show(s.upload(target_of("/duty/import"), *rota, csv)); });

  CLI::App& listed = *duty.add_subcommand("list", "Shifts that are not over");
  const auto whose = maybe(listed, "--facility", "only of this one, by name");
  on(listed, session, [whose](Session& s) {
    return s.show_table(s.list(target_of("/duty", {{"facility", *whose}})),
                        {{"facility"}, {"phone"}, {"from"}, {"to"}, {"duty"}});
  });
}

void add_coverage_command(CLI::App& app, Session& session) {
  CLI::App& coverage = *app.add_subcommand("coverage", "Where nobody is on duty, now and in the coming days");
  const auto days = maybe(coverage, "--days", "how many to look ahead (14; 31 at most)");
  const auto unit = maybe(coverage, "--unit", "only this one: its code");
  on(coverage, session, [days, unit](Session& s) {
    return s.show_table(s.list(target_of("/coverage", {{"days", *days}, {"unit", *unit}})),
                        {{"unit_name", "UNIT"}, {"service"}, {"from"}, {"to"}, {"now"}});
  });
}

}  // namespace

void add_directory_commands(CLI::App& app, Session& session) {
  add_unit_commands(app, session);
  add_place_commands(app, session);
  add_contact_commands(app, session);
  add_facility_commands(app, session);
  add_coverage_command(app, session);
}

}  // namespace tongdai::cli
