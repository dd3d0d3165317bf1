#include "campaigns/spec.hpp"

#include <fmt/format.h>

#include <utility>

#include "campaigns/spec_parts.hpp"

namespace tongdai::campaigns {
namespace {

constexpr std::size_t legal_basis_bytes_max = 500;

/// The [[step]]s. True if each has texts of its own.
bool read_steps(config::Reader& top, Spec& spec) {
  bool all_have_texts = true;
  top.tables("step", [&](config::Reader& r, std::size_t) {
    spec.steps.push_back(read_step(r, spec.klass));
    all_have_texts = all_have_texts && !spec.steps.back().texts.empty();
  });
  if (spec.steps.size() > steps_max)
    top.fault("step", fmt::format("must be at most {}, got {}", steps_max, spec.steps.size()));
  return all_have_texts && !spec.steps.empty();
}

}  // namespace

void check_size(config::Reader& r, std::string_view key, std::string_view text, std::size_t most) {
  if (text.size() > most) r.fault(key, fmt::format("must be at most {} bytes", most));
}

std::string_view default_legal_basis(Class klass) {
  switch (klass) {
    case Class::social_policy:
      return "social policy: not advertising under Decree 91/2020/ND-CP";
    case Class::advertising:
      return "advertising: consent of the recipient";
    case Class::transactional:
      return "customer care";
  }
  std::unreachable();
}

Spec Spec::read(const config::Node& document, TimePoint now, config::Faults& faults) {
  Spec spec;
  config::Reader top(document, "", faults);
  spec.title = top.text("title");
  check_size(top, "title", spec.title, title_bytes_max);
  spec.klass = *from_name<Class>(top.one_of("class", {"social_policy", "advertising", "transactional"}));
  spec.legal_basis = top.text("legal_basis", "");
  check_size(top, "legal_basis", spec.legal_basis, legal_basis_bytes_max);
  if (spec.legal_basis.empty()) spec.legal_basis = default_legal_basis(spec.klass);
  if (!top.has("audience"))
    top.fault("audience", "is required: groups, units, languages, tags, lists or saved");
  top.table("audience", [&](config::Reader& r) { spec.audience = AudienceQuery::read(r); });
  top.tables("text", [&](config::Reader& r, std::size_t) {
    spec.texts.push_back(read_text(r, spec.klass, spec.texts));
  });
  const bool steps_have_texts = read_steps(top, spec);
  const config::Node* written = top.raw("text");
  const bool is_list = written == nullptr || written->is_array();  // what else it is was said
  if (spec.texts.empty() && is_list && !steps_have_texts)
    top.fault("text", "is required: at least one [[text]]");
  spec.schedule = default_schedule(now);
  top.table("schedule", [&](config::Reader& r) { read_schedule(r, now, spec); });
  top.table("canary", [&](config::Reader& r) { spec.canary = read_canary(r); });
  return spec;
}

}  // namespace tongdai::campaigns
