#include "gateway_adapters/sandbox/sandbox.hpp"

#include <fmt/format.h>

namespace tongdai::gateway::sandbox {
namespace {

constexpr Duration redelivery{1000};  // an inbound text that was not taken is given again after this

}  // namespace

Sandbox::Sandbox(const Settings& settings, const World& world, std::filesystem::path memory,
                 const Context& context)
    : settings_(settings),
      world_(world),
      clock_(context.clock),
      agenda_(context.loop, context.clock, context.sleeper, context.log),
      memory_(std::move(memory)),
      random_(world.seed),
      // References must not repeat after a restart: the centre lives on while its client comes and goes.
      next_ref_(static_cast<std::uint64_t>(to_unix_ms(context.clock.now())) << 16U) {
  capabilities_.receives = true;
  capabilities_.reports_delivery = world.receipts;
  capabilities_.sender_is_discreet = settings.sender_is_discreet;
}

bool Sandbox::chance(double share) {
  return share > 0 && std::uniform_real_distribution<double>(0, 1)(random_) < share;
}

void Sandbox::start(Events& events) {
  events_ = &events;
  agenda_.start();
  agenda_.after(Duration{0}, [this] {
    up_ = true;
    events_->on_link(Link::up, "");
  });
}

void Sandbox::submit(std::span<const Submission> batch) {
  for (const Submission& s : batch) {
    const MessageId id = s.id;
    if (!up_) {
      end_soon(id, Outcome::unreachable, "no link");
      continue;
    }
    in_flight_[id.value] = {std::string(s.recipient), std::string(s.text), s.parts};
    agenda_.after(world_.latency, [this, id] { answer(id); });
  }
}

void Sandbox::end_soon(MessageId id, Outcome outcome, std::string_view reason) {
  ending_[id.value] = {id, outcome, {}, {}, std::string(reason)};
  agenda_.after(Duration{0}, [this, id] {
    if (const auto ending = ending_.extract(id.value)) events_->on_result(ending.mapped());
  });
}

void Sandbox::reach_handset(MessageId id, const InFlight& message) {
  Heard heard{settings_.source, message.text, clock_.now()};
  if (listener_) listener_(id, Phone::stored(message.recipient), heard);
  memory_.add(message.recipient, std::move(heard));
  if (!world_.loop.empty() && message.recipient == world_.loop) come_back(message);
}

void Sandbox::come_back(const InFlight& message) {
  give({fmt::format("in-{:x}", ++next_ref_), settings_.source, message.recipient, message.text, std::nullopt},
       world_.latency, nullptr);
}

void Sandbox::answer(MessageId id) {
  const auto found = in_flight_.find(id.value);
  if (found == in_flight_.end()) return;  // the link dropped meanwhile
  const InFlight message = std::move(found->second);
  in_flight_.erase(found);
  if (refused_.contains(message.recipient) || chance(world_.rejects)) {
    return events_->on_result({id, Outcome::rejected, {}, {}, "rejected: 11 invalid destination"});
  }
  if (chance(world_.throttles)) return events_->on_result({id, Outcome::throttled, {}, {}, "throttled"});
  if (chance(world_.later))
    return events_->on_result({id, Outcome::retry_later, {}, {}, "later: 100 try again"});
  if (chance(world_.silence)) {
    if (chance(0.5)) reach_handset(id, message);
    return events_->on_result({id, Outcome::uncertain, {}, {}, "no answer"});
  }
  reach_handset(id, message);
  SubmitResult result{id, Outcome::accepted, {}, {}, ""};
  for (std::size_t i = 0; i < message.parts; ++i) result.refs.push_back(fmt::format("{:016x}", ++next_ref_));
  const std::vector<std::string> refs = result.refs;
  const bool receipts_first = world_.receipts && chance(world_.receipts_first);
  if (receipts_first) send_receipts(refs);
  events_->on_result(std::move(result));
  if (world_.receipts && !receipts_first) send_receipts(refs);
}

void Sandbox::send_receipts(const std::vector<std::string>& refs) {
  const bool delivered = !chance(world_.undelivered);
  for (const std::string& ref : refs) {
    receipt_for(ref, delivered, world_.receipt_delay);
    if (chance(world_.receipts_twice)) receipt_for(ref, delivered, world_.receipt_delay * 2);
  }
}

void Sandbox::receipt_for(const std::string& ref, bool delivered, Duration delay) {
  agenda_.after(delay, [this, ref, delivered] {
    Receipt receipt{ref, delivered, delivered ? "" : "absent subscriber"};
    events_->on_receipt(std::move(receipt), [this, ref, delivered](bool stored) {
      if (!stored) receipt_for(ref, delivered, redelivery);
    });
  });
}

void Sandbox::give(Inbound inbound, Duration delay,
                   std::shared_ptr<std::move_only_function<void(bool)>> done) {
  agenda_.after(delay, [this, inbound = std::move(inbound), done = std::move(done)]() mutable {
    Inbound copy = inbound;
    events_->on_inbound(std::move(copy),
                        [this, inbound = std::move(inbound), done = std::move(done)](bool stored) {
                          if (!stored) give(inbound, redelivery, nullptr);
                          if (done) (*done)(stored);
                        });
  });
}

void Sandbox::hand_over(Inbound inbound, std::move_only_function<void(bool)> done) {
  agenda_.after(Duration{0}, [this, inbound = std::move(inbound), done = std::move(done)]() mutable {
    events_->on_inbound(std::move(inbound), std::move(done));
  });
}

void Sandbox::text(const Phone& from, const Phone& line, std::string_view words,
                   std::move_only_function<void(bool)> done) {
  const auto parts = text::split(words);
  if (!parts || !events_) return done(false);
  struct Waiting {
    std::size_t open;
    bool stored;
    std::move_only_function<void(bool)> done;
  };
  auto waiting = std::make_shared<Waiting>(parts->size(), true, std::move(done));
  const std::uint16_t reference = ++next_reference_;
  for (std::size_t i = 0; i < parts->size(); ++i) {
    Inbound inbound{fmt::format("in-{:x}", ++next_ref_), from.reveal(), line.reveal(), (*parts)[i],
                    std::nullopt};
    if (parts->size() > 1) {
      inbound.part =
          PartInfo{reference, static_cast<std::uint8_t>(parts->size()), static_cast<std::uint8_t>(i + 1)};
    }
    give(std::move(inbound), Duration{0},
         std::make_shared<std::move_only_function<void(bool)>>([waiting](bool stored) {
           waiting->stored = waiting->stored && stored;
           if (--waiting->open == 0) waiting->done(waiting->stored);
         }));
  }
}

void Sandbox::drop_link(Duration away) {
  up_ = false;
  for (auto& [id, message] : std::exchange(in_flight_, {})) {
    if (chance(0.5)) reach_handset(MessageId{id}, message);
    end_soon(MessageId{id}, Outcome::uncertain, "link lost");
  }
  agenda_.after(Duration{0}, [this] { events_->on_link(Link::connecting, "link lost"); });
  agenda_.after(away, [this] {
    up_ = true;
    events_->on_link(Link::up, "");
  });
}

void Sandbox::stop(std::move_only_function<void()> done) {
  up_ = false;
  for (auto& [id, result] : std::exchange(ending_, {})) events_->on_result(std::move(result));
  for (const auto& [id, message] : std::exchange(in_flight_, {})) {
    events_->on_result({MessageId{id}, Outcome::uncertain, {}, {}, "stopped"});
  }
  agenda_.stop(std::move(done));
}

std::unique_ptr<Gateway> make(const Settings& settings, config::Reader& own, const Context& context) {
  World w;
  w.latency = Duration{own.integer("latency_ms", 0, 60'000, w.latency.count())};
  w.receipts = own.boolean("receipts", w.receipts);
  w.receipt_delay = Duration{own.integer("receipt_delay_ms", 0, 3'600'000, w.receipt_delay.count())};
  w.rejects = own.number("reject", 0, 1, 0);
  w.later = own.number("later", 0, 1, 0);
  w.throttles = own.number("throttle", 0, 1, 0);
  w.silence = own.number("silence", 0, 1, 0);
  w.undelivered = own.number("undelivered", 0, 1, 0);
  w.receipts_twice = own.number("receipts_twice", 0, 1, 0);
  w.receipts_first = own.number("receipts_first", 0, 1, 0);
  w.window = static_cast<std::size_t>(own.integer("window", 1, 10'000, static_cast<std::int64_t>(w.window)));
  w.seed = static_cast<std::uint64_t>(own.integer("seed", 0, 1'000'000, 1));
  w.loop = own.text("loop", "");
  const std::string memory = own.text("memory", "");
  return std::make_unique<Sandbox>(
      settings, w, memory.empty() ? std::filesystem::path() : settings.folder / memory, context);
}

}  // namespace tongdai::gateway::sandbox
