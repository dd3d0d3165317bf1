#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/phone.hpp"
#include "core/time.hpp"

/// [watch]: what an administrator asks the service to watch itself by.
namespace tongdai::ops {

/// A text of our own that must come back as any report would.
struct SyntheticSettings {
  std::string gateway;  ///< through which it leaves
  Phone from;           ///< the number that this gateway shows
  Phone to;             ///< the line that people text to
  Duration every = 1h;
  Duration within = 5min;  ///< later it counts as lost
};

struct WatchSettings {
  std::string heartbeat;  ///< a URL, or the path of a file whose time is set; "" for none
  bool heartbeat_posts = false;
  Duration heartbeat_every = 1min;
  std::optional<Duration> silence;  ///< of a line; nullopt: by its usual pattern, 0: never told
  Duration gateway_down = 2min;     ///< of one that receives; 0: never told
  std::optional<SyntheticSettings> synthetic;

  [[nodiscard]] bool beats_by_url() const {
    return heartbeat.starts_with("http://") || heartbeat.starts_with("https://");
  }
};

/// How the watch stands, for people.
struct WatchView {
  std::vector<std::string> objections;  ///< why the heartbeat is held back; empty: all is well
  std::optional<TimePoint> last_beat;
  std::uint64_t beats = 0;
  std::optional<TimePoint> synthetic_sent;
  std::optional<TimePoint> synthetic_returned;
  std::optional<Duration> synthetic_round;  ///< of the last one that came back
  std::uint64_t synthetic_missed = 0;       ///< since the start
  std::vector<std::string> silent_lines;
};

}  // namespace tongdai::ops
