#include "app/watch.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

namespace tongdai::app {
namespace {

constexpr Duration audit_age_max = 3min;      // the auditor turns once a minute
constexpr Duration handling_patience = 2min;  // a text that stands unhandled for longer is stuck
constexpr Duration learn_interval = 1h;
constexpr Duration probe_page_pause = 1h;

constexpr std::string_view count_stuck =
    "SELECT COUNT(*) FROM inbound WHERE state = 'received' AND received_at < $1";

std::int64_t minutes(Duration d) {
  return std::chrono::ceil<std::chrono::minutes>(d).count();
}

/// Sets the time of a file, which is made if there is none.
Result<void> touch(const std::string& file, TimePoint now) {
  const int fd = open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch());
  const timespec time{seconds.count(), 0};
  const std::array<timespec, 2> times{time, time};
  const bool done = fd >= 0 && futimens(fd, times.data()) == 0;
  const int error = errno;
  if (fd >= 0) close(fd);
  if (done) return {};
  return fail(Code::unavailable, std::system_category().message(error));
}

}  // namespace

Watch::Watch(WatchRoom room)
    : room_(std::move(room)),
      links_(room_.settings.gateway_down),
      histories_(room_.lines.size()),
      started_(room_.clock.now()) {}

void Watch::audited(std::size_t cases_off, std::int64_t campaigns_off) {
  cases_off_ = cases_off;
  campaigns_off_ = campaigns_off;
  audited_at_ = room_.clock.monotonic();
  is_audited_ = true;
}

bool Watch::is_probe(storage::Tx& tx, const inbox::InboundText& text, TimePoint now) const {
  const auto& synthetic = room_.settings.synthetic;
  return synthetic && text.line == synthetic->to &&
         ops::take_probe(tx, *synthetic, text.sender, text.text, now);
}

asio::awaitable<void> Watch::learn_patterns() {
  const MonoTime mono = room_.clock.monotonic();
  if (room_.settings.silence || (has_learned_ && mono - learned_at_ < learn_interval)) co_return;
  const TimePoint since = room_.clock.now() - ops::pattern_length;
  histories_ = co_await room_.database.readers().run([&](storage::Tx& tx) {
    std::vector<ops::LineHistory> all;
    for (const Phone& line : room_.lines) all.push_back(ops::history_of(tx, line, since));
    return all;
  });
  learned_at_ = mono;
  has_learned_ = true;
}

asio::awaitable<void> Watch::run_once() {
  std::vector<ops::LinkState> states;
  for (const auto& line : room_.dispatcher.view()) {
    const auto* gateway = room_.dispatcher.gateway(line.name);
    states.push_back({line.name, gateway->capabilities().receives, line.link == gateway::Link::up});
  }
  const auto gone = links_.run_once(states, room_.clock.monotonic());
  co_await learn_patterns();
  probes_missed_ += co_await room_.database.writer().run([&](storage::Tx& tx) {
    const TimePoint now = room_.clock.now();
    for (const std::string& gateway : gone) {
      room_.log.alarm("a receiving gateway is away: reports may not come in", {{"gateway", gateway}});
      page(tx,
           fmt::format(
               "Tong dai: cong {} mat ket noi hon {} phut, tin gui den co the khong toi. Kiem tra ngay.",
               gateway, minutes(room_.settings.gateway_down)),
           gateway, now);
    }
    for (const Phone& line : room_.lines) look_at_line(tx, line, now);
    return room_.settings.synthetic ? look_at_probes(tx, now) : 0;
  });
}

std::size_t Watch::look_at_probes(storage::Tx& tx, TimePoint now) {
  const ops::SyntheticSettings& settings = *room_.settings.synthetic;
  const std::size_t missed = ops::give_up_probes(tx, settings.within, now);
  const ops::ProbeHistory history = ops::probe_history(tx);
  if (!history.is_missed) {
    if (is_probe_lost_) room_.log.warning("a synthetic report came back again");
    is_probe_lost_ = false;
  } else if (!is_probe_lost_ || now - probe_told_at_ >= probe_page_pause) {
    is_probe_lost_ = true;
    probe_told_at_ = now;
    room_.log.alarm("a synthetic report did not come back", {{"gateway", settings.gateway}});
    page(
        tx,
        fmt::format("Tong dai: tin thu khong quay ve sau {} phut, duong nhan tin co the hong. Kiem tra ngay.",
                    minutes(settings.within)),
        "", now);
  }
  if (ops::is_probe_due(history, settings.every, now)) send_probe(tx, now);
  return missed;
}

void Watch::send_probe(storage::Tx& tx, TimePoint now) {
  const ops::SyntheticSettings& settings = *room_.settings.synthetic;
  ops::drop_old_probes(tx, now);
  outbox::Draft draft;
  draft.purpose = outbox::Purpose::operator_code;
  draft.to = settings.to;
  draft.text = ops::begin_probe(tx, room_.nonces, now);
  draft.gateway = settings.gateway;
  draft.expires_at = now + settings.within;
  draft.to_ourselves = true;
  if (const auto sent = room_.desk.door.admit(tx, draft, now); !sent) {
    room_.log.error("a synthetic report was refused at the door", {{"why", name_of(sent.error().why)}});
  }
}

