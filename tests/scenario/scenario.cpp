#include "scenario/scenario.hpp"

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

Expected having(std::string name, std::string part) {
  return {std::move(name),
          [part = std::move(part)](const std::string& t) { return t.find(part) != std::string::npos; }};
}

/// Memory where there is some: a scenario shows what is written, not when the disk has it.
std::filesystem::path scratch() {
  const std::filesystem::path memory = "/dev/shm";
  std::error_code failed;
  const bool is_there = std::getenv("TMPDIR") == nullptr && std::filesystem::is_directory(memory, failed) &&
                        access(memory.c_str(), W_OK) == 0;
  return is_there ? memory : std::filesystem::temp_directory_path();
}

const char* const facilities_csv =
    "name,type,services,units,phone,hours\n"
    "Than Uyen health station,clinic,medical;counselling,03595,0912000101,24/7\n"
    "Than Uyen police,police_post,police,03595,0912000102,24/7\n"
    "Than Uyen women's union,womens_union,counselling;shelter,03595,0912000103,Mon-Fri 07:30-17:00\n"
    "Sin Ho clinic,clinic,medical,03478,0912000104,24/7\n";

}  // namespace

Expected alert() {
  return having("an alert", "can ");
}
Expected duty_page() {
  return having("a duty page", "CHUA AI NHAN");
}
Expected details() {
  return having("the case's details", "da giao cho ban");
}
Expected taken_by_another() {
  return having("taken by another", "da co noi khac nhan");
}
Expected declined() {
  return having("the decline noted", "Da ghi nhan TU CHOI");
}
Expected closed() {
  return having("the case closed", "da dong");
}
Expected hint() {
  return having("a hint to write the code", "Chua ro vu viec nao");
}
Expected unknown_code() {
  return having("no such code", "Khong co vu viec");
}
Expected not_yours() {
  return having("not yours", "khong giao cho ban");
}
Expected acknowledgement() {
  return having("the neutral acknowledgement", "Cam on ban");
}
Expected question_of_place() {
  return having("the question of the place", "o xa, phuong nao");
}
Expected opt_out_confirmed() {
  return having("the refusal confirmed", "Da nhan yeu cau ngung");
}
Expected text(std::string part) {
  return having("a text with \"" + part + "\"", part);
}
Expected nothing() {
  return {"nothing", nullptr};
}

Handset& Handset::texts(std::string words) {
  scenario_.send(phone_, words);
  return *this;
}

Handset& Handset::replies(std::string words) {
  const std::string mark = "{code}";
  if (const auto at = words.find(mark); at != std::string::npos) words.replace(at, mark.size(), code());
  return texts(words);
}

Handset& Handset::expects(const Expected& expected) {
  scenario_.settle();
  auto& unread = scenario_.unread_[phone_];
  if (!expected.matches) {
    if (!unread.empty()) ADD_FAILURE() << phone_.masked() << " expected nothing, got: " << unread.front();
    return *this;
  }
  if (unread.empty()) {
    ADD_FAILURE() << phone_.masked() << " expected " << expected.name << ", got nothing";
    return *this;
  }
  scenario_.last_read_[phone_] = unread.front();
  if (!expected.matches(unread.front())) {
    ADD_FAILURE() << phone_.masked() << " expected " << expected.name << ", got: " << unread.front();
  }
  unread.pop_front();
  return *this;
}

const std::string& Handset::last() const {
  return scenario_.last_read_[phone_];
}

std::string Handset::code() const {
  const std::string& text = last();
  for (std::size_t i = 0; i + 6 <= text.size(); ++i) {
    const std::string run = text.substr(i, 6);
    if (run.find_first_not_of("0123456789") == std::string::npos) return run;
  }
  ADD_FAILURE() << "no code in: " << text;
  return "000000";
}

void Scenario::Lines::write(Level level, std::string_view event, std::span<const Field> fields) noexcept {
  lines += std::string(to_string(level)) + ' ' + std::string(event);
  for (const Field& f : fields) lines += ' ' + std::string(f.key) + '=' + f.value;
  lines += '\n';
}

Scenario::Scenario() {
  std::string pattern = (scratch() / "tongdai-scenario-XXXXXX").string();
  folder_ = mkdtemp(pattern.data());
}

Scenario::~Scenario() {
  tear_down_machine();
  std::filesystem::remove_all(folder_);
}

void Scenario::tear_down_machine() {
  if (loop_) loop_->abandon();
  engine_.reset();
  time_.reset();
  loop_.reset();
}

