#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/ids.hpp"
#include "core/phone.hpp"
#include "outbox/claimed.hpp"
#include "outbox/discretion.hpp"
#include "outbox/rest.hpp"
#include "outbox/standing.hpp"
#include "storage/tx.hpp"
#include "text/limits.hpp"

namespace tongdai::outbox {

/// A text somebody wants to send. A campaign's own texts come by CampaignDoor.
struct Draft {
  Purpose purpose = Purpose::campaign;
  Phone to;
  std::string text;     ///< UTF-8; ignored when `body` is set
  BodyId body;          ///< a stored text (campaign variants are rendered once)
  std::string gateway;  ///< "" lets the route choose; else this one only
  std::optional<TimePoint> not_before;
  std::optional<TimePoint> expires_at;  ///< else the purpose's lifetime
  CaseId case_id;
  ReferralId referral;
  InboundId in_reply_to;      ///< reporter_reply: required, a committed inbound text
  bool automatic = false;     ///< counted against the number's window of automatic replies
  bool to_ourselves = false;  ///< operator_code to a number of ours, and to no other: the synthetic report
};

/// Why the door said no. Each is a name in the accounts; `held` covers every hold alike, so that nobody
/// learns from a campaign who reported.
enum class Refusal : std::uint8_t {
  opted_out,         ///< the person refused campaigns
  held,              ///< left alone for now
  invalid_number,    ///< not a number that can get a text
  no_route,          ///< no gateway of the routes may carry it
  too_long,          ///< more parts than the gateways take
  forbidden_text,    ///< a word, character or link that must not go there
  not_safe,          ///< no safe contact with this reporter is recorded
  replied_already,   ///< one automatic reply a window
  machine,           ///< a short code, an alphanumeric sender or a number of our own: never answered
  not_theirs,        ///< the facility does not hold this case
  do_not_call,       ///< advertising, and the number is in the Do-Not-Call register
  no_consent,        ///< advertising, and the person did not agree to any
  refusals_unknown,  ///< campaigns: the refusals are of another master key (refusals_key.hpp)
};

/// A refusal with what people need to act on it.
struct Refused {
  Refusal why = Refusal::invalid_number;
  std::string detail;
  std::vector<Objection> objections{};  ///< forbidden_text to a reporter: all that is wrong with it
};

/// What the gateways of a route can carry: dispatch's view, as the door needs it.
class Router {
 public:
  virtual ~Router() = default;
  struct Choice {
    std::string gateway;
    const text::Limits* limits = nullptr;  ///< not null; as long as the router
  };
  /// The first gateway that may carry a text of `purpose` to `to`; `pinned` "" or the only one asked for.
  /// nullopt if none may (unknown, or not discreet enough). Writer thread; reads only constant configuration.
  [[nodiscard]] virtual std::optional<Choice> choose(Purpose purpose, const Phone& to,
                                                     std::string_view pinned) const = 0;
  /// As above, but the first of `able` that may carry it goes before others.
  [[nodiscard]] virtual std::optional<Choice> choose_able(Purpose purpose, const Phone& to,
                                                          const std::vector<std::string>& able) const = 0;
  /// All that may carry texts of `purpose` to anybody, each once, in the order of the routes; `pinned` as
  /// above.
  [[nodiscard]] virtual std::vector<Choice> carriers(Purpose purpose, std::string_view pinned) const = 0;
};

/// May `facility` numbers of this case get its details? Given by the hotline; the outbox knows no cases.
using HoldsCase = std::function<bool(storage::Tx&, CaseId, const Phone&)>;

/// How the reporter of a case may be written to at this moment.
struct ReporterTerms {
  bool is_explicit = false;                ///< they agreed to texts that say what they are about
  TimePoint not_after = TimePoint::max();  ///< their safe window ends: void then
  std::vector<std::string> heard;          ///< what they wrote, none of which is quoted
};
/// May a text of this purpose go to this number as the reporter of this case? Given by the hotline.
using ReporterContact = std::function<std::expected<ReporterTerms, Refused>(
    storage::Tx&, CaseId, const Phone&, Purpose, TimePoint now)>;

/// How many texts of campaigns other than `except` a number got since a time, by the campaigns' own lists.
/// Given by the campaigns.
using CampaignTexts = std::function<OtherTexts(storage::Tx&, CampaignId except, TimePoint since)>;

/// What the door needs to know of this installation. Constant while running.
struct DoorRules {
  std::vector<Phone> own_numbers;      ///< our lines and senders: never written to
  Duration auto_reply_window = 10min;  ///< FIELD: at most one automatic reply a window
  int campaign_cap_per_day = 3;        ///< campaign texts to one number in 24 hours, over all campaigns
  Discretion discretion;
};

/// The one door: every text that leaves is admitted here, in the transaction of the change that caused it.
/// Writer thread.
class Door {
 public:
  Door(DoorRules rules, const Router& router, IdSource& ids)
      : rules_(std::move(rules)), router_(router), ids_(ids) {}

  void set_holds_case(HoldsCase holds) { holds_case_ = std::move(holds); }
  void set_reporter_contact(ReporterContact contact) { reporter_contact_ = std::move(contact); }
  void set_campaign_texts(CampaignTexts texts) { campaign_texts_ = std::move(texts); }
  /// At start, before anybody asks.
  void set_rest(const Rest& rest) { rest_ = rest; }
  /// No text of a campaign is admitted any more, whoever asks: who refused cannot be found.
  void bar_campaigns() noexcept { campaigns_are_barred_ = true; }

