#include "simulation/weather.hpp"

#include <sqlite3.h>

namespace tongdai::simulation {
namespace {

constexpr Duration between_changes{150'000};
constexpr std::int64_t commits_max = 2200;  // of one life of the service
constexpr double dies_at_once = 0.15;       // in the first commits after a start
constexpr double dies_not = 0.1;

}  // namespace

void Weather::begin() {
  if (stage_.is_calm) return;
  change();
  stage_.after(stage_.dice.within(1s, 2 * between_changes), [this] { begin(); });
}

void Weather::change() {
  switch (stage_.dice.weighted({8, 5, 3, 1})) {
    case 0:
      for (const char* name : {"sandbox", "second"}) change_centre(stage_.service.sandbox(name).world());
      return;
    case 1:
      return drop_a_link();
    case 2:
      return jump_clock();
    default:
      return restart();
  }
}

/// As an administrator does it.
void Weather::restart() {
  stage_.note("the service is stopped");
  auto& service = stage_.service;
  service.run(service.engine().stop(2s));
  service.time().halt();
}

void Weather::change_centre(gateway::sandbox::World& world) {
  Dice& dice = stage_.dice;
  const auto some = [&](double share, double most) {
    return dice.chance(share) ? most * static_cast<double>(dice.between(1, 100)) / 100 : 0.0;
  };
  world.rejects = some(0.2, 0.2);
  world.later = some(0.3, 0.6);
  world.throttles = some(0.2, 0.5);
  world.silence = some(0.3, 0.5);
  world.undelivered = some(0.3, 0.4);
  world.receipts_twice = some(0.3, 1);
  world.receipts_first = some(0.3, 1);
  world.latency = dice.chance(0.3) ? dice.within(0ms, 8s) : 20ms;
  world.receipt_delay = dice.chance(0.3) ? dice.within(0ms, 5min) : 100ms;
  stage_.note("weather: rejects {:.2f} later {:.2f} throttles {:.2f} silence {:.2f} latency {}",
              world.rejects, world.later, world.throttles, world.silence, world.latency.count());
}

void Weather::drop_a_link() {
  const std::string name = stage_.dice.chance(0.5) ? "sandbox" : "second";
  const Duration away = stage_.dice.within(1s, 3min);
  stage_.note("the link {} drops for {} s", name, away.count() / 1000);
  stage_.outages.push_back({name, stage_.now(), away});
  post_.link_is_down(name, stage_.now() + away);
  stage_.service.sandbox(name).drop_link(away);
}

void Weather::jump_clock() {
  const Duration by =
      stage_.dice.chance(0.5) ? stage_.dice.within(-5s, 5s) : stage_.dice.within(-10min, 10min);
  stage_.note("the clock jumps by {} s", by.count() / 1000);
  stage_.service.time().jump_wall(by);
  last_jump_ = stage_.now();
}

void Weather::clear_up() {
  commits_left_ = -1;
  for (const char* name : {"sandbox", "second"}) {
    auto& world = stage_.service.sandbox(name).world();
    world.rejects = world.later = world.throttles = world.silence = world.undelivered = 0;
    world.latency = 20ms;
    world.receipt_delay = 100ms;
  }
  stage_.note("calm");
}

int Weather::on_commit(void* self) {
  auto& weather = *static_cast<Weather*>(self);
  if (weather.commits_left_ < 0 || --weather.commits_left_ > 0) return 0;
  weather.commits_left_ = -1;
  weather.stage_.service.time().halt();
  return weather.loses_commit_ ? 1 : 0;  // 1 makes the commit a rollback
}

void Weather::service_opened() {
  Dice& dice = stage_.dice;
  commits_left_ = -1;
  stage_.service.on_database([this](storage::Tx& tx) {
    sqlite3_commit_hook(tx.connection().raw().getHandle(), &Weather::on_commit, this);
    return true;
  });
  for (const char* name : {"sandbox", "second"}) stage_.service.sandbox(name).reseed(dice.next());
  loses_commit_ = dice.chance(0.5);
  if (stage_.is_calm || dice.chance(dies_not)) return;
  commits_left_ = dice.chance(dies_at_once) ? dice.between(1, 12) : dice.between(1, commits_max);
}

Weather::Death Weather::service_dies() {
  ++crashes_;
  for (const char* name : {"sandbox", "second"}) stage_.service.sandbox(name).drop_link(1s);
  const Death death{stage_.dice.chance(0.7) ? stage_.dice.within(100ms, 10s) : stage_.dice.within(10s, 5min),
                    stage_.dice.chance(0.1) ? stage_.dice.within(-5min, 5min) : Duration{0}};
  stage_.note("the service dies, {}; away for {} ms, its clock is off by {} ms",
              loses_commit_ ? "before a commit" : "after a commit", death.away.count(), death.jump.count());
  return death;
}

}  // namespace tongdai::simulation
