#include "campaigns/audience_query.hpp"

namespace tongdai::campaigns {

AudienceQuery AudienceQuery::read(config::Reader& r) {
  AudienceQuery q;
  q.groups = r.texts("groups");
  q.units = r.texts("units");
  q.exclude_groups = r.texts("exclude_groups");
  if (q.groups.empty() && q.units.empty()) r.fault("groups", "is required unless units are given");
  return q;
}

}  // namespace tongdai::campaigns
