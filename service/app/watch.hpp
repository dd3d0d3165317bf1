#pragma once

#include <functional>
#include <string>
#include <vector>

#include "dispatch/dispatcher.hpp"
#include "hotline/desk.hpp"
#include "inbox/inbox.hpp"
#include "ops/link_watch.hpp"
#include "ops/probe.hpp"
#include "ops/silence.hpp"
#include "ops/watch_settings.hpp"
#include "storage/database.hpp"

namespace tongdai::app {

/// A sign of life for a watcher outside of this machine. Errors: what the watcher said, or that it is away.
using Beacon = std::function<asio::awaitable<Result<void>>()>;

/// What the watch works with.
struct WatchRoom {
  const ops::WatchSettings& settings;
  const std::vector<Phone>& lines;
  const Clock& clock;
  runtime::Sleeper& sleeper;
  Log& log;
  storage::Database& database;
  dispatch::Dispatcher& dispatcher;
  hotline::Desk& desk;
  Beacon beacon;  ///< empty: the heartbeat is a file, or none
  ops::NonceSource nonces;
};

/// The service watches itself, and pages when reports may no longer come through: a receiving gateway that is
/// away, a synthetic report that does not come back, a line that is silent for longer than it ever was. It
/// tells a watcher outside that it lives only while all that it promises holds. Loop thread.
class Watch {
 public:
  explicit Watch(WatchRoom room);

  /// What the last audit found. Until the first one nothing is known, and the heart does not beat.
  void audited(std::size_t cases_off, std::int64_t campaigns_off);
  /// Is it our own synthetic report? Then nobody handles it. Writer thread.
  [[nodiscard]] bool is_probe(storage::Tx& tx, const inbox::InboundText& text, TimePoint now) const;

  /// Looks at links, synthetic reports and lines, pages, and sends the next synthetic report when it is due.
  [[nodiscard]] asio::awaitable<void> run_once();
  /// Beats, if nothing speaks against it.
  [[nodiscard]] asio::awaitable<void> beat_once();

  [[nodiscard]] asio::awaitable<ops::WatchView> view();

 private:
  /// What the tables say, of one snapshot.
  struct Tables {
    std::int64_t stuck = 0;  ///< texts that stand unhandled
    ops::ProbeHistory probes;
    std::vector<std::optional<TimePoint>> last_texts;  ///< of the lines, in their order
  };
  [[nodiscard]] asio::awaitable<Tables> look();
  [[nodiscard]] std::vector<std::string> objections(const Tables& tables) const;
  /// How many were missed since the last look.
  [[nodiscard]] std::size_t look_at_probes(storage::Tx& tx, TimePoint now);
  void send_probe(storage::Tx& tx, TimePoint now);
  void look_at_line(storage::Tx& tx, const Phone& line, TimePoint now);
  void page(storage::Tx& tx, const std::string& what, const std::string& instead_of, TimePoint now);
  [[nodiscard]] asio::awaitable<void> learn_patterns();
  [[nodiscard]] asio::awaitable<Result<void>> beat();

  WatchRoom room_;
  ops::LinkWatch links_;
  std::vector<ops::LineHistory> histories_;  ///< of the lines, in their order
  MonoTime learned_at_;
  bool has_learned_ = false;
  TimePoint started_;
  MonoTime audited_at_;
  bool is_audited_ = false;
  std::size_t cases_off_ = 0;
  std::int64_t campaigns_off_ = 0;
  // Of the writer thread.
  bool is_probe_lost_ = false;  ///< people were told, and none has come back since
  TimePoint probe_told_at_{};
  // Of the loop thread.
  std::uint64_t probes_missed_ = 0;
  bool is_held_back_ = false;
  std::optional<TimePoint> last_beat_;
  std::uint64_t beats_ = 0;
};

}  // namespace tongdai::app
