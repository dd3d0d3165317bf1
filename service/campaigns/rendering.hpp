#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "campaigns/audience.hpp"
#include "campaigns/store.hpp"
#include "outbox/campaign_door.hpp"
#include "text/template.hpp"

/// A campaign's texts as people get them: with their own values, and without accents where their gateway
/// takes none.
namespace tongdai::campaigns {

/// What a campaign says to whom. Knows its texts, keeps no transaction; one closure or one question.
class Rendering {
 public:
  Rendering(storage::Tx& tx, CampaignId id);

  struct Variant {
    CampaignText text;
    text::Template words;
    std::vector<std::size_t> places;  ///< of words.placeholders(), among the values of a fill

    [[nodiscard]] bool strips() const { return text.accents == Accents::strip; }
  };
  [[nodiscard]] const std::vector<Variant>& variants() const noexcept { return variants_; }
  /// Of the text with this ordinal.
  [[nodiscard]] const Variant& variant(int ordinal) const {
    return variants_.at(static_cast<std::size_t>(ordinal));
  }

  /// What stands in the variant's placeholders: the person's values (Recipient::fill), and the text's
  /// fallback for those that are not known.
  static void values(const Variant& variant, std::string_view fill, std::vector<std::string>& values);
  /// The whole text for a person. `strip`: their gateway takes no accents.
  [[nodiscard]] static outbox::Body body(const Variant& variant, std::string_view fill, bool strip);

 private:
  std::vector<Variant> variants_;
};

/// The stored texts for the people of one closure, as CampaignDoor asks for them: those without placeholders
/// as they were stored at the approval, others stored once for all who get the same. Lives no longer than
/// the closure. Writer thread.
class StoredTexts {
 public:
  StoredTexts(storage::Tx& tx, IdSource& ids, CampaignId id) : tx_(tx), ids_(ids), rendering_(tx, id) {}

  /// `r` outlives what is returned.
  [[nodiscard]] outbox::CampaignDoor::TextFor of(const Recipient& r) {
    return [this, &r](bool strip) { return stored(r, strip); };
  }

 private:
  using Stored = std::shared_ptr<const outbox::Body>;
  [[nodiscard]] Stored stored(const Recipient& r, bool strip);
  [[nodiscard]] Stored approved(BodyId id);

  storage::Tx& tx_;
  IdSource& ids_;
  Rendering rendering_;
  std::unordered_map<BodyId, Stored> approved_;
  std::unordered_map<std::string, Stored> own_;  // by the text
};

}  // namespace tongdai::campaigns
