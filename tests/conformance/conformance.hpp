#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "conformance/peer.hpp"

namespace tongdai::conformance {

/// Writes down all that a gateway tells, and notices what it must not do.
class Recorder final : public gateway::Events {
 public:
  void on_link(gateway::Link link, std::string_view reason) override;
  void on_result(gateway::SubmitResult result) override;
  void on_receipt(gateway::Receipt receipt, std::move_only_function<void(bool)> done) override;
  void on_inbound(gateway::Inbound inbound, std::move_only_function<void(bool)> done) override;

  std::vector<gateway::Link> links;
  std::vector<gateway::SubmitResult> results;
  std::vector<gateway::Receipt> receipts;
  std::vector<gateway::Inbound> inbound;
  int refuse_receipts = 0;   ///< so many are answered with done(false)
  int refuse_inbound = 0;    ///< likewise
  bool inside_call = false;  ///< while `submit` or `start` is under way
  bool stopped = false;      ///< the gateway said that it is done
  int told_inside = 0;       ///< events from inside a call
  int told_after_stop = 0;   ///< events after the end

 private:
  void note();
};

/// A gateway, started, with its peer in hand.
class Conformance : public testing::TestWithParam<PeerCase> {
 protected:
  void SetUp() override;
  void TearDown() override;

  void start();
  /// Stops and waits for the end.
  void stop();
  /// Until `reached`, or for a minute of the peer's time.
  bool wait_until(const std::function<bool()>& reached);
  bool wait_for_link(gateway::Link link);

  /// Submits `count` texts to numbers of their own in one batch; their ids.
  std::vector<MessageId> submit(int count, const std::string& text = "xin chao");
  /// How the submission ended: the outcome of its only result. Fails if there is none, or more.
  gateway::Outcome outcome_of(MessageId id);
  const gateway::SubmitResult& result_of(MessageId id);
  [[nodiscard]] static std::string number(std::int64_t n) { return "+8491" + std::to_string(1'000'000 + n); }

  [[nodiscard]] gateway::Gateway& gateway() { return peer_->gateway(); }
  [[nodiscard]] Peer& peer() { return *peer_; }

  Recorder seen;

 private:
  asio::io_context loop_{1};
  test::VirtualTime time_{loop_, parse_rfc3339("2026-11-25T09:00:00+07:00").value()};
  test::CapturingLog log_;
  std::unique_ptr<Peer> peer_;
  std::int64_t last_id_ = 0;
  bool started_ = false;
};

}  // namespace tongdai::conformance
