#include "gateway_adapters/smpp/account/account.hpp"

#include <algorithm>
#include <utility>

#include "gateway_adapters/smpp/codec/inbound.hpp"
#include "gateway_adapters/smpp/codec/receipt.hpp"
#include "gateway_adapters/smpp/codec/status.hpp"

namespace tongdai::gateway::smpp {
namespace {

constexpr Duration held_well = 10s;  ///< a bind that stood so long, or took a message, was no failure

constexpr Duration alarm_apart = 60s;  ///< of one bind, about what its centre sends

constexpr std::string_view bound_reason = "bound";

template <class... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};

}  // namespace

Account::Account(AccountSettings settings, std::uint64_t seed)
    : settings_(std::move(settings)), traffic_(settings_), pace_(settings_.rate_parts_per_s) {
  const std::size_t count = settings_.binds + settings_.receivers;
  for (BindIndex i = 0; i < count; ++i) {
    const SessionSettings session = session_settings(settings_, i);
    binds_.push_back(Bind{.session = Session(session),
                          .backoff = Backoff(seed + i),
                          .sends = session.bind != BindMode::receiver});
  }
}

bool Account::move(Bind& bind, BindEvent event) noexcept {
  const auto next = next_state(bind.state, event);
  if (next) bind.state = *next;
  return next.has_value();
}

void Account::note(Level level, BindIndex bind, std::string_view event, std::string detail) {
  out_.emplace_back(Note{level, bind, event, std::move(detail)});
}

void Account::start(MonoTime now) {
  if (std::exchange(started_, true)) return;
  reason_ = "started";
  for (Bind& bind : binds_) bind.due = now;
  tick(now);
}

void Account::tick(MonoTime now) {
  for (BindIndex i = 0; i < binds_.size(); ++i) {
    Bind& bind = binds_[i];
    const bool late = stop_deadline_ && *stop_deadline_ <= now;
    if (bind.state == BindState::waiting && started_ && bind.due <= now) {
      (void)move(bind, BindEvent::due);
      bind.due = now + settings_.connect_timeout;
      out_.emplace_back(Connect{i});
    } else if (bind.state == BindState::connecting && bind.due <= now) {
      out_.emplace_back(Disconnect{i});
      reason_ = "no connection in time";
      lost(i, now);
    } else if (bind.state == BindState::leaving && late) {
      out_.emplace_back(Disconnect{i});
      perform(i, bind.session.disconnected(), now);
    } else if (bind.state == BindState::open || bind.state == BindState::leaving) {
      perform(i, bind.session.tick(now), now);
    }
  }
  settle(now);
}

void Account::connected(BindIndex index, MonoTime now) {
  Bind& bind = binds_[index];
  if (!move(bind, BindEvent::connected)) return;
  bind.is_refused = false;
  perform(index, bind.session.connected(now), now);
  settle(now);
}

void Account::disconnected(BindIndex index, std::string_view reason, MonoTime now) {
  Bind& bind = binds_[index];
  if (bind.state == BindState::connecting) {
    reason_ = reason;
    note(Level::info, index, "no connection to the message centre", reason_);
    lost(index, now);
  } else if (bind.state == BindState::open || bind.state == BindState::leaving) {
    reason_ = reason;
    note(Level::warning, index, "the link to the message centre is lost", reason_);
    perform(index, bind.session.disconnected(), now);
  }
  settle(now);
}

void Account::received(BindIndex index, View bytes, MonoTime now) {
  perform(index, binds_[index].session.received(bytes, now), now);
  settle(now);
}

void Account::answered(DeliveryToken token, bool stored) {
  for (Action& action : binds_[token.bind].session.answered(token.inbound, stored)) {
    if (auto* const send = std::get_if<SendBytes>(&action)) write(token.bind, std::move(send->bytes));
  }
}

void Account::submit(std::span<const Submission> batch, MonoTime now) {
  for (const Submission& message : batch) {
    const auto bind = stop_deadline_ ? std::nullopt : least_loaded();
    if (bind) {
      traffic_.add(message, *bind);
    } else {
      traffic_.turn_away(message.id, "no link to the message centre");
    }
  }
  settle(now);
}

void Account::stop(MonoTime now) {
  if (stop_deadline_) return;
  stop_deadline_ = now + settings_.drain_max;
  for (BindIndex i = 0; i < binds_.size(); ++i) {
    Bind& bind = binds_[i];
    traffic_.give_up(i, std::nullopt, "the service stops");
    if (bind.state == BindState::connecting) out_.emplace_back(Disconnect{i});
    (void)move(bind, BindEvent::leave);
    if (bind.state == BindState::leaving) perform(i, bind.session.unbind(now), now);
  }
  settle(now);
}

