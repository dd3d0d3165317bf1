#pragma once

#include <boost/asio/co_spawn.hpp>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "app/engine.hpp"
#include "gateway_adapters/sandbox/sandbox.hpp"
#include "support/virtual_time.hpp"

namespace tongdai::test {

/// Thrown where something waits for a machine that was killed meanwhile (VirtualTime::halt).
struct Halted : std::runtime_error {
  Halted() : std::runtime_error("the machine was killed") {}
};

/// The whole service on a virtual clock: the engine of the daemon with a real database and real files, and
/// sandboxes in place of message centres. It can be killed at any moment and started again on the same disk.
/// What goes wrong that no test expects is thrown.
class WholeService {
 public:
  WholeService();
  ~WholeService();
  WholeService(const WholeService&) = delete;
  WholeService& operator=(const WholeService&) = delete;

  /// @name Before `set_up`.
  /// @{
  /// Lines put into the configuration's tables.
  std::string hotline_settings;
  std::string campaign_settings;
  int resting_percent = 0;  ///< of all numbers, that campaigns leave alone
  std::string gateway_settings;
  /// More gateways, all of them sandboxes, by their names; the routes; how often timers are looked at.
  std::vector<std::string> more_gateways;
  std::string more_settings;  ///< of each of those
  std::string routes = "[[route]]\ngateways = [\"sandbox\"]\n";
  Duration guard_interval{1000};
  std::string first_moment = "2026-11-25T09:00:00+07:00";
  std::string facilities_csv =
      "name,type,services,units,phone,hours\n"
      "Than Uyen health station,clinic,medical;counselling,03595,0912000101,24/7\n"
      "Than Uyen police,police_post,police,03595,0912000102,24/7\n"
      "Than Uyen women's union,womens_union,counselling;shelter,03595,0912000103,Mon-Fri 07:30-17:00\n"
      "Sin Ho clinic,clinic,medical,03478,0912000104,24/7\n";
  /// @}

  /// Called with every text that reaches a phone.
  gateway::sandbox::Sandbox::Listener on_heard;
  /// Called when the database is open, before anything happens on it.
  std::function<void()> on_opened;

  /// Writes the configuration, starts the service on an empty database, brings units and facilities in.
  void set_up();
  /// What one service has been set up with, for others that shall be set up alike and at once.
  struct Pattern {
    app::Config config;
    std::filesystem::path data;
  };
  /// Stops cleanly; valid as long as this object.
  [[nodiscard]] Pattern into_pattern();
  void set_up_as(const Pattern& pattern);

  /// Kills the service where it stands and starts it again on the same disk, so much later by the wall clock.
  void crash(Duration away = 1s);
  void restart_cleanly();

  /// Runs a task to its end; time goes on while it waits. Throws what it threw.
  void run(asio::awaitable<void> task);
  /// Longer than the sandbox's answer and its receipts.
  void settle();

  /// One transaction on the database, for arranging and for looking.
  template <class F>
  auto on_database(F work) {
    using R = std::invoke_result_t<F, storage::Tx&>;
    std::optional<R> result;
    run([](storage::Writer& writer, F& f, std::optional<R>& out) -> asio::awaitable<void> {
      out.emplace(co_await writer.run(std::move(f)));
    }(engine().database().writer(), work, result));
    return std::move(*result);
  }
  [[nodiscard]] std::int64_t count(std::string_view sql);
  /// How many entries of all timelines have a detail that begins so.
  [[nodiscard]] std::int64_t count_details(std::string_view beginning);

  /// A campaign from TOML text, submitted and approved. Starts at the clock's now.
  CampaignId launch(const std::string& toml);
  void add_contacts(const std::string& csv);
  Result<campaigns::CampaignState> act(CampaignId id, campaigns::CampaignEvent event);

  [[nodiscard]] app::Engine& engine() { return *engine_; }
  [[nodiscard]] bool is_up() const { return engine_ != nullptr; }
  [[nodiscard]] gateway::sandbox::Sandbox& sandbox(std::string_view name = "sandbox");
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] TimePoint now() const { return time_->now(); }
  [[nodiscard]] VirtualTime& time() { return *time_; }
  /// Since the machine was started last.
  [[nodiscard]] Duration uptime() const { return time_->monotonic().time_since_epoch(); }
  /// All lines that the service logged.
  [[nodiscard]] const std::string& log_text() const { return log_.lines; }
  void forget_log() { log_.lines.clear(); }

  /// The source of codes gives the last one again, as chance may.
  void repeat_last_code() { --next_code_; }

  /// The parts of a crash: the machine goes away where it stands, and comes back.
  void tear_down_machine();
  void start_machine(TimePoint at);

 private:
  struct Lines final : Log {
    void write(Level level, std::string_view event, std::span<const Field> fields) noexcept override;
    std::string lines;
  };

  void write_configuration();
  void import_directory();

  std::filesystem::path folder_;
  Lines log_;
  std::optional<app::Config> config_;
  std::unique_ptr<CrashableLoop> loop_;
  std::unique_ptr<VirtualTime> time_;
  std::unique_ptr<app::Engine> engine_;
  std::uint32_t next_code_ = 482'912;
};

}  // namespace tongdai::test
