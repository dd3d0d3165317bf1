#include "conformance/peer.hpp"

namespace tongdai::conformance {

std::vector<PeerCase> peers() {
  return {
      {"sandbox", &make_sandbox_peer},
      {"smpp", &make_smpp_peer},
  };
}

}  // namespace tongdai::conformance