std::optional<MonoTime> Account::next_timer() const {
  std::optional<MonoTime> first;
  const auto consider = [&first](std::optional<MonoTime> at) {
    if (at) first = first ? std::min(*first, *at) : *at;
  };
  for (BindIndex i = 0; i < binds_.size(); ++i) {
    const Bind& bind = binds_[i];
    if (bind.state == BindState::waiting || bind.state == BindState::connecting) {
      if (started_) consider(bind.due);
    } else {
      if (traffic_.waiting(i) > 0 && bind.session.window_free() > 0) consider(pace_.ready_at());
      consider(bind.session.next_timer());
    }
    if (bind.state == BindState::leaving) consider(stop_deadline_);
  }
  return first;
}

void Account::perform(BindIndex index, Actions actions, MonoTime now) {
  Bind& bind = binds_[index];
  for (Action& action : actions) {
    std::visit(
        Overloaded{[&](SendBytes& send) { write(index, std::move(send.bytes)); },
                   [&](const Bound&) {
                     bind.bound_at = now;
                     note(Level::info, index, "bound to the message centre");
                   },
                   [&](const BindRefused& refusal) { refused(index, refusal); },
                   [&](Submitted& answer) {
                     bind.has_worked = true;
                     if (traffic_.ended(std::move(answer)) == Outcome::throttled) pace_.too_fast(now);
                   },
                   [&](const InDoubt& doubt) { traffic_.ended(doubt); },
                   [&](Unsent& back) { traffic_.ended(std::move(back)); },
                   [&](Deliver& delivery) { came(index, std::move(delivery)); },
                   [&](const Dismissed&) { give_up_lane(index, "the message centre unbinds"); },
                   [&](TurnedAway& turned) { turned_away(index, std::move(turned), now); },
                   [&](const Close& close) {
                     if (close.reason != CloseReason::bind_refused) reason_ = tongdai::name_of(close.reason);
                     if (close.reason != CloseReason::unbound && close.reason != CloseReason::bind_refused)
                       note(Level::warning, index, "the link to the message centre is given up", reason_);
                     out_.emplace_back(Disconnect{index});
                   },
                   [&](const Ended&) { lost(index, now); }},
        action);
  }
}

void Account::write(BindIndex index, Bytes bytes) {
  auto* const last = out_.empty() ? nullptr : std::get_if<Write>(&out_.back());
  if (last && last->bind == index) {
    last->bytes.insert(last->bytes.end(), bytes.begin(), bytes.end());
  } else {
    out_.emplace_back(Write{index, std::move(bytes)});
  }
}

void Account::refused(BindIndex index, const BindRefused& refusal) {
  binds_[index].is_refused = refusal.permanent;
  reason_ = "bind refused: " + describe_status(refusal.status);
  // The last one that makes the link takes it along, and a refused link is an alarm by itself: one for each.
  const bool link_too = makes_link(binds_[index]) && std::ranges::all_of(binds_, [this](const Bind& bind) {
                          return bind.is_refused || !makes_link(bind);
                        });
  note(refusal.permanent && !link_too ? Level::alarm : Level::warning, index,
       "the message centre refuses the bind", describe_status(refusal.status));
}

void Account::lost(BindIndex index, MonoTime now) {
  Bind& bind = binds_[index];
  const bool did_well = bind.has_worked || now - bind.bound_at >= held_well;
  if (bind.state == BindState::open && bind.bound_at != MonoTime{} && did_well) bind.backoff.reset();
  bind.bound_at = {};
  bind.has_worked = false;
  bind.due = now + bind.backoff.next();
  (void)move(bind, bind.is_refused ? BindEvent::refused : BindEvent::lost);
  give_up_lane(index, "the link was lost");
}

void Account::give_up_lane(BindIndex index, const std::string& reason) {
  traffic_.give_up(index, stop_deadline_ ? std::nullopt : least_loaded(), reason);
}

void Account::turned_away(BindIndex index, TurnedAway turned, MonoTime now) {
  Bind& bind = binds_[index];
  // What a person wrote may be lost with it. One alarm tells that as well as a thousand.
  const bool alarms = turned.is_message && (!bind.alarmed_at || now - *bind.alarmed_at >= alarm_apart);
  if (alarms) bind.alarmed_at = now;
  note(alarms ? Level::alarm : Level::warning, index, "a request of the message centre is turned away",
       std::move(turned.reason));
}

