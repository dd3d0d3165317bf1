#pragma once

#include "simulation/post_office.hpp"
#include "simulation/stage.hpp"

/// What goes wrong with the machine and the network: crashes at any commit, links that drop, centres that are
/// silent, slow or refuse, receipts lost, late, twice or too early, clocks that jump.
namespace tongdai::simulation {

class Weather {
 public:
  Weather(Stage& stage, PostOffice& post) : stage_(stage), post_(post) {}

  /// From now on, until the calm.
  void begin();
  /// The service's database was opened: its end may be decided now.
  void service_opened();
  /// All links up, all centres kind.
  void clear_up();
  /// The service died: half of what was on its way reached the phones. When it comes back, and how far its
  /// clock is off.
  struct Death {
    Duration away{};
    Duration jump{};
  };
  [[nodiscard]] Death service_dies();
  /// The world's clock when the service's was last set.
  [[nodiscard]] Duration last_jump() const { return last_jump_; }
  [[nodiscard]] int crashes() const { return crashes_; }

 private:
  void change();
  void change_centre(gateway::sandbox::World& world);
  void drop_a_link();
  void jump_clock();
  void restart();
  static int on_commit(void* self);

  Stage& stage_;
  PostOffice& post_;
  std::int64_t commits_left_ = -1;  // until the crash; negative: none is planned
  bool loses_commit_ = false;       // the crash comes before the commit is on disk
  int crashes_ = 0;
  Duration last_jump_{0};
};

}  // namespace tongdai::simulation
