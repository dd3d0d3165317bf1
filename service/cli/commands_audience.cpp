#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "cli/options.hpp"

namespace tongdai::cli {

namespace {

/// A kind of terms: how it is called here and in a campaign file.
struct Term {
  const char* option;
  const char* key;
  const char* what;
};
constexpr std::array<Term, 9> terms{
    {{"--group", "groups", "who is in it; may be given again: any of them"},
     {"--unit", "units", "who lives there, by its code; may be given again: any of them"},
     {"--language", "languages", "who speaks it (ISO 639); may be given again: any of them"},
     {"--tag", "tags", "who has it; may be given again: any of them"},
     {"--list", "lists", "whose number stands in it; may be given again: any of them"},
     {"--exclude-group", "exclude_groups", "not who is in it; may be given again"},
     {"--exclude-unit", "exclude_units", "not who lives there; may be given again"},
     {"--exclude-tag", "exclude_tags", "not who has it; may be given again"},
     {"--exclude-list", "exclude_lists", "not whose number stands in it; may be given again"}}};

constexpr std::int64_t one_in_max = 1000;

void add_save(CLI::App& audiences, Session& session) {
  CLI::App& save = *audiences.add_subcommand("save", "Keep whom a campaign is for, under a name of its own");
  const auto name = place(save, "NAME", "what [audience] saved calls it; one of this name is replaced");
  std::array<Value<std::vector<std::string>>, terms.size()> given;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    given[i] = std::make_shared<std::vector<std::string>>();
    save.add_option(terms[i].option, *given[i], terms[i].what)->allow_extra_args(false)->check(not_empty);
  }
  const auto sample = std::make_shared<std::int64_t>(1);
  save.add_option("--sample", *sample, "one in so many of them, always the same people")
      ->check(CLI::Range(std::int64_t{1}, one_in_max));
  on(save, session, [name, given, sample](Session& s) {
    Json body = {{"name", *name}};
    for (std::size_t i = 0; i < terms.size(); ++i) {
      if (!given[i]->empty()) body[terms[i].key] = *given[i];
    }
    if (*sample != 1) body["sample"] = *sample;
    return s.show(s.post(target_of("/audiences"), body));
  });
}

void add_list_commands(CLI::App& app, Session& session) {
  CLI::App& lists = group(app, "list", "Uploaded lists of numbers, with columns of their own");

  CLI::App& import = *lists.add_subcommand("import", "Bring a list in, in place of the one of its name");
  const auto name = place(import, "NAME", "what [audience] lists calls it");
  const auto file = place(import, "FILE", "CSV with a header: phone, and columns that texts may name");
  on(import, session, [name, file](Session& s) {
    return s.show(s.upload(target_of("/lists/import", {{"name", *name}}), *file, "text/csv"));
  });

  CLI::App& list = *lists.add_subcommand("list", "Lists with their size and columns");
  on(list, session, [](Session& s) { return s.show(s.list(target_of("/lists"))); });
}

}  // namespace

void add_audience_commands(CLI::App& app, Session& session) {
  add_list_commands(app, session);
  CLI::App& audiences = group(app, "audience", "Saved audiences, for campaign files to name");
  add_save(audiences, session);

  CLI::App& list = *audiences.add_subcommand("list", "Saved audiences with their terms, by name");
  on(list, session, [](Session& s) { return s.show(s.list(target_of("/audiences"))); });

  CLI::App& measure = *audiences.add_subcommand("measure", "How many it would be now, and who is left out");
  const auto measured = place(measure, "NAME", "the saved audience's name");
  on(measure, session, [measured](Session& s) {
    const std::string target = target_of(fmt::format("/audiences/{}/size", percent_encode(*measured)));
    return s.show(s.get(target, Patience::lengthy));  // it counts all of it
  });
}

}  // namespace tongdai::cli
