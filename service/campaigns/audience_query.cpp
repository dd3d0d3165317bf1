#include "campaigns/audience_query.hpp"

#include <fmt/format.h>

#include "text/language.hpp"

namespace tongdai::campaigns {
AudienceQuery AudienceQuery::read(config::Reader& r) {
  AudienceQuery q;
  q.groups = r.texts("groups");
  q.units = r.texts("units");
  q.languages = r.texts("languages");
  q.exclude_groups = r.texts("exclude_groups");
  q.exclude_units = r.texts("exclude_units");
  q.one_in = static_cast<int>(r.integer("sample", 1, one_in_max, 1));
  for (std::size_t i = 0; i < q.languages.size(); ++i) {
    if (!text::is_language(q.languages[i]))
      r.fault(fmt::format("languages[{}]", i), "must be an ISO 639 code such as vi or hmn");
  }
  if (q.groups.empty() && q.units.empty() && q.languages.empty())
    r.fault("groups", "is required unless units or languages are given");
  return q;
}

}  // namespace tongdai::campaigns
