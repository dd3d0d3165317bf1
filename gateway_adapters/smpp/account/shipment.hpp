#pragma once

#include <string>
#include <vector>

#include "gateway_adapters/gateway.hpp"
#include "gateway_adapters/smpp/codec/pdu.hpp"

namespace tongdai::gateway::smpp {

/// The centre's ids of a message's parts, in order; nothing where it has not taken the part.
using PartRefs = std::vector<std::optional<std::string>>;

/// One attempt at a message: its parts go out in order, over one bind, and their ends become its end.
class Shipment {
 public:
  /// `taken`: parts that an earlier attempt got through, empty or one for each part. They are not sent again.
  Shipment(MessageId id, std::vector<SubmitSm> parts, PartRefs taken);

  [[nodiscard]] MessageId id() const noexcept { return id_; }
  /// The next part to send, from 0; nothing when all are sent, or it makes no sense to go on.
  [[nodiscard]] std::optional<std::size_t> next() const noexcept;
  [[nodiscard]] const SubmitSm& part(std::size_t index) const { return parts_[index]; }
  /// It leaves: one of the ends below follows, except where the session says at once that it did not leave.
  void sent(std::size_t index);
  /// Has any part left?
  [[nodiscard]] bool has_begun() const noexcept { return begun_; }

  void accepted(std::size_t index, std::string ref);
  /// The centre said no: retry_later, throttled or rejected.
  void refused(Outcome outcome, std::string reason);
  void in_doubt();
  /// The part was given back by the session, and nothing of it left.
  void unsent(std::string reason);
  /// Nothing more is to be sent: the link that carried the parts before is gone.
  void abandon(std::string reason);

  /// Nothing is in flight and nothing will be sent.
  [[nodiscard]] bool is_over() const noexcept { return in_flight_ == 0 && !next(); }
  /// What became of it, the worst of its parts first: uncertain, rejected, retry_later, throttled,
  /// unreachable, accepted.
  [[nodiscard]] SubmitResult result() const;
  /// What the centre has of it.
  [[nodiscard]] const PartRefs& refs() const noexcept { return refs_; }

 private:
  void ended(Outcome outcome, std::string reason);

  MessageId id_;
  std::vector<SubmitSm> parts_;
  PartRefs refs_;
  std::size_t next_ = 0;
  std::size_t in_flight_ = 0;
  bool begun_ = false;
  Outcome worst_ = Outcome::accepted;
  std::string reason_;
};

}  // namespace tongdai::gateway::smpp
