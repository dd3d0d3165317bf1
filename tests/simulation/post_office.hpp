#pragma once

#include <deque>
#include <map>
#include <string>

#include "simulation/ledger.hpp"
#include "simulation/stage.hpp"

/// The message centre's side of what comes in: it keeps a text until the service has acknowledged it, gives
/// it again after a crash or a no, and now and then although it was acknowledged.
namespace tongdai::simulation {

class PostOffice {
 public:
  explicit PostOffice(Stage& stage) : stage_(stage) {}

  /// Hands a text over within seconds, by parts and in any order where it is long.
  void send(const std::string& words, Said& said);
  /// What was under way when the service died is given again.
  void service_is_back();
  /// Nothing goes through a gateway's link before that moment of the world.
  void link_is_down(const std::string& gateway, Duration until) { down_until_[gateway] = until; }
  [[nodiscard]] std::size_t waiting() const;

 private:
  struct Letter {
    gateway::Inbound inbound;
    std::string gateway;
    Said* said = nullptr;
    bool is_copy = false;  ///< given though it was given before
    bool is_taken = false;
    bool is_under_way = false;
  };
  void post(Letter letter, Duration delay);
  void deliver(std::size_t letter);
  void try_again(std::size_t letter, Duration delay);
  void taken(std::size_t letter);

  Stage& stage_;
  std::deque<Letter> letters_;
  std::map<std::string, Duration> down_until_;
  std::uint64_t life_ = 0;  // of the service: answers of an earlier one count no more
  std::uint16_t next_reference_ = 0;
};

}  // namespace tongdai::simulation
