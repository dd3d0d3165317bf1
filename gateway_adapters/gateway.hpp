#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "core/enum_names.hpp"
#include "core/ids.hpp"
#include "core/log.hpp"
#include "core/phone.hpp"
#include "text/encoding.hpp"
#include "text/limits.hpp"

/// The contract between the service and the world's message centres. An adapter turns the world's answers
/// into the closed sets below. It never retries, stores or decides by itself: dispatch does.
namespace tongdai::gateway {

/// What a gateway can do. Constant after construction.
struct Capabilities {
  bool sends = true;                ///< takes submissions; without, it may stand in no route
  bool receives = false;            ///< inbound texts come through it
  bool reports_delivery = false;    ///< receipts come; without, `accepted` is as far as a message gets
  bool deduplicates = false;        ///< a second submission of the same message id is not sent twice
  bool sender_is_discreet = false;  ///< the sender shown on the phone tells a stranger nothing
  text::Limits limits{};            ///< what it takes of a text
};

/// One message to submit; all its parts belong together. Views live until `submit` returns.
struct Submission {
  MessageId id;                ///< our reference, the same at every attempt
  std::string_view recipient;  ///< E.164 with "+", or a short code
  std::string_view text;       ///< UTF-8, NFC
  text::Encoding encoding = text::Encoding::gsm7;
  std::size_t parts = 1;
  Duration valid_for{};  ///< remaining validity, > 0
};

/// How one attempt ended.
enum class Outcome : std::uint8_t {
  accepted,     ///< the centre took all parts
  retry_later,  ///< refused for now; counts as an attempt
  throttled,    ///< too fast: slow the link down; costs the message no attempt
  rejected,     ///< never again through this gateway: a bad number, a forbidden text
  unreachable,  ///< nothing left: no link. Costs no attempt; another gateway may be tried
  uncertain,    ///< bytes may have left, and no answer will come
};

struct SubmitResult {
  MessageId id;
  Outcome outcome = Outcome::uncertain;
  std::vector<std::string> refs;  ///< accepted: the centre's id of each part in order; "" where it gave none
  Duration after{};               ///< retry_later, throttled: not before; 0 lets dispatch choose
  std::string reason;  ///< short, stable, without text or number: "rejected: 11 invalid destination"
};

/// A delivery receipt for one part.
struct Receipt {
  std::string ref;  ///< the centre's id, as in SubmitResult::refs
  bool delivered = false;
  std::string reason;  ///< why not
};

/// A part's place in a long text.
struct PartInfo {
  std::uint16_t reference = 0;
  std::uint8_t total = 1;  ///< 2..255 for a long text
  std::uint8_t part = 1;   ///< from 1
};

/// A text that came in, one part of it if it is long.
struct Inbound {
  std::string ref;     ///< the centre's id, "" if it gives none
  std::string sender;  ///< as the centre wrote it
  std::string line;    ///< the number of ours it was sent to
  std::string text;    ///< UTF-8, any content
  std::optional<PartInfo> part;
};

enum class Link : std::uint8_t {
  down,        ///< not connected, not trying
  connecting,  ///< trying
  up,          ///< takes submissions, if the gateway sends at all
  refused,     ///< the centre rejects our credentials: an administrator must act
};

/// What a gateway tells the service. Called on the loop thread, never from inside `submit` or `start`.
class Events {
 public:
  virtual ~Events() = default;
  virtual void on_link(Link link, std::string_view reason) = 0;
  /// Exactly once for each submission.
  virtual void on_result(SubmitResult result) = 0;
  /// `done(true)` after the commit: only then may the gateway be told that we have it. `done(false)`: not
  /// stored, the gateway shall give it again. Called on the loop thread.
  virtual void on_receipt(Receipt receipt, std::move_only_function<void(bool)> done) = 0;
  virtual void on_inbound(Inbound inbound, std::move_only_function<void(bool)> done) = 0;
};

/// A text that a simulated handset got.
struct Heard {
  std::string from;
  std::string text;
  TimePoint at{};
};

/// A simulated handset that received texts.
struct Handset {
  Phone phone;
  std::size_t texts = 0;
  Heard last;
};

/// Handsets to play with, where the gateway is a simulation. Loop thread.
class Handsets {
 public:
  virtual ~Handsets() = default;
  /// Sends a text from a handset to one of our lines, in parts if it is long. `done` is called on the loop
  /// thread: true once the service has it on disk; false if it did not take it at the first try, and the
  /// centre gives it again.
  virtual void text(const Phone& from, const Phone& line, std::string_view words,
                    std::move_only_function<void(bool)> done) = 0;
  /// What the handset received, oldest first.
  [[nodiscard]] virtual std::vector<Heard> inbox(const Phone& phone) const = 0;
  /// Those that received something, the last first.
  [[nodiscard]] virtual std::vector<Handset> all() const = 0;
};

/// A link to a message centre. Loop thread.
class Gateway {
 public:
  virtual ~Gateway() = default;
  [[nodiscard]] virtual const Capabilities& capabilities() const noexcept = 0;
  /// Connects and keeps connecting until `stop`. `events` outlives the gateway.
  virtual void start(Events& events) = 0;
  /// Hands messages over. How many is dispatch's affair: never more than `window` messages in flight.
  virtual void submit(std::span<const Submission> batch) = 0;
  /// Most messages in flight at once, 1..10,000.
  [[nodiscard]] virtual std::size_t window() const noexcept = 0;
  /// Ends the link: every submission in flight ends in on_result first; `done` is called last.
  virtual void stop(std::move_only_function<void()> done) = 0;
  /// Not null where the world behind is a simulation.
  [[nodiscard]] virtual Handsets* handsets() noexcept { return nullptr; }
};

}  // namespace tongdai::gateway

template <>
struct tongdai::EnumNames<tongdai::gateway::Outcome> {
  static constexpr std::array<std::string_view, 6> names{"accepted", "retry_later", "throttled",
                                                         "rejected", "unreachable", "uncertain"};
};

template <>
struct tongdai::EnumNames<tongdai::gateway::Link> {
  static constexpr std::array<std::string_view, 4> names{"down", "connecting", "up", "refused"};
};
