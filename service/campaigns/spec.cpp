#include "campaigns/spec.hpp"

#include <fmt/format.h>

#include "campaigns/spec_parts.hpp"

namespace tongdai::campaigns {
namespace {

constexpr std::size_t title_bytes_max = 200;
constexpr std::size_t legal_basis_bytes_max = 500;

/// `text`, if it is no longer than `most` bytes.
void check_size(config::Reader& r, std::string_view key, std::string_view text, std::size_t most) {
  if (text.size() > most) r.fault(key, fmt::format("must be at most {} bytes", most));
}

}  // namespace

Spec Spec::read(const config::Node& document, TimePoint now, config::Faults& faults) {
  Spec spec;
  config::Reader top(document, "", faults);
  spec.title = top.text("title");
  check_size(top, "title", spec.title, title_bytes_max);
  spec.klass = *from_name<Class>(top.one_of("class", {"social_policy", "advertising", "transactional"}));
  spec.legal_basis = top.text("legal_basis", "");
  check_size(top, "legal_basis", spec.legal_basis, legal_basis_bytes_max);
  if (!top.has("audience")) top.fault("audience", "is required: groups, units or both");
  top.table("audience", [&](config::Reader& r) { spec.audience = AudienceQuery::read(r); });
  top.tables("text", [&](config::Reader& r, std::size_t) {
    spec.texts.push_back(read_text(r, spec.klass, spec.texts));
  });
  if (spec.texts.empty()) top.fault("text", "is required: at least one [[text]]");
  spec.schedule = default_schedule(now);
  top.table("schedule", [&](config::Reader& r) { spec.schedule = read_schedule(r, spec.klass, now); });
  return spec;
}

}  // namespace tongdai::campaigns
