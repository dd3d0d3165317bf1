#include "simulation/simulation.hpp"

#include "hotline/escalation.hpp"
#include "simulation/census.hpp"
#include "simulation/crowd.hpp"
#include "simulation/oracle.hpp"
#include "simulation/post_office.hpp"
#include "simulation/town.hpp"
#include "simulation/weather.hpp"

#include <optional>

namespace tongdai::simulation {
namespace {

constexpr Duration storm_max = 4h;       // by then there are 200 cases, or something holds them up
constexpr Duration calm_length = 75min;  // longer than any lease, step, lifetime and backoff together
constexpr Duration step_max = 1s;
constexpr int looks_every = 12;    // actions
constexpr int campaign_every = 2;  // citizens in the audience

constexpr const char* campaign = R"(
title = "Thang hanh dong"
class = "social_policy"
[audience]
groups = ["phu-nu"]
[[text]]
body = "{}"
[schedule]
rate = 1
)";

void set_short_times(test::WholeService& service) {
  service.hotline_settings =
      "reply_window_s = 60\n[hotline.escalation]\ncritical_s = 60\nhigh_s = 120\nnormal_s = 240\n"
      "duty_repeat_s = 120\nlease_critical_s = 300\nlease_s = 900\n";
  service.more_gateways = {"second"};
  service.more_settings = "rate = 200\nsender_is_discreet = false\n";
  service.routes =
      "[[route]]\npurpose = [\"campaign\"]\ngateways = [\"second\"]\n"
      "[[route]]\ngateways = [\"sandbox\", \"second\"]\n";
  service.guard_interval = Duration{5000};
}

class Simulation {
 public:
  Simulation(const Story& story, const test::WholeService::Pattern& pattern)
      : story_(story),
        stage_(story.seed, story.traces),
        post_(stage_),
        weather_(stage_, post_),
        crowd_(stage_, town_, ledger_, post_) {
    set_short_times(stage_.service);
    stage_.service.on_heard = [this](MessageId id, const Phone& to, const gateway::Heard& heard) {
      hear(id, to, heard);
    };
    stage_.service.set_up_as(pattern);
    window_.emplace(stage_.service.folder() / "data" / "tongdai.db");
    oracle_.emplace(stage_, town_, ledger_, *window_, Phrasebook(stage_.service.engine().config().words));
    census_.emplace(stage_, ledger_, *window_, *oracle_);
  }

  Ending play() {
    try {
      play_all();
    } catch (const std::exception& e) {
      stage_.violated("it threw: {}", e.what());
    }
    return {stage_.violations, stage_.digest(),   cases(), static_cast<int>(ledger_.all().size()),
            texts_out_,        weather_.crashes()};
  }

 private:
  void play_all() {
    open();
    play_until([this] { return cases() >= story_.cases_min || stage_.now() > storm_max; });
    if (stage_.violations.empty() && cases() < story_.cases_min)
      stage_.violated("only {} cases came about in {} s", cases(), stage_.now().count() / 1000);
    stage_.is_calm = true;
    weather_.clear_up();
    const Duration end = stage_.now() + calm_length;
    stage_.after(calm_length, [] {});
    play_until([&] { return stage_.now() >= end || (post_.waiting() == 0 && is_quiet()); });
    if (stage_.violations.empty()) census_->close_the_books();
    census_->read_log(stage_.service.log_text());
  }

  void open() {
    std::string contacts = "phone,groups\n";
    for (std::size_t i = 0; i < town_.citizens.size(); i += campaign_every)
      contacts += town_.citizens[i].reveal() + ",phu-nu\n";
    stage_.service.add_contacts(contacts);
    stage_.after(10min, [this] { stage_.service.launch(fmt::format(campaign, Oracle::campaign_text)); });
    stage_.service.on_opened = [this] { weather_.service_opened(); };
    weather_.service_opened();
    crowd_.begin();
    weather_.begin();
    stage_.after(3min, [this] { open_at_desk(); });
  }

