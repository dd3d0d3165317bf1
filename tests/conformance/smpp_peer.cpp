#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "conformance/peer.hpp"
#include "gateway_adapters/smpp/link/smpp.hpp"
#include "support/smsc/centre.hpp"

namespace tongdai::conformance {
namespace {

constexpr int quiet_rounds = 3;  ///< so often nothing to read: the sockets have nothing more
constexpr std::chrono::milliseconds quiet_round{1};
constexpr Duration step{500};  ///< of time, between two looks at the sockets

gateway::smpp::Options options_for(std::uint16_t port) {
  gateway::smpp::Options options;
  options.endpoint = {.host = "127.0.0.1", .port = port, .tls = nullptr};
  options.account.session.system_id = "tongdai";
  options.account.session.password = "secret";
  options.account.session.window = 100;
  options.account.habits.source = {.ton = 0, .npi = 1, .value = "19001234"};
  options.account.habits.destination = {.ton = 1, .npi = 1, .value = {}};
  return options;
}

/// A message centre behind a real socket, on the same loop. Time is the test's, the network's takes a moment.
class SmppPeer final : public Peer {
 public:
  explicit SmppPeer(const Surroundings& around)
      : around_(around),
        centre_(open(0)),
        port_(centre_->port()),
        gateway_({"smpp", "smpp", 1000, "19001234", true}, options_for(port_),
                 {around.loop.get_executor(), around.time, around.time, around.log}) {}

  gateway::Gateway& gateway() override { return gateway_; }
  void accept() override { answer(smsc::Answer::accept); }
  void reject() override { answer(smsc::Answer::reject); }
  void keep_silent() override { answer(smsc::Answer::silent); }
  void drop(Duration away) override {
    forget_centre();
    back_at_ = around_.time.monotonic() + away;
    settle();
  }
  void text(const std::string& from, const std::string& line, const std::string& words) override {
    ASSERT_TRUE(centre_) << "the centre is away";
    EXPECT_TRUE(centre_->deliver(from.substr(1), line, words));
    settle();
  }
  [[nodiscard]] std::vector<Carried> carried() const override {
    std::vector<Carried> all = carried_;
    if (centre_) append(*centre_, all);
    return all;
  }
  void pass(Duration time) override {
    for (settle(); time > Duration{}; time -= step) {
      around_.time.advance(std::min(time, step));
      if (!centre_ && around_.time.monotonic() >= back_at_) centre_ = open(port_);
      settle();
    }
  }

 private:
  std::unique_ptr<smsc::Centre> open(std::uint16_t port) {
    smsc::Options options;
    options.port = port;
    options.system_id = "tongdai";
    options.password = "secret";
    options.receipts = true;
    options.keep_carried = true;
    options.faults.answer = answer_;
    auto opened = smsc::Centre::open(around_.loop.get_executor(), options);
    EXPECT_TRUE(opened) << "no message centre";
    return opened ? *std::move(opened) : nullptr;
  }
  void answer(smsc::Answer answer) {
    answer_ = answer;
    smsc::Faults faults;
    faults.answer = answer;
    if (centre_) EXPECT_TRUE(centre_->set_faults(faults));
  }
  static void append(const smsc::Centre& centre, std::vector<Carried>& to) {
    for (const smsc::Carried& c : centre.carried()) to.push_back({"+" + c.to, c.text});
  }
  void forget_centre() {
    if (!centre_) return;
    append(*centre_, carried_);
    centre_->close();
    centre_.reset();
  }
  void settle() {
    for (int quiet = 0; quiet < quiet_rounds;) {
      around_.loop.restart();
      if (around_.loop.poll() > 0) {
        quiet = 0;
        continue;
      }
      ++quiet;
      std::this_thread::sleep_for(quiet_round);
    }
  }

  Surroundings around_;
  smsc::Answer answer_ = smsc::Answer::accept;
  std::unique_ptr<smsc::Centre> centre_;
  std::uint16_t port_;
  MonoTime back_at_{};
  std::vector<Carried> carried_;
  gateway::smpp::Smpp gateway_;
};

}  // namespace

std::unique_ptr<Peer> make_smpp_peer(const Surroundings& around) {
  return std::make_unique<SmppPeer>(around);
}

}  // namespace tongdai::conformance
