#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "app/engine.hpp"
#include "gateway_adapters/sandbox/sandbox.hpp"
#include "support/virtual_time.hpp"

namespace tongdai::test {

/// What somebody expects to read: a name for the failure, and how to tell it.
struct Expected {
  std::string name;
  std::function<bool(const std::string&)> matches;
};

/// @name The texts of the service, told apart by the words of config/hotline/phrases.toml.
/// @{
[[nodiscard]] Expected alert();      ///< a facility is asked
[[nodiscard]] Expected duty_page();  ///< the duty officer is asked
[[nodiscard]] Expected details();    ///< the case is theirs
[[nodiscard]] Expected taken_by_another();
[[nodiscard]] Expected declined();
[[nodiscard]] Expected closed();
[[nodiscard]] Expected hint();
[[nodiscard]] Expected unknown_code();
[[nodiscard]] Expected not_yours();
[[nodiscard]] Expected acknowledgement();    ///< to a reporter
[[nodiscard]] Expected question_of_place();  ///< to a reporter
[[nodiscard]] Expected opt_out_confirmed();
[[nodiscard]] Expected text(std::string part);
[[nodiscard]] Expected nothing();
/// @}

class Scenario;

/// A phone of the network, in the hand of a citizen or a facility's person.
class Handset {
 public:
  Handset(Scenario& scenario, Phone phone) : scenario_(scenario), phone_(std::move(phone)) {}
  /// Sends a text to the hotline and waits until the service has it.
  Handset& texts(std::string words);
  /// As `texts`; "{code}" is the last code that this phone was shown.
  Handset& replies(std::string words);
  /// The next unread text is this one; `nothing()`: there is none.
  Handset& expects(const Expected& expected);
  /// The text that was expected last.
  [[nodiscard]] const std::string& last() const;
  [[nodiscard]] std::string code() const;
  [[nodiscard]] const Phone& phone() const { return phone_; }

 private:
  Scenario& scenario_;
  Phone phone_;
};

/// The whole service on a virtual clock, with phones in place of a message centre. At the end any text that
/// nobody expected fails the test: that is the do-no-harm oracle.
class Scenario : public ::testing::Test {
 protected:
  Scenario();
  ~Scenario() override;
  void SetUp() override;
  void TearDown() override;

  [[nodiscard]] Handset citizen(std::string_view number);
  /// By name: the first contact of the facility.
  [[nodiscard]] Handset facility(const std::string& name);
  [[nodiscard]] Handset duty_officer() { return citizen("0912000191"); }

  struct ClockWords {
    Scenario& scenario;
    void advance(Duration d);
  } clock{*this};

  /// The source of codes gives the last one again, as chance may.
  void repeat_last_code() { --next_code_; }

  /// Kills the service where it stands and starts it again on the same disk, so much later.
  void crash(Duration away = 1s);
  void restart_cleanly();

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
  [[nodiscard]] gateway::sandbox::Sandbox& sandbox(std::string_view name = "sandbox");
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] TimePoint now() const { return time_->now(); }
  /// All lines that the service logged.
  [[nodiscard]] const std::string& log_text() const { return log_.lines; }

  /// Before SetUp: lines put into the configuration's tables.
  std::string hotline_settings;
  std::string campaign_settings;
  int resting_percent = 0;  ///< before SetUp: of all numbers, that campaigns leave alone
  std::string gateway_settings;
  /// Before SetUp: more gateways, all of them sandboxes, by their names; the routes; how often timers are
  /// looked at.
  std::vector<std::string> more_gateways;
  std::string more_settings;  ///< of each of those
  std::string routes = "[[route]]\ngateways = [\"sandbox\"]\n";
  Duration guard_interval{1000};
  /// How much longer than asked `advance` goes, so that what is due by then is done: no less than the former.
  Duration lateness{1000};
  std::string first_moment = "2026-11-25T09:00:00+07:00";
  /// Before the oracle: called with every text that reaches a phone. True: it was expected, and is not kept.
  std::function<bool(const Phone&, const gateway::Heard&)> recorder;

  /// How many texts this phone has that nobody expected yet.
  [[nodiscard]] std::size_t unread(const Handset& handset) { return unread_[handset.phone()].size(); }

  void run(asio::awaitable<void> task);
  void settle();

 private:
  friend class Handset;
  struct Lines final : Log {
    void write(Level level, std::string_view event, std::span<const Field> fields) noexcept override;
    std::string lines;
  };

  void write_configuration();
  void boot();
  void tear_down_machine();
  void import_directory();
  void send(const Phone& from, const std::string& words);

  std::filesystem::path folder_;
  Lines log_;
  std::unique_ptr<CrashableLoop> loop_;
  std::unique_ptr<VirtualTime> time_;
  std::unique_ptr<app::Engine> engine_;
  std::map<Phone, std::deque<std::string>> unread_;
  std::map<Phone, std::string> last_read_;
  std::map<std::string, Phone> facility_phones_;
  std::uint32_t next_code_ = 482'912;
};

}  // namespace tongdai::test