  /// Admits and queues, or refuses and leaves no trace; the caller accounts for a refusal.
  [[nodiscard]] std::expected<MessageId, Refused> admit(storage::Tx& tx, const Draft& draft, TimePoint now);

  /// What `admit` would let in, as it would leave.
  struct Passage {
    Body body;
    std::string gateway{};
    bool is_stripped = false;                ///< the gateway takes no accents
    TimePoint not_after = TimePoint::max();  ///< void then, whatever its purpose's lifetime
  };
  /// Would `admit` take it? Changes nothing.
  [[nodiscard]] std::expected<Passage, Refused> examine(storage::Tx& tx, const Draft& draft,
                                                        TimePoint now) const;

  /// One of our own lines or senders? What comes from there is answered by nobody.
  [[nodiscard]] bool is_own(const Phone& phone) const;

  /// The sensitive words changed.
  void set_discretion(Discretion discretion) { rules_.discretion = std::move(discretion); }

  using Verdict = std::expected<void, Refused>;
  /// The rules by themselves, for CampaignDoor.
  [[nodiscard]] Verdict check_number(const Phone& to) const;
  [[nodiscard]] Verdict check_campaign(storage::Tx& tx, const Phone& to, bool advertising,
                                       const OtherTexts& other_texts, TimePoint now) const;
  [[nodiscard]] OtherTexts campaign_texts(storage::Tx& tx, CampaignId except, TimePoint now) const;
  /// The same for a number whose standing is known: what an audience is measured by. Any thread.
  [[nodiscard]] std::optional<Refusal> objection(const Phone& to, const Standing& standing, bool advertising,
                                                 const OtherTexts& other_texts, TimePoint now) const;
  /// As long ago the day began that the cap is of.
  static constexpr Duration cap_window = std::chrono::hours{24};
  /// What speaks against a campaign's text that was admitted before: the rules but for the cap, which it
  /// passed then.
  [[nodiscard]] std::optional<Refusal> objection_since(storage::Tx& tx, const Phone& to, bool advertising,
                                                       TimePoint now) const;
  /// What speaks against a text of a case that was admitted before: the person it was for may not be written
  /// to any more, or no longer holds the case.
  [[nodiscard]] std::optional<Refused> case_objection_since(storage::Tx& tx, MessageId id, Purpose purpose,
                                                            const Phone& to, TimePoint now) const;
  [[nodiscard]] const Router& router() const noexcept { return router_; }
  [[nodiscard]] IdSource& ids() const noexcept { return ids_; }

 private:
  /// As a verdict, and when what was admitted is void at the latest.
  using Admission = std::expected<TimePoint, Refused>;
  [[nodiscard]] Admission check_reporter(storage::Tx& tx, const Draft& draft, const std::string& text,
                                         TimePoint now) const;
  [[nodiscard]] std::expected<ReporterTerms, Refused> terms_of(storage::Tx& tx, const Draft& draft,
                                                               TimePoint now) const;
  [[nodiscard]] Verdict check_facility(storage::Tx& tx, const Draft& draft) const;
  [[nodiscard]] Verdict check_recipient(const Draft& draft) const;
  [[nodiscard]] Admission check_purpose(storage::Tx& tx, const Draft& draft, const std::string& text,
                                        TimePoint now) const;
  [[nodiscard]] bool is_machine(const Phone& phone) const;

  DoorRules rules_;
  const Router& router_;
  IdSource& ids_;
  HoldsCase holds_case_;
  ReporterContact reporter_contact_;
  CampaignTexts campaign_texts_;
  Rest rest_;
  bool campaigns_are_barred_ = false;
};

[[nodiscard]] std::optional<Body> load_body(storage::Tx& tx, BodyId id);
/// Can the gateway carry this text, as it is?
[[nodiscard]] std::expected<void, Refused> check_fitness(const Body& body, const Router::Choice& choice,
                                                         text::Kind kind = text::Kind::other);
/// A text that is not stored, measured; stripped of its accents if `strip`.
[[nodiscard]] Body measured_body(std::string_view text, bool strip = false);
/// The same message without accents; itself if it has none.
[[nodiscard]] std::shared_ptr<const Body> without_accents(std::shared_ptr<const Body> body);

/// Stores a text once; the caller keeps the id.
[[nodiscard]] BodyId store_body(storage::Tx& tx, IdSource& ids, std::string_view text);
/// Stores a text under the id it has.
void insert_body(storage::Tx& tx, const Body& body);
/// As measured_body gave it. Its new id.
BodyId store_body(storage::Tx& tx, IdSource& ids, const Body& body);

}  // namespace tongdai::outbox

template <>
struct tongdai::EnumNames<tongdai::outbox::Refusal> {
  static constexpr std::array<std::string_view, 13> names{
      "opted_out",      "held",       "invalid_number",  "no_route", "too_long",
      "forbidden_text", "not_safe",   "replied_already", "machine",  "not_theirs",
      "do_not_call",    "no_consent", "refusals_unknown"};
};