void Watch::look_at_line(storage::Tx& tx, const Phone& line, TimePoint now) {
  const auto at = static_cast<std::size_t>(std::ranges::find(room_.lines, line) - room_.lines.begin());
  const auto allowed = ops::silence_allowed(histories_[at], room_.settings.silence);
  if (!allowed) return;
  const auto last = ops::last_text(tx, line);
  if (now - last.value_or(started_) < *allowed || !ops::note_silence(tx, line, last)) return;
  room_.log.alarm("a line is silent for longer than is usual", {{"minutes", minutes(*allowed)}});
  page(tx,
       fmt::format("Tong dai: so {} da {} phut khong nhan tin nao. Kiem tra duong nhan tin.", line.reveal(),
                   minutes(*allowed)),
       "", now);
}

/// Over a gateway that is up if there is one, and not over the one that is the matter.
void Watch::page(storage::Tx& tx, const std::string& what, const std::string& instead_of, TimePoint now) {
  bool reached = false;
  for (const Phone& officer : room_.desk.settings.duty) {
    auto able = room_.dispatcher.routes().candidates(outbox::Purpose::operator_code, officer);
    std::erase(able, instead_of);
    outbox::Draft draft;
    draft.purpose = outbox::Purpose::operator_code;
    draft.to = officer;
    draft.text = what;
    if (!instead_of.empty() && !able.empty()) draft.gateway = able.front();
    reached = room_.desk.door.admit(tx, draft, now).has_value() || reached;
  }
  if (!reached) room_.log.alarm("the duty desk could not be paged");
}

asio::awaitable<Watch::Tables> Watch::look() {
  const TimePoint now = room_.clock.now();
  co_return co_await room_.database.readers().run([&](storage::Tx& tx) {
    Tables tables{
        tx.value<std::int64_t>(count_stuck, now - handling_patience).value_or(0), ops::probe_history(tx), {}};
    for (const Phone& line : room_.lines) tables.last_texts.push_back(ops::last_text(tx, line));
    return tables;
  });
}

std::vector<std::string> Watch::objections(const Tables& tables) const {
  const MonoTime now = room_.clock.monotonic();
  std::vector<std::string> against;
  const auto state = room_.database.writer().state();
  if (state != storage::WriterState::up) against.push_back(fmt::format("database: is {}", name_of(state)));
  if (!is_audited_ || now - audited_at_ > audit_age_max) against.emplace_back("audit: has not turned");
  if (cases_off_ > 0) against.push_back(fmt::format("cases: {} without an owner or a timer", cases_off_));
  if (campaigns_off_ > 0)
    against.push_back(fmt::format("campaigns: the accounts of {} do not add up", campaigns_off_));
  if (tables.stuck > 0) against.push_back(fmt::format("inbox: {} texts stand unhandled", tables.stuck));
  for (const std::string& gateway : links_.away(now))
    against.push_back(fmt::format("gateway {}: is away", gateway));
  if (room_.settings.synthetic && tables.probes.is_missed)
    against.emplace_back("synthetic report: did not come back");
  return against;
}

asio::awaitable<Result<void>> Watch::beat() {
  if (!room_.beacon) co_return touch(room_.settings.heartbeat, room_.clock.now());
  Result<void> done = co_await room_.beacon();
  co_return done;
}

asio::awaitable<void> Watch::beat_once() {
  const auto against = objections(co_await look());
  if (!against.empty()) {
    if (!is_held_back_)
      room_.log.error("the heartbeat is held back", {{"why", fmt::format("{}", fmt::join(against, "; "))}});
    is_held_back_ = true;
    co_return;
  }
  if (std::exchange(is_held_back_, false)) room_.log.warning("the heart beats again");
  if (const auto done = co_await beat(); !done) {
    room_.log.warning("a heartbeat did not reach its watcher", {{"why", done.error().what}});
    co_return;
  }
  last_beat_ = room_.clock.now();
  ++beats_;
}

asio::awaitable<ops::WatchView> Watch::view() {
  const Tables tables = co_await look();
  ops::WatchView view{objections(tables), last_beat_, beats_, {}, {}, {}, probes_missed_, {}};
  if (room_.settings.synthetic) {
    view.synthetic_sent = tables.probes.sent;
    view.synthetic_returned = tables.probes.returned;
    view.synthetic_round = tables.probes.round;
  }
  for (std::size_t i = 0; i < room_.lines.size(); ++i) {
    const auto allowed = ops::silence_allowed(histories_[i], room_.settings.silence);
    const TimePoint last = tables.last_texts[i].value_or(started_);
    if (allowed && room_.clock.now() - last >= *allowed) view.silent_lines.push_back(room_.lines[i].reveal());
  }
  co_return view;
}

}  // namespace tongdai::app
