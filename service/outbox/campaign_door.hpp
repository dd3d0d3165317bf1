#pragma once

#include <memory>
#include <vector>

#include "outbox/claimed.hpp"
#include "outbox/door.hpp"
#include "outbox/handover.hpp"

namespace tongdai::outbox {

/// The door for the texts of one campaign, many in one closure: the rules of Door::admit, where what is
/// common to all is looked up once. Lives no longer than the closure. Writer thread.
class CampaignDoor {
 public:
  struct Campaign {
    CampaignId id;
    TimePoint expires_at{};
    bool advertising = false;                ///< the Do-Not-Call register and consents count (Decree 91/2020)
    std::string gateway{};                   ///< this one only; "" lets the routes choose
    TimePoint closes_at = TimePoint::max();  ///< when its hours end that are open now
  };
  /// `able`: the gateways that can send now; they are preferred.
  CampaignDoor(const Door& door, storage::Tx& tx, const Campaign& campaign,
               const std::vector<std::string>& able, TimePoint now);
  CampaignDoor(const CampaignDoor&) = delete;
  CampaignDoor& operator=(const CampaignDoor&) = delete;

  /// What may pass, and where.
  struct Passage {
    std::string gateway;
    BodyId body_id;
    std::shared_ptr<const Body> body;
  };
  /// The stored text for one person; without accents where their gateway takes none.
  using TextFor = std::function<std::shared_ptr<const Body>(bool strip)>;
  [[nodiscard]] std::expected<Passage, Refused> look(const Phone& to, const TextFor& text);
  /// One text for all, with or without accents.
  [[nodiscard]] std::expected<Passage, Refused> look(const Phone& to, BodyId body);

  /// Into the queue of the passage's gateway.
  void enqueue(const Passage& passage, const Phone& to, std::int64_t seq, TimePoint not_before);
  /// What follows is handed over out of these places of the audience.
  void open_range(std::string_view gateway, std::int64_t first_seq, std::int64_t last_seq);
  /// Straight into the gateway's hands: to be submitted once this is committed. Its place is in the range.
  [[nodiscard]] Claimed hand_over(const Passage& passage, const Phone& to, std::int64_t seq);
  /// Notes what was handed over of the range.
  void close_range();

 private:
  /// A text's fitness for a gateway is the same for all who get it there.
  struct Fitness {
    BodyId body_id;
    std::string gateway;
    std::optional<Refused> objection;
  };
  [[nodiscard]] const std::shared_ptr<const Body>& body_of(BodyId id);
  [[nodiscard]] std::optional<Refused> fitness(const Body& body, const Router::Choice& choice);

  const Door& door_;
  storage::Tx& tx_;
  Campaign campaign_;
  const std::vector<std::string>& able_;
  TimePoint now_;
  HandoverRange range_{};
  OtherTexts other_texts_;
  std::vector<std::pair<BodyId, std::shared_ptr<const Body>>> bodies_;
  std::vector<Fitness> fitness_;
};

}  // namespace tongdai::outbox
