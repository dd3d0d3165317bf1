#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "gateway_adapters/gateway.hpp"
#include "support/capturing_log.hpp"
#include "support/virtual_time.hpp"

/// Every adapter passes one suite. What an adapter adds is a Peer: the message centre at the other end of its
/// link, in the test's hand, and a row in `peers()`.
namespace tongdai::conformance {

/// What a peer and its gateway run in.
struct Surroundings {
  asio::io_context& loop;
  test::VirtualTime& time;
  test::CapturingLog& log;
};

/// A text that reached the centre for a handset.
struct Carried {
  std::string recipient;
  std::string text;
};

class Peer {
 public:
  virtual ~Peer() = default;
  [[nodiscard]] virtual gateway::Gateway& gateway() = 0;

  /// Takes every submission from now on, and sends receipts where the gateway reports delivery. The state at
  /// first.
  virtual void accept() = 0;
  /// Refuses every submission for good from now on.
  virtual void reject() = 0;
  /// Keeps every submission from now on without an answer.
  virtual void keep_silent() = 0;
  /// The link drops now; it can be had again after `away`.
  virtual void drop(Duration away) = 0;
  /// A handset writes to one of our lines.
  virtual void text(const std::string& from, const std::string& line, const std::string& words) = 0;
  [[nodiscard]] virtual std::vector<Carried> carried() const = 0;

  /// Time goes on and everything that is due happens. A peer behind real sockets waits for them here as well.
  virtual void pass(Duration time) = 0;
};

struct PeerCase {
  std::string name;
  std::unique_ptr<Peer> (*make)(const Surroundings& around);

  friend void PrintTo(const PeerCase& peer, std::ostream* out) { *out << peer.name; }
};

[[nodiscard]] std::vector<PeerCase> peers();

[[nodiscard]] std::unique_ptr<Peer> make_sandbox_peer(const Surroundings& around);
[[nodiscard]] std::unique_ptr<Peer> make_smpp_peer(const Surroundings& around);

}  // namespace tongdai::conformance
