#include "campaigns/rendering.hpp"

#include <algorithm>

#include "campaigns/filling.hpp"
#include "outbox/door.hpp"

namespace tongdai::campaigns {
namespace {

constexpr std::size_t own_kept = 4096;  // texts of one closure

/// The value at `place` of those joined in a fill; "" if there is none.
std::string_view value_at(std::string_view fill, std::size_t place) {
  for (; place > 0; --place) {
    const std::size_t end = fill.find(fill_separator);
    if (end == std::string_view::npos) return {};
    fill.remove_prefix(end + 1);
  }
  return fill.substr(0, fill.find(fill_separator));
}

/// A body that was written before braces meant something, as it stands.
text::Template words_of(const std::string& body) {
  if (auto parsed = text::Template::parse(body)) return std::move(*parsed);
  std::string escaped;
  for (const char c : body) escaped.append(c == '{' || c == '}' ? 2 : 1, c);
  return text::Template::parse(escaped).value();
}

}  // namespace

Rendering::Rendering(storage::Tx& tx, CampaignId id) {
  const auto names = placeholders_of(tx, id);
  for (CampaignText& t : texts(tx, id)) {
    Variant v{std::move(t), {}, {}};
    v.words = words_of(v.text.body);
    for (const std::string& name : v.words.placeholders())
      v.places.push_back(static_cast<std::size_t>(std::ranges::lower_bound(names, name) - names.begin()));
    variants_.push_back(std::move(v));
  }
}

void Rendering::values(const Variant& variant, std::string_view fill, std::vector<std::string>& values) {
  const auto& names = variant.words.placeholders();
  values.resize(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    values[i] = value_at(fill, variant.places[i]);
    if (!values[i].empty()) continue;
    const auto fallback = variant.text.fallback.find(names[i]);
    if (fallback != variant.text.fallback.end()) values[i] = fallback->second;
  }
}

outbox::Body Rendering::body(const Variant& variant, std::string_view fill, bool strip) {
  std::vector<std::string> own;
  values(variant, fill, own);
  return outbox::measured_body(variant.words.render(own), strip || variant.strips());
}

StoredTexts::Stored StoredTexts::approved(BodyId id) {
  const auto [known, fresh] = approved_.try_emplace(id);
  if (fresh) known->second = std::make_shared<const outbox::Body>(outbox::load_body(tx_, id).value());
  return known->second;
}

StoredTexts::Stored StoredTexts::stored(const Recipient& r, bool strip) {
  const Rendering::Variant& variant = rendering_.variant(r.text);
  if (variant.words.is_plain()) return approved(strip ? variant.text.stripped : variant.text.rendered);
  outbox::Body body = Rendering::body(variant, r.fill, strip);
  if (const auto known = own_.find(body.text); known != own_.end()) return known->second;
  if (own_.size() >= own_kept) own_.clear();
  body.id = outbox::store_body(tx_, ids_, body);
  std::string text = body.text;
  return own_.emplace(std::move(text), std::make_shared<const outbox::Body>(std::move(body))).first->second;
}

}  // namespace tongdai::campaigns
