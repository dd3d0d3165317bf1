#include "app/log_sink.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdlib>

namespace tongdai::app {
namespace {

/// syslog(3) priorities, which the journal reads from "<n>" at a line's start.
int priority(Level level) {
  switch (level) {
    case Level::debug:
      return 7;
    case Level::info:
      return 6;
    case Level::warning:
      return 4;
    case Level::error:
      return 3;
    case Level::alarm:
      return 1;
  }
  return 3;
}

spdlog::level::level_enum spd_level(Level level) {
  switch (level) {
    case Level::debug:
      return spdlog::level::debug;
    case Level::info:
      return spdlog::level::info;
    case Level::warning:
      return spdlog::level::warn;
    case Level::error:
      return spdlog::level::err;
    case Level::alarm:
      return spdlog::level::critical;
  }
  return spdlog::level::err;
}

/// One line an event, whatever a value holds.
void append_value(std::string& line, std::string_view value) {
  const bool plain = !value.empty() && value.find_first_of(" \"=\n\r\t") == std::string_view::npos;
  if (plain) {
    line += value;
    return;
  }
  line += '"';
  for (const char c : value) line += c == '"' ? '\'' : static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  line += '"';
}

}  // namespace

struct LogSink::Impl {
  std::shared_ptr<spdlog::logger> logger;
  bool journal = false;
};

LogSink::LogSink() : impl_(std::make_unique<Impl>()) {
  impl_->logger =
      std::make_shared<spdlog::logger>("tongdai", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  impl_->journal =
      std::getenv("JOURNAL_STREAM") != nullptr;  // NOLINT(concurrency-mt-unsafe): before any thread
  impl_->logger->set_pattern(impl_->journal ? "%v" : "%Y-%m-%dT%H:%M:%S.%e %-8l %v");
  impl_->logger->flush_on(spdlog::level::info);
}

LogSink::~LogSink() = default;

void LogSink::write(Level level, std::string_view event, std::span<const Field> fields) noexcept {
  if (level == Level::alarm) alarms_.fetch_add(1, std::memory_order_relaxed);
  try {
    std::string line;
    if (impl_->journal) line = "<" + std::to_string(priority(level)) + ">";
    line += event;
    for (const Field& f : fields) {
      line += ' ';
      line += f.key;
      line += '=';
      append_value(line, f.value);
    }
    impl_->logger->log(spd_level(level), "{}", line);
  } catch (...) {  // NOLINT(bugprone-empty-catch): a log that cannot be written must not stop the service
  }
}

}  // namespace tongdai::app
