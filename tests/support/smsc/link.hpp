#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <optional>
#include <vector>

#include "gateway_adapters/smpp/codec/codec.hpp"
#include "support/smsc/outgoing.hpp"

namespace tongdai::smsc {

namespace asio = boost::asio;

/// What a submit is answered with, and the receipts that it will have.
struct SubmitAnswer {
  std::optional<std::uint32_t> status;  ///< nothing: no answer
  std::uint64_t id = 0;                 ///< 0: the answer has an empty one
  std::optional<Receipt> receipt;
  bool receipt_twice = false;
  bool receipt_first = false;
};

class Link;

/// What a link needs of its centre. Called on the link's executor, never after drop().
class LinkHost {
 public:
  virtual ~LinkHost() = default;

  [[nodiscard]] virtual bool admits(const gateway::smpp::Bind& bind) const = 0;
  [[nodiscard]] virtual SubmitAnswer take(const SubmitView& submit) = 0;
  /// Gives the receipt out, to `link` before others.
  virtual void offer(const Receipt& receipt, Link& link) = 0;
  /// A client did not take it: it is due again in a while.
  virtual void refused(Outgoing&& outgoing) = 0;
  /// The link could take more than before.
  virtual void has_room() = 0;
  /// The link is over; what it had not been answered comes back.
  virtual void gone(Link& link, std::vector<Outgoing>&& unanswered) = 0;
  /// Bytes of a PDU that the link gives out now.
  virtual void write(const Outgoing& outgoing, std::uint32_t sequence, Bytes& out) = 0;
};

/// One connection to the centre. Everything runs on the socket's executor, which has one thread.
class Link : public std::enable_shared_from_this<Link> {
 public:
  static constexpr std::size_t window_max = 1000;  ///< deliver_sm without an answer

  Link(asio::ip::tcp::socket socket, LinkHost& host);

  void start() { read(); }
  [[nodiscard]] bool bound() const { return mode_ && !closing_; }
  /// Could it be given something now?
  [[nodiscard]] bool has_room() const { return receives() && !free_.empty(); }
  /// Only if has_room().
  void give(Outgoing outgoing);
  /// Closes without a word; `host` hears of it from gone().
  void drop();

 private:
  /// A deliver_sm on its way. Its sequence_number names the slot, so that an answer finds it at once.
  struct Slot {
    std::uint32_t sequence = 0;  ///< 0: free
    Outgoing outgoing;
  };

  [[nodiscard]] bool receives() const;
  void read();
  void on_read(std::size_t octets);
  void take_whole();
  void take(View pdu);
  void take_submit(View pdu, std::uint32_t sequence);
  void take_answer(std::uint32_t sequence, bool accepted);
  void take_other(View pdu);
  void take_bind(const gateway::smpp::Bind& bind, std::uint32_t sequence);
  void answer(const gateway::smpp::Pdu& pdu, std::uint32_t sequence, std::uint32_t status);
  void flush();
  void on_written();

  asio::ip::tcp::socket socket_;
  LinkHost* host_;  ///< null when it is over
  std::optional<gateway::smpp::BindMode> mode_;
  bool closing_ = false;   ///< ends when everything is written
  bool in_batch_ = false;  ///< takes what was read: what it writes leaves together
  bool paused_ = false;    ///< does not read, since nobody reads its answers
  bool freed_ = false;     ///< a place in the window, since the last word to the host

  Bytes input_;
  std::size_t filled_ = 0;
  Bytes gathering_, sending_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_;
  std::uint32_t turns_ = 0;  ///< of sequence_numbers given
};

}  // namespace tongdai::smsc
