#include "campaigns/audience_query.hpp"

#include <fmt/format.h>

#include <array>

#include "text/language.hpp"

namespace tongdai::campaigns {
namespace {

constexpr std::array<std::string_view, 9> terms{"groups",        "units",        "languages",
                                                "tags",          "lists",        "exclude_groups",
                                                "exclude_units", "exclude_tags", "exclude_lists"};

int read_sample(config::Reader& r, int otherwise) {
  if (!r.has("sample")) return otherwise;
  return static_cast<int>(r.integer("sample", 1, AudienceQuery::one_in_max, 1));
}

}  // namespace

AudienceQuery AudienceQuery::read_terms(config::Reader& r) {
  AudienceQuery q;
  q.groups = r.texts("groups");
  q.units = r.texts("units");
  q.languages = r.texts("languages");
  q.tags = r.texts("tags");
  q.lists = r.texts("lists");
  q.exclude_groups = r.texts("exclude_groups");
  q.exclude_units = r.texts("exclude_units");
  q.exclude_tags = r.texts("exclude_tags");
  q.exclude_lists = r.texts("exclude_lists");
  q.one_in = static_cast<int>(r.integer("sample", 1, one_in_max, 1));
  for (std::size_t i = 0; i < q.languages.size(); ++i) {
    if (!text::is_language(q.languages[i]))
      r.fault(fmt::format("languages[{}]", i), "must be an ISO 639 code such as vi or hmn");
  }
  const bool is_named =
      !q.groups.empty() || !q.units.empty() || !q.languages.empty() || !q.tags.empty() || !q.lists.empty();
  if (!is_named) r.fault("groups", "is required unless units, languages, tags or lists are given");
  return q;
}

AudienceQuery AudienceQuery::read(config::Reader& r) {
  if (!r.has("saved")) {
    AudienceQuery q = read_terms(r);
    static_cast<void>(r.raw("saved"));  // it may stand here
    return q;
  }
  AudienceQuery q;
  q.saved = r.text("saved");
  q.one_in = read_sample(r, 0);
  for (const std::string_view term : terms) {
    if (r.raw(term) != nullptr)
      r.fault(term, "must be left out: saved says whom, and only sample may stand beside it");
  }
  return q;
}

}  // namespace tongdai::campaigns
