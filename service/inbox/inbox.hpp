#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "core/key_id.hpp"
#include "gateway_adapters/gateway.hpp"
#include "inbox/parts.hpp"
#include "inbox/recognise.hpp"
#include "storage/writer.hpp"
#include "text/numbering_plan.hpp"

namespace tongdai::inbox {

/// What a text turned out to be.
enum class Kind : std::uint8_t {
  none,     ///< from no person: a short code, a brand, a number of our own
  command,  ///< a facility's answer
  opt_out,
  opt_in,
  report,  ///< everything else
};

/// A whole text, on disk.
struct InboundText {
  InboundId id;
  std::string gateway;
  Phone sender;
  Phone line;
  std::string text;         ///< NFC
  bool incomplete = false;  ///< a part never came; its place is marked "[...]"
  TimePoint received_at{};
  Recognised recognised;
};

/// Decides and does, in one transaction; throws if it cannot. Writer thread.
using Handler = std::function<Kind(storage::Tx&, const InboundText&, TimePoint now)>;
/// A text could not be handled after several tries: a human must see it. Writer thread.
using FailureHandler = std::function<void(storage::Tx&, const InboundText&, TimePoint now)>;
/// Somebody is in the midst of a long text: the rest has come by `until`, or counts as lost. Writer thread.
using UnderWayHandler = std::function<void(storage::Tx&, const Phone& sender, TimePoint until)>;

/// What comes in: on disk first, then acknowledged, then understood. A text whose handling fails is tried
/// again and in the end handed to a human, which is tried until it works; it never disappears, and it holds
/// no other up.
class Inbox {
 public:
  Inbox(storage::Writer& writer, IdSource& ids, const Clock& clock, Log& log, const text::NumberingPlan& plan,
        Words words);

  /// Before the first text.
  void set_handlers(Handler handler, FailureHandler failed);
  void set_under_way(UnderWayHandler under_way) { under_way_ = std::move(under_way); }
  /// The commands changed. Writer thread.
  void set_words(Words words) { words_ = std::move(words); }

  /// From a gateway: `done(true)` after the commit; for what was had already as well. Loop thread.
  void receive(const asio::any_io_executor& loop, const std::string& gateway, gateway::Inbound inbound,
               std::move_only_function<void(bool)> done);

  /// Handles what waits, and joins long texts whose time is up. How many it handled. Loop thread.
  [[nodiscard]] asio::awaitable<std::size_t> run_once();

 private:
  using Step = void (Inbox::*)(storage::Tx&, InboundText&, TimePoint now);

  bool store(storage::Tx& tx, const std::string& gateway, const gateway::Inbound& inbound, TimePoint now);
  void insert(storage::Tx& tx, const InboundText& text, std::string_view once, KeyId key);
  void insert_joined(storage::Tx& tx, const Joined& joined, TimePoint now);
  /// Does `step` to the first text that `select` finds. False: there is none, or its hand-over failed.
  [[nodiscard]] asio::awaitable<bool> try_next(std::string_view select, Step step, std::string_view fault);
  void handle(storage::Tx& tx, InboundText& text, TimePoint now);
  void hand_over(storage::Tx& tx, InboundText& text, TimePoint now);
  [[nodiscard]] Phone phone_of(const std::string& written) const;

  storage::Writer& writer_;
  IdSource& ids_;
  const Clock& clock_;
  Log& log_;
  const text::NumberingPlan& plan_;
  Words words_;
  Handler handler_;
  FailureHandler failed_;
  UnderWayHandler under_way_ = [](storage::Tx&, const Phone&, TimePoint) {};
};

}  // namespace tongdai::inbox

template <>
struct tongdai::EnumNames<tongdai::inbox::Kind> {
  static constexpr std::array<std::string_view, 5> names{"", "command", "opt_out", "opt_in", "report"};
};