  /// A counsellor opens a case of a call, and knows who must not hear of it.
  void open_at_desk() {
    if (stage_.is_calm) return;
    stage_.after(stage_.dice.within(1min, 15min), [this] { open_at_desk(); });
    const Facility& connected = stage_.dice.one_of(town_.facilities);
    const auto id = stage_.service.on_database([&](storage::Tx& tx) {
      hotline::Opening opening;
      opening.urgency = hotline::Urgency::high;
      opening.place = hotline::Place::known;
      opening.unit = *tx.value<UnitId>("SELECT id FROM unit WHERE code = '03595' AND valid_to IS NULL");
      opening.services = {"medical", "police"};
      opening.conflicts = {*tx.value<FacilityId>("SELECT id FROM facility WHERE name = $1", connected.name)};
      return hotline::open_case(tx, stage_.service.engine().desk(), opening, stage_.service.now());
    });
    const auto code = window_->tx().value<std::string>("SELECT code FROM hotline_case WHERE id = $1", id);
    stage_.note("the desk opens {}, without {}", code.value(), connected.name);
    oracle_->leave_out(*code, connected.phones);
  }

  void hear(MessageId id, const Phone& to, const gateway::Heard& heard) {
    ++texts_out_;
    oracle_->judge(id, to, heard);
    crowd_.heard(to, heard.text);
  }

  template <class Condition>
  void play_until(Condition ends) {
    for (int n = 0; stage_.violations.empty() && stage_.has_plans() && !ends(); ++n) {
      try {
        step();
        if (n % looks_every == 0) census_->look(steady());
      } catch (const test::Halted&) {
      }
      if (stage_.service.time().is_halted()) revive();
    }
  }

  void step() {
    // In small steps: what people hear meanwhile may make them act before the next plan.
    while (stage_.next_at() > stage_.now()) {
      stage_.service.time().advance(std::min(stage_.next_at() - stage_.now(), step_max));
      if (stage_.service.time().is_halted()) throw test::Halted();
    }
    stage_.take_next()();
  }

  void revive() {
    for (;;) {
      const Weather::Death death = weather_.service_dies();
      const TimePoint at = stage_.service.now() + death.away + death.jump;
      const Duration world = stage_.now() + death.away;
      stage_.service.tear_down_machine();
      census_->read_log(stage_.service.log_text());
      stage_.service.forget_log();
      stage_.set_origin(world);
      started_ = world;
      try {
        stage_.service.start_machine(at);
        return post_.service_is_back();
      } catch (const test::Halted&) {
      }
    }
  }

  [[nodiscard]] Duration steady() const { return stage_.now() - std::max(started_, weather_.last_jump()); }
  [[nodiscard]] int cases() { return static_cast<int>(window_->count("SELECT COUNT(*) FROM hotline_case")); }
  [[nodiscard]] bool is_quiet() {
    return window_->count("SELECT COUNT(*) FROM hotline_case WHERE state <> 'closed'") == 0 &&
           window_->count("SELECT COUNT(*) FROM message WHERE state IN ('queued', 'submitting')") == 0 &&
           window_->count("SELECT COUNT(*) FROM inbound_part") == 0;
  }

  Story story_;
  Town town_;
  Ledger ledger_;
  Stage stage_;
  PostOffice post_;
  Weather weather_;
  Crowd crowd_;
  std::optional<Window> window_;
  std::optional<Oracle> oracle_;
  std::optional<Census> census_;
  Duration started_{0};
  int texts_out_ = 0;
};

}  // namespace

void prepare(test::WholeService& service) {
  set_short_times(service);
  service.facilities_csv = Town().facilities_csv;
  service.set_up();
}

Ending play(const Story& story, const test::WholeService::Pattern& pattern) {
  return Simulation(story, pattern).play();
}

}  // namespace tongdai::simulation
