#pragma once

#include "core/time.hpp"

/// What systemd is told (Type=notify). Does nothing where there is no systemd. Any thread.
namespace tongdai::app {

void notify_ready();
void notify_reloading();
void notify_stopping();
/// A sign of life for WatchdogSec.
void notify_alive();

}  // namespace tongdai::app
