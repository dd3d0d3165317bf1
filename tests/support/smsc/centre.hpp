#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "support/smsc/book.hpp"
#include "support/smsc/delay_line.hpp"
#include "support/smsc/faults.hpp"
#include "support/smsc/link.hpp"

namespace tongdai::smsc {

struct Options {
  std::uint16_t port = 0;  ///< on 127.0.0.1; 0: any that is free
  std::string system_id, password;
  bool receipts = false;  ///< to those who ask for them
  std::chrono::milliseconds receipt_delay{0};
  std::string log;            ///< path; "": none
  bool keep_carried = false;  ///< every message in memory, for carried()
  Faults faults;
};

/// Since the centre opened, except where it says now.
struct Counters {
  std::uint64_t binds = 0;       ///< bound links, now
  std::uint64_t submits = 0;     ///< submit_sm taken, each part one
  std::uint64_t messages = 0;    ///< taken whole
  std::uint64_t repeats = 0;     ///< messages whose recipient and text had come before
  std::uint64_t rejected = 0;    ///< submits, by the faults
  std::uint64_t throttled = 0;   ///< submits, by the faults
  std::uint64_t unanswered = 0;  ///< submits taken, by the faults not answered
  std::uint64_t receipts = 0;    ///< sent, each time again
  std::uint64_t delivers = 0;    ///< deliver_sm of handsets' texts sent, each time again
  std::uint64_t waiting = 0;     ///< receipts and parts of texts that no link has, now
  std::int64_t first_submit_us = 0, last_submit_us = 0;  ///< Unix time of those taken; 0: none
};

/// A message centre on loopback, for tests and measures (SMPP 3.4, the server's side). One thread: the one
/// that runs `executor`. It may be destroyed at any time on that thread.
class Centre : private LinkHost {
 public:
  /// Listens. Errors: unavailable, if the port or the log cannot be had; invalid, if the faults make no
  /// sense.
  [[nodiscard]] static Result<std::unique_ptr<Centre>> open(asio::any_io_executor executor, Options options);
  ~Centre() override;
  Centre(const Centre&) = delete;
  Centre& operator=(const Centre&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] Counters counters() const;
  /// Whole messages in order, if the options say so.
  [[nodiscard]] const std::vector<Carried>& carried() const { return book_.carried(); }

  /// Plays a handset: the text goes to one link that receives, each text to the next; waits if there is
  /// none. Long texts go in parts with a user data header. When it left or was put aside, in microseconds of
  /// Unix time. Errors: invalid, if the text is not UTF-8 or a number is too long; limit, above 255 parts.
  [[nodiscard]] Result<std::int64_t> deliver(std::string_view from, std::string_view to,
                                             std::string_view text);
  /// Closes every link without a word; how many there were. What they had not answered is given again.
  std::size_t drop_links();
  /// From the next submit on. Error: invalid.
  [[nodiscard]] Result<void> set_faults(const Faults& faults);
  [[nodiscard]] const Faults& faults() const { return dice_.faults(); }
  /// Writes out the log. Error: unavailable, if lines were lost.
  [[nodiscard]] Result<void> flush() { return book_.log().flush(); }
  /// Ends listening and every link. The log is written out.
  void close();

 private:
  Centre(asio::any_io_executor executor, Options options);

  bool admits(const gateway::smpp::Bind& bind) const override;
  SubmitAnswer take(const SubmitView& submit) override;
  void offer(const Receipt& receipt, Link& link) override;
  void refused(Outgoing&& outgoing) override;
  void has_room() override { pump(); }
  void gone(Link& link, std::vector<Outgoing>&& unanswered) override;
  void write(const Outgoing& outgoing, std::uint32_t sequence, Bytes& out) override;

  [[nodiscard]] Result<void> listen();
  void accept();
  void enqueue(Outgoing&& outgoing);
  /// Gives out what waits, texts before receipts, as far as there is room.
  void pump();
  /// The link that `outgoing` goes to; null if none has room.
  Link* choose(bool next);

  asio::any_io_executor executor_;
  Options options_;
  asio::ip::tcp::acceptor acceptor_;
  std::uint16_t port_ = 0;
  std::vector<std::shared_ptr<Link>> links_;
  std::size_t turn_ = 0;

  Dice dice_;
  Book book_;
  Names names_;
  ReceiptWriter receipt_writer_{names_};
  Counters counters_;
  std::uint64_t next_id_;
  std::uint16_t reference_ = 0;

  std::deque<Handset> texts_;
  std::deque<Receipt> receipts_;
  DelayLine later_, again_;
  std::shared_ptr<char> alive_ = std::make_shared<char>();  ///< what was accepted may still call
};

}  // namespace tongdai::smsc
