#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include <map>

#include "unit/smpp_session/session_kit.hpp"

namespace tongdai::gateway::smpp {
namespace {

/// Plays events against a session and keeps its books: what was submitted, and how often it ended.
class Play {
 public:
  void step(std::uint8_t kind, std::uint8_t detail) {
    const auto sequence = static_cast<std::uint32_t>(detail % 24);
    const std::uint32_t status = detail % 3 == 0 ? status::ok : status::throttled;
    switch (kind % 14) {
      case 0:
        return note(kit_.session.connected(kit_.now));
      case 1:
        return note(kit_.receive(BindResp{}, 1, detail % 8 == 0 ? status::bind_failed : status::ok));
      case 2:
      case 3:
      case 4:
      case 5:
        return submit(detail);
      case 6:
      case 7:
        return note(kit_.receive(SubmitSmResp{"id", {}}, sequence, status));
      case 8:
        return note(kit_.receive(GenericNack{}, sequence, status));
      case 9:
        return tick(Duration{detail * 100});
      case 10:
        return note(detail % 4 == 0 ? kit_.session.disconnected() : kit_.receive(EnquireLink{}, sequence));
      case 11:
        return note(detail % 4 == 0 ? kit_.session.unbind(kit_.now) : kit_.receive(UnbindResp{}, sequence));
      case 12:
        return note(kit_.receive(DeliverSm{}, sequence));
      default:
        return strange(detail);
    }
  }

  void finish() {
    note(kit_.session.disconnected());
    for (const auto& [token, ends] : ends_) RC_ASSERT(ends == 1);
    RC_ASSERT(connections_ == ended_);
    RC_ASSERT(!kit_.session.next_timer());
  }

 private:
  void submit(std::uint8_t detail) {
    const auto free = kit_.session.window_free();
    ends_.emplace(++last_token_, 0);
    const Actions out =
        kit_.session.submit(text_to(std::string(detail % 16 == 0 ? 30 : 11, '8')), last_token_, kit_.now);
    if (free == 0) RC_ASSERT(has<Unsent>(out));
    note(out);
  }

  void tick(Duration time) {
    note(kit_.after(time));
    const auto timer = kit_.session.next_timer();
    RC_ASSERT(!timer || *timer > kit_.now);
  }

  void strange(std::uint8_t detail) {
    if (detail % 8 == 0) return note(kit_.session.received(Bytes{0, 0, 0, 3}, kit_.now));
    if (detail % 8 == 1) return note(kit_.receive(Unbind{}, 1));
    note(kit_.session.received(Bytes{0, 0, 0, 16, 0, 0, 7, 7, 0, 0, 0, 0, 0, 0, 0, detail}, kit_.now));
  }

  void end(SubmitToken token) {
    RC_ASSERT(ends_.contains(token));
    RC_ASSERT(++ends_[token] == 1);
  }

  void note(const Actions& out) {
    for (const Action& action : out) {
      if (const auto* const submitted = std::get_if<Submitted>(&action)) end(submitted->token);
      if (const auto* const doubt = std::get_if<InDoubt>(&action)) end(doubt->token);
      if (const auto* const unsent = std::get_if<Unsent>(&action)) end(unsent->token);
      if (const auto* const bytes = std::get_if<SendBytes>(&action)) count(bytes->bytes);
      if (std::holds_alternative<Ended>(action)) ++ended_;
    }
    std::size_t open = 0;
    for (const auto& [token, ends] : ends_) open += ends == 0 ? 1U : 0U;
    RC_ASSERT(open <= Kit::settings().window);
    if (ended_ == connections_) RC_ASSERT(open == 0U);
  }

  void count(const Bytes& bytes) {
    const auto decoded = decode(bytes);
    RC_ASSERT(decoded.has_value());
    if (std::holds_alternative<Bind>(decoded->pdu)) ++connections_;
  }

  Kit kit_;
  std::map<SubmitToken, int> ends_;
  SubmitToken last_token_ = 0;
  int connections_ = 0, ended_ = 0;
};

RC_GTEST_PROP(SmppSessionProperty, EverySubmissionHasExactlyOneEnd,
              (const std::vector<std::pair<std::uint8_t, std::uint8_t>>& steps)) {
  Play play;
  play.step(0, 0);
  play.step(1, 1);
  for (const auto& [kind, detail] : steps) play.step(kind, detail);
  play.finish();
}

RC_GTEST_PROP(SmppSessionProperty, AnyBytesAtAllLeaveNothingOpen, (const Bytes& noise)) {
  BoundKit kit;
  (void)kit.submitted(1);
  Actions out = kit.session.received(noise, kit.now);
  for (Action& action : kit.session.disconnected()) out.push_back(std::move(action));
  RC_ASSERT(all<Submitted>(out).size() + all<InDoubt>(out).size() == 1U);
  RC_ASSERT(all<Ended>(out).size() == 1U);
}

}  // namespace
}  // namespace tongdai::gateway::smpp