void Scenario::write_configuration() {
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

void Scenario::boot() {
  auto config = app::read_config(folder_ / "tongdai.toml");
  ASSERT_TRUE(config) << config.error();
  app::Environment environment{loop_->get_executor(),
                               *time_,
                               *time_,
                               log_,
                               {loop_->get_executor(), loop_->get_executor(), 1},
                               [this] { return ++next_code_; },
                               guard_interval};
  auto engine = app::Engine::open(std::move(*config), std::move(environment));
  ASSERT_TRUE(engine) << engine.error().what;
  engine_ = std::move(*engine);
  const auto listen = [this](const Phone& phone, const gateway::Heard& heard) {
    if (recorder && recorder(phone, heard)) return;
    unread_[phone].push_back(heard.text);
  };
  sandbox().listen(listen);
  for (const std::string& name : more_gateways) sandbox(name).listen(listen);
  run(engine_->start());
  settle();
}

void Scenario::SetUp() {
  write_configuration();
  loop_ = std::make_unique<CrashableLoop>();
  time_ = std::make_unique<VirtualTime>(*loop_, parse_rfc3339(first_moment).value());
  boot();
  import_directory();
}

void Scenario::import_directory() {
  const bool done = on_database([&](storage::Tx& tx) {
    std::ifstream units(in_checkout("/config/units/lai_chau.csv"));
    std::istringstream facilities(facilities_csv);
    const auto u = directory::import_units(tx, engine().ids(), units, now());
    const auto f =
        directory::import_facilities(tx, engine().ids(), facilities, engine().config().plan, now());
    return u.has_value() && f.has_value() && u->rejected == 0 && f->rejected == 0;
  });
  ASSERT_TRUE(done);
  facility_phones_ = {{"Than Uyen health station", Phone::stored("+84912000101")},
                      {"Than Uyen police", Phone::stored("+84912000102")},
                      {"Than Uyen women's union", Phone::stored("+84912000103")},
                      {"Sin Ho clinic", Phone::stored("+84912000104")}};
}

void Scenario::TearDown() {
  if (!engine_) return;
  settle();
  for (const auto& [phone, texts] : unread_) {
    for (const std::string& t : texts)
      ADD_FAILURE() << "nobody expected this text to " << phone.masked() << ": " << t;
  }
  // The first promise, in every scenario: an open case has an owner or a timer.
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case WHERE state <> 'closed' AND due_at IS NULL"), 0);
  EXPECT_EQ(log_.lines.find("task ended by an exception"), std::string::npos) << log_.lines;
}

void Scenario::crash(Duration away) {
  const TimePoint at = time_->now();
  tear_down_machine();
  loop_ = std::make_unique<CrashableLoop>();
  time_ = std::make_unique<VirtualTime>(*loop_, at + away);
  boot();
}

void Scenario::restart_cleanly() {
  run(engine_->stop(1s));
  crash();
}

void Scenario::run(asio::awaitable<void> task) {
  bool done = false;
  std::exception_ptr failure;
  asio::co_spawn(*loop_, std::move(task), [&](const std::exception_ptr& error) {
    failure = error;
    done = true;
  });
  for (int turn = 0; !done && turn < 1000; ++turn) {
    time_->settle();
    if (!done) time_->advance(10ms);
  }
  ASSERT_TRUE(done) << "a task never ended";
  if (failure) std::rethrow_exception(failure);
}

void Scenario::settle() {
  time_->advance(settling);
}

// The loops that guard the timers turn once a second: what is due in `d` has happened a second later.
void Scenario::ClockWords::advance(Duration d) {
  scenario.time_->advance(d + scenario.lateness);
}

gateway::sandbox::Sandbox& Scenario::sandbox(std::string_view name) {
  return dynamic_cast<gateway::sandbox::Sandbox&>(*engine_->dispatcher().gateway(name));
}

Handset Scenario::citizen(std::string_view number) {
  const auto parsed = engine().config().plan.parse(number);
  return {*this, parsed ? parsed->phone : Phone::stored(std::string(number))};
}

Handset Scenario::facility(const std::string& name) {
  return {*this, facility_phones_.at(name)};
}

void Scenario::send(const Phone& from, const std::string& words) {
  std::optional<bool> stored;
  sandbox().text(from, engine().config().lines.front(), words, [&](bool ok) { stored = ok; });
  settle();
  ASSERT_EQ(stored, true) << "the service did not take the text";
}

std::int64_t Scenario::count(std::string_view sql) {
  return on_database([&](storage::Tx& tx) { return tx.value<std::int64_t>(sql).value_or(0); });
}

std::int64_t Scenario::count_details(std::string_view beginning) {
  return on_database([&](storage::Tx& tx) {
    return tx
        .value<std::int64_t>(
            "SELECT COUNT(*) FROM case_event e JOIN hotline_case c ON c.id = e.case_id WHERE "
            "unseal(c.key_id, e.sealed_detail, e.detail) LIKE $1 || '%'",
            beginning)
        .value_or(0);
  });
}

void Scenario::add_contacts(const std::string& csv) {
  const auto file = folder_ / "contacts.csv";
  std::ofstream(file) << csv;
  run([](directory::ContactImport& import, std::filesystem::path path) -> asio::awaitable<void> {
    const auto report = co_await import.run(path, std::nullopt);
    EXPECT_TRUE(report) << report.error().what;
    if (report) EXPECT_EQ(report->rejected, 0);
  }(engine().contact_import(), file));
}

Result<campaigns::CampaignState> Scenario::act(CampaignId id, campaigns::CampaignEvent event) {
  return on_database([&](storage::Tx& tx) -> Result<campaigns::CampaignState> {
    return campaigns::act(tx, engine().messages(), id, event, {"test"}, "", now());
  });
}

CampaignId Scenario::launch(const std::string& toml) {
  const auto document = config::read_toml(toml);
  EXPECT_TRUE(document) << document.error().print("");
  config::Faults faults;
  const auto spec = campaigns::Spec::read(*document, now(), faults);
  const auto id = on_database(
      [&](storage::Tx& tx) { return campaigns::create(tx, engine().ids(), spec, "author", now(), faults); });
  EXPECT_TRUE(faults.empty()) << config::print(faults, "");
  EXPECT_TRUE(act(id, campaigns::CampaignEvent::submit));
  EXPECT_TRUE(act(id, campaigns::CampaignEvent::approve));
  return id;
}

}  // namespace tongdai::test
