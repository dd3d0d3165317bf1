#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "gateway_adapters/gateway.hpp"
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
  report,   ///< everything else
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

/// What comes in: on disk first, then acknowledged, then understood. A text whose handling fails is tried again and
/// in the end handed to a human; it never disappears.
class Inbox {
 public:
  Inbox(storage::Writer& writer, IdSource& ids, const Clock& clock, Log& log, const text::NumberingPlan& plan,
        Words words);

  /// Before the first text.
  void set_handlers(Handler handler, FailureHandler failed);

  /// From a gateway: `done(true)` after the commit; for what was had already as well. Loop thread.
  void receive(const asio::any_io_executor& loop, const std::string& gateway, gateway::Inbound inbound,
               std::move_only_function<void(bool)> done);

  /// Handles what waits, and joins long texts whose time is up. How many it handled. Loop thread.
  [[nodiscard]] asio::awaitable<std::size_t> run_once();

 private:
  bool store(storage::Tx& tx, const std::string& gateway, gateway::Inbound inbound, TimePoint now);
  [[nodiscard]] asio::awaitable<bool> handle_next();
  [[nodiscard]] Phone phone_of(const std::string& written) const;

  storage::Writer& writer_;
  IdSource& ids_;
  const Clock& clock_;
  Log& log_;
  const text::NumberingPlan& plan_;
  Words words_;
  Handler handler_;
  FailureHandler failed_;
};

}  // namespace tongdai::inbox

template <>
struct tongdai::EnumNames<tongdai::inbox::Kind> {
  static constexpr std::array<std::string_view, 5> names{"", "command", "opt_out", "opt_in", "report"};
};
