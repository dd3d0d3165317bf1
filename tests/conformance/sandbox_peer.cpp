#include "conformance/peer.hpp"
#include "gateway_adapters/sandbox/sandbox.hpp"

namespace tongdai::conformance {
namespace {

/// The sandbox is a gateway and the world behind it in one.
class SandboxPeer final : public Peer {
 public:
  explicit SandboxPeer(const Surroundings& around)
      : time_(around.time),
        sandbox_({"sandbox", "sandbox", 1000, "19001234", true}, {}, "",
                 {around.loop.get_executor(), around.time, around.time, around.log}) {
    sandbox_.listen([this](MessageId, const Phone& phone, const gateway::Heard& heard) {
      carried_.push_back({phone.reveal(), heard.text});
    });
  }

  gateway::Gateway& gateway() override { return sandbox_; }
  void accept() override { behave(20ms, 0); }
  void reject() override { behave(20ms, 1); }
  void keep_silent() override { behave(std::chrono::days{1}, 0); }
  void drop(Duration away) override { sandbox_.drop_link(away); }
  void text(const std::string& from, const std::string& line, const std::string& words) override {
    sandbox_.text(Phone::stored(from), Phone::stored(line), words, [](bool) {});
  }
  [[nodiscard]] std::vector<Carried> carried() const override { return carried_; }
  void pass(Duration time) override { time_.advance(time); }

 private:
  void behave(Duration latency, double rejects) {
    sandbox_.world().latency = latency;
    sandbox_.world().rejects = rejects;
  }

  test::VirtualTime& time_;
  std::vector<Carried> carried_;
  gateway::sandbox::Sandbox sandbox_;
};

}  // namespace

std::unique_ptr<Peer> make_sandbox_peer(const Surroundings& around) {
  return std::make_unique<SandboxPeer>(around);
}

}  // namespace tongdai::conformance
