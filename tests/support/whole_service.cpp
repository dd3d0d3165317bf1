#include "support/whole_service.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "campaigns/control.hpp"
#include "config/toml_file.hpp"
#include "directory/facilities.hpp"
#include "directory/units.hpp"
#include "support/source_dir.hpp"

namespace tongdai::test {
namespace {

constexpr Duration settling{200};  // longer than the sandbox's answer and its receipts

/// Memory where there is some: a scenario shows what is written, not when the disk has it.
std::filesystem::path scratch() {
  const std::filesystem::path memory = "/dev/shm";
  std::error_code failed;
  const bool is_there = std::getenv("TMPDIR") == nullptr && std::filesystem::is_directory(memory, failed) &&
                        access(memory.c_str(), W_OK) == 0;
  return is_there ? memory : std::filesystem::temp_directory_path();
}

void require(bool holds, const std::string& else_this) {
  if (!holds) throw std::runtime_error(else_this);
}

}  // namespace

void WholeService::Lines::write(Level level, std::string_view event, std::span<const Field> fields) noexcept {
  lines += std::string(to_string(level)) + ' ' + std::string(event);
  for (const Field& f : fields) lines += ' ' + std::string(f.key) + '=' + f.value;
  lines += '\n';
}

WholeService::WholeService() {
  std::string pattern = (scratch() / "tongdai-scenario-XXXXXX").string();
  require(mkdtemp(pattern.data()) != nullptr, "cannot make a folder for the test");
  folder_ = pattern;
}

WholeService::~WholeService() {
  tear_down_machine();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void WholeService::tear_down_machine() {
  if (loop_) loop_->abandon();
  engine_.reset();
  time_.reset();
  loop_.reset();
}

void WholeService::write_configuration() {
  const std::string source = in_checkout("");
  std::string others;
  for (const std::string& name : more_gateways) {
    others += fmt::format("[[gateway]]\nname = \"{0}\"\nadapter = \"sandbox\"\nsource = \"{0}\"\n{1}\n", name,
                          more_settings);
  }
  std::ofstream(folder_ / "tongdai.toml") << fmt::format(R"([service]
name = "Scenario"
timezone = "Asia/Ho_Chi_Minh"
data_dir = "data"
[campaigns]
resting_percent = {6}
{5}
[numbering]
plan = "{0}/config/numbering/vn.toml"
[hotline]
line = "19001234"
phrases = "{0}/config/hotline/phrases.toml"
duty = ["0912000191", "0962000192"]
{1}
[[gateway]]
name = "sandbox"
adapter = "sandbox"
rate = 500
source = "19001234"
sender_is_discreet = true
{2}
{3}
{4})",
                                                         source, hotline_settings, gateway_settings, others,
                                                         routes, campaign_settings, resting_percent);
}

void WholeService::start_machine(TimePoint at) {
  loop_ = std::make_unique<CrashableLoop>();
  time_ = std::make_unique<VirtualTime>(*loop_, at);
  app::Environment environment{loop_->get_executor(),
                               *time_,
                               *time_,
                               log_,
                               {loop_->get_executor(), loop_->get_executor(), 1},
                               [this] { return ++next_code_; },
                               guard_interval};
  auto engine = app::Engine::open(*config_, std::move(environment));
  if (!engine) throw std::runtime_error(engine.error().what);
  engine_ = std::move(*engine);
  for (const app::GatewayConfig& g : config_->gateways) {
    sandbox(g.settings.name).listen([this](MessageId id, const Phone& phone, const gateway::Heard& heard) {
      if (on_heard) on_heard(id, phone, heard);
    });
  }
  if (on_opened) on_opened();
  run(engine_->start());
  settle();
}

void WholeService::set_up() {
  write_configuration();
  auto config = app::read_config(folder_ / "tongdai.toml");
  if (!config) throw std::runtime_error(config.error());
  config_ = std::move(*config);
  start_machine(parse_rfc3339(first_moment).value());
  import_directory();
}

void WholeService::import_directory() {
  const bool done = on_database([&](storage::Tx& tx) {
    std::ifstream units(in_checkout("/config/units/lai_chau.csv"));
    std::istringstream facilities(facilities_csv);
    const auto u = directory::import_units(tx, engine().ids(), units, now());
    const auto f =
        directory::import_facilities(tx, engine().ids(), facilities, engine().config().plan, now());
    return u.has_value() && f.has_value() && u->rejected == 0 && f->rejected == 0;
  });
  require(done, "units and facilities were not taken");
}

WholeService::Pattern WholeService::into_pattern() {
  run(engine_->stop(1s));
  tear_down_machine();
  return {*config_, folder_ / "data"};
}

void WholeService::set_up_as(const Pattern& pattern) {
  config_ = pattern.config;
  config_->data_dir = folder_ / "data";
  std::filesystem::copy(pattern.data, config_->data_dir, std::filesystem::copy_options::recursive);
  start_machine(parse_rfc3339(first_moment).value());
}

void WholeService::crash(Duration away) {
  const TimePoint at = time_->now();
  tear_down_machine();
  start_machine(at + away);
}

void WholeService::restart_cleanly() {
  run(engine_->stop(1s));
  crash();
}

void WholeService::run(asio::awaitable<void> task) {
  constexpr int turns_max = 1000;  // ten seconds of the virtual clock
  struct End {
    bool reached = false;
    std::exception_ptr failure;
  };
  const auto end = std::make_shared<End>();  // outlives this call if the task never ends
  asio::co_spawn(*loop_, std::move(task), [end](const std::exception_ptr& error) { *end = {true, error}; });
  for (int turn = 0; !end->reached && turn < turns_max; ++turn) {
    time_->settle();
    if (!end->reached) time_->advance(10ms);
    if (time_->is_halted()) throw Halted();
  }
  require(end->reached, "a task never ended");
  if (end->failure) std::rethrow_exception(end->failure);
}

void WholeService::settle() {
  time_->advance(settling);
}

gateway::sandbox::Sandbox& WholeService::sandbox(std::string_view name) {
  return dynamic_cast<gateway::sandbox::Sandbox&>(*engine_->dispatcher().gateway(name));
}

std::int64_t WholeService::count(std::string_view sql) {
  return on_database([&](storage::Tx& tx) { return tx.value<std::int64_t>(sql).value_or(0); });
}

std::int64_t WholeService::count_details(std::string_view beginning) {
  return on_database([&](storage::Tx& tx) {
    return tx
        .value<std::int64_t>(
            "SELECT COUNT(*) FROM case_event e JOIN hotline_case c ON c.id = e.case_id WHERE "
            "unseal(c.key_id, e.sealed_detail, e.detail) LIKE $1 || '%'",
            beginning)
        .value_or(0);
  });
}

void WholeService::add_contacts(const std::string& csv) {
  const auto file = folder_ / "contacts.csv";
  std::ofstream(file) << csv;
  run([](directory::ContactImport& import, std::filesystem::path path) -> asio::awaitable<void> {
    const auto report = co_await import.run(path, std::nullopt);
    if (!report) throw std::runtime_error(report.error().what);
    require(report->rejected == 0, "contacts were rejected");
  }(engine().contact_import(), file));
}

Result<campaigns::CampaignState> WholeService::act(CampaignId id, campaigns::CampaignEvent event) {
  return on_database([&](storage::Tx& tx) -> Result<campaigns::CampaignState> {
    return campaigns::act(tx, engine().messages(), id, event, {"test"}, "", now());
  });
}

CampaignId WholeService::launch(const std::string& toml) {
  const auto document = config::read_toml(toml);
  if (!document) throw std::runtime_error(document.error().print(""));
  config::Faults faults;
  const auto spec = campaigns::Spec::read(*document, now(), faults);
  const auto id = on_database(
      [&](storage::Tx& tx) { return campaigns::create(tx, engine().ids(), spec, "author", now(), faults); });
  require(faults.empty(), config::print(faults, ""));
  for (const auto event : {campaigns::CampaignEvent::submit, campaigns::CampaignEvent::approve}) {
    if (const auto state = act(id, event); !state) throw std::runtime_error(state.error().what);
  }
  return id;
}

}  // namespace tongdai::test
