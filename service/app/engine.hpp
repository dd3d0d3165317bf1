#pragma once

#include <memory>
#include <set>

#include "app/config.hpp"
#include "app/watch.hpp"
#include "campaigns/accounts.hpp"
#include "campaigns/pump.hpp"
#include "directory/contact_import.hpp"
#include "directory/number_import.hpp"
#include "dispatch/dispatcher.hpp"
#include "hotline/desk.hpp"
#include "inbox/inbox.hpp"
#include "runtime/periodic.hpp"
#include "runtime/task_group.hpp"
#include "storage/database.hpp"

namespace tongdai::app {

/// What the engine runs in: the real machine, or a test's virtual one.
struct Environment {
  asio::any_io_executor loop;
  const Clock& clock;
  runtime::Sleeper& sleeper;
  Log& log;
  storage::Threads threads;
  hotline::CodeSource codes;
  Duration guard_interval{1000};  ///< of the guarding loops and idle queues: how late a timer may be
  Beacon beacon{};                ///< where the heartbeat goes that no file takes
  ops::NonceSource nonces = ops::random_nonces();  ///< of synthetic reports
};

/// The whole service without its doors to people: everything between the gateways and the database. Loop
/// thread.
class Engine {
 public:
  /// Opens the database and fits the gateways. Errors: what the database or a gateway's own settings say.
  [[nodiscard]] static Result<std::unique_ptr<Engine>> open(Config config, Environment environment);
  ~Engine();

  /// Recovers, then connects and starts the loops.
  [[nodiscard]] asio::awaitable<void> start();
  /// Takes over what may change while running: duty officers, escalation times, phrases and words of the
  /// hotline.
  [[nodiscard]] asio::awaitable<void> reload(Config config);
  /// Drains: no more claims, answers awaited up to `patience`, links ended, database closed.
  [[nodiscard]] asio::awaitable<void> stop(Duration patience);

  /// Called on the loop after each commit that changed something, for the event stream.
  void watch(std::function<void(const std::vector<storage::Change>&)> watcher) {
    watcher_ = std::move(watcher);
  }
  /// Called on the loop after each turn of the guarding loops: the heart beats.
  void on_beat(std::function<void()> beat) { beat_ = std::move(beat); }

  [[nodiscard]] const Config& config() const noexcept { return config_; }
  /// How fast blasts may go. Any transaction.
  [[nodiscard]] campaigns::Pressure pressure(storage::Tx& tx) const;
  [[nodiscard]] const campaigns::Almanac& almanac() const noexcept { return almanac_; }
  /// Of the last audit.
  [[nodiscard]] const campaigns::AuditFindings& campaign_audit() const noexcept { return campaign_audit_; }
  [[nodiscard]] storage::Database& database() noexcept { return *database_; }
  [[nodiscard]] outbox::Door& door() noexcept { return *door_; }
  [[nodiscard]] outbox::Messages& messages() noexcept { return messages_; }
  [[nodiscard]] dispatch::Dispatcher& dispatcher() noexcept { return *dispatcher_; }
  [[nodiscard]] hotline::Desk& desk() noexcept { return *desk_; }
  [[nodiscard]] directory::ContactImport& contact_import() noexcept { return *contact_import_; }
  [[nodiscard]] directory::NumberImport& number_import() noexcept { return *number_import_; }
  [[nodiscard]] Watch& watcher() noexcept { return *watch_; }
  [[nodiscard]] IdSource& ids() noexcept { return ids_; }
  [[nodiscard]] const Environment& environment() const noexcept { return environment_; }
  [[nodiscard]] runtime::TaskGroup& tasks() noexcept { return tasks_; }

 private:
  Engine(Config config, Environment environment);
  void wire();
  [[nodiscard]] campaigns::Pump::Rules pump_rules() const;
  void spawn_loops();
  void changed(const std::vector<storage::Change>& changes);
  [[nodiscard]] asio::awaitable<void> raise_ids();
  /// A turn now, at each signal, and now and then.
  [[nodiscard]] asio::awaitable<void> woken(std::string name, runtime::Signal& signal,
                                            asio::awaitable<void> (Engine::*once)());
  [[nodiscard]] asio::awaitable<void> read_inbox_once();
  [[nodiscard]] asio::awaitable<void> settle_audiences_once();
  [[nodiscard]] asio::awaitable<void> escalate_once();
  [[nodiscard]] asio::awaitable<void> expire_once();
  [[nodiscard]] asio::awaitable<void> pump_once();
  [[nodiscard]] asio::awaitable<void> audit_once();
  [[nodiscard]] asio::awaitable<void> watch_coverage_once();
  [[nodiscard]] asio::awaitable<void> keep_keys_once();
  struct KeysKept {
    bool is_written = true;
    bool journal_is_whole = true;
    bool any_unwritten = false;  ///< rows are sealed with keys of no file
  };
  [[nodiscard]] KeysKept keep_keys(storage::Tx& tx);
  [[nodiscard]] asio::awaitable<void> erase_once();
  void spawn_watch();

  Config config_;
  Environment environment_;
  campaigns::Almanac almanac_;
  IdSource ids_;
  outbox::Messages messages_;
  runtime::TaskGroup tasks_;
  runtime::Signal inbound_;
  runtime::Signal campaigns_;
  std::unique_ptr<storage::Database> database_;
  std::unique_ptr<dispatch::Dispatcher> dispatcher_;
  std::unique_ptr<outbox::Door> door_;
  std::unique_ptr<hotline::Desk> desk_;
  std::unique_ptr<inbox::Inbox> inbox_;
  std::unique_ptr<campaigns::Pump> pump_;
  campaigns::Auditor auditor_;
  campaigns::AuditFindings campaign_audit_;
  std::unique_ptr<directory::ContactImport> contact_import_;
  std::unique_ptr<directory::NumberImport> number_import_;
  std::unique_ptr<Watch> watch_;
  std::function<void(const std::vector<storage::Change>&)> watcher_;
  std::set<std::int64_t> progress_;  // campaigns that moved since the last beat
  std::function<void()> beat_;
  bool journal_alarmed_ = false;
  bool keys_alarmed_ = false;
};

}  // namespace tongdai::app