bool Account::is_bound(const Bind& bind) noexcept {
  return bind.state == BindState::open && bind.session.state() == SessionState::bound;
}

bool Account::makes_link(const Bind& bind) const noexcept {
  return bind.sends || settings_.session.bind == BindMode::receiver;
}

std::optional<BindIndex> Account::least_loaded() const {
  std::optional<BindIndex> best;
  const auto room = [this](BindIndex i) {
    return static_cast<std::ptrdiff_t>(binds_[i].session.window_free()) -
           static_cast<std::ptrdiff_t>(traffic_.waiting(i));
  };
  for (BindIndex i = 0; i < binds_.size(); ++i) {
    if (binds_[i].sends && is_bound(binds_[i]) && (!best || room(i) > room(*best))) best = i;
  }
  return best;
}

void Account::came(BindIndex index, Deliver delivery) {
  const DeliveryToken token{index, delivery.token};
  std::visit(
      [&](const auto& pdu) {
        if (is_receipt(pdu)) {
          receipt_came(token, pdu);
        } else {
          text_came(token, pdu);
        }
      },
      delivery.pdu);
}

template <class P>
void Account::receipt_came(DeliveryToken token, const P& pdu) {
  ReceiptReading reading = read_receipt(pdu);
  if (reading.state == ReceiptState::pending) return answered(token, true);  // says nothing that stays true
  if (reading.id.empty()) {
    note(Level::warning, token.bind, "a receipt names no message");
    return answered(token, true);
  }
  const IdForm form = reading.id_from_tlv ? settings_.ids.of_tlv() : settings_.ids.in_receipt;
  out_.emplace_back(ReceiptCame{token,
                                {.ref = canonical_id(reading.id, form),
                                 .delivered = reading.state == ReceiptState::delivered,
                                 .reason = std::move(reading.error)}});
}

template <class P>
void Account::text_came(DeliveryToken token, const P& pdu) {
  InboundText read = read_inbound(pdu, settings_.habits.default_alphabet);
  if (read.header_broken || read.guessed || read.replaced > 0)
    note(Level::info, token.bind, "a text came whose octets do not fit what is said of them");
  out_.emplace_back(
      TextCame{token,
               {.ref = std::string(tlv_string(pdu.tlvs, tag::receipted_message_id).value_or("")),
                .sender = std::move(read.sender),
                .line = std::move(read.line),
                .text = std::move(read.text),
                .part = read.part}});
}

void Account::pump(MonoTime now) {
  const BindIndex first = next_to_pump_;
  for (std::size_t n = 0; n < binds_.size(); ++n) {
    const BindIndex i = (first + n) % binds_.size();
    if (!is_bound(binds_[i]) || traffic_.waiting(i) == 0) continue;
    Actions sent = traffic_.pump(i, binds_[i].session, pace_, now);
    if (!sent.empty()) next_to_pump_ = (i + 1) % binds_.size();
    perform(i, std::move(sent), now);
  }
}

void Account::settle(MonoTime now) {
  pump(now);
  for (SubmitResult& result : traffic_.take_results()) out_.emplace_back(Told{std::move(result)});
  tell_link();
  const auto is_over = [](const Bind& bind) { return bind.state == BindState::stopped; };
  if (stop_deadline_ && std::ranges::all_of(binds_, is_over) && !std::exchange(stopped_, true))
    out_.emplace_back(Stopped{});
}

void Account::tell_link() {
  std::size_t counted = 0, bound = 0, refused = 0, stopped = 0;
  for (const Bind& bind : binds_) {
    if (!makes_link(bind)) continue;
    ++counted;
    bound += is_bound(bind) ? 1U : 0U;
    refused += bind.state == BindState::refused ? 1U : 0U;
    stopped += bind.state == BindState::stopped ? 1U : 0U;
  }
  Link link = bound > 0 ? Link::up : Link::connecting;
  if (refused == counted) link = Link::refused;
  if (stopped == counted || !started_) link = Link::down;
  const std::string_view reason = link == Link::up ? bound_reason : std::string_view(reason_);
  if (link == link_ && reason == told_reason_) return;
  link_ = link;
  told_reason_ = reason;
  out_.emplace_back(LinkIs{link, told_reason_});
}

}  // namespace tongdai::gateway::smpp
