#pragma once

#include <gtest/gtest.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "gateway_adapters/smpp/codec/codec.hpp"
#include "gateway_adapters/smpp/codec/framer.hpp"
#include "gateway_adapters/smpp/codec/status.hpp"
#include "support/smsc/centre.hpp"

namespace tongdai::smsc {

namespace smpp = gateway::smpp;
namespace status = smpp::status;

inline constexpr std::chrono::seconds wait_max{10};
inline constexpr std::chrono::milliseconds turn{1};

/// Runs the loop until it holds; false if it does not in wait_max.
inline bool until(asio::io_context& loop, const std::function<bool()>& holds) {
  const auto end = std::chrono::steady_clock::now() + wait_max;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > end) return false;
    loop.restart();
    loop.run_one_for(turn);
  }
  return true;
}

/// A client of the centre: the codec on a socket, on the centre's own loop.
class Client {
 public:
  Client(asio::io_context& loop, std::uint16_t port) : loop_(loop), socket_(loop) {
    socket_.connect({asio::ip::address_v4::loopback(), port});
    socket_.non_blocking(true);
  }

  void send(const smpp::Pdu& pdu, std::uint32_t sequence, std::uint32_t answer = status::ok) {
    Bytes bytes;
    if (!smpp::encode(pdu, sequence, answer, bytes)) ADD_FAILURE() << "the test wrote a PDU that cannot be";
    send_bytes(bytes);
  }
  asio::ip::tcp::socket& socket() { return socket_; }
  void send_bytes(const Bytes& bytes) { asio::write(socket_, asio::buffer(bytes)); }

  /// The next PDU; fails the test if none comes.
  smpp::Decoded next() {
    smpp::Decoded found;
    const bool came = until(loop_, [&] { return take(found); });
    if (!came) ADD_FAILURE() << "nothing came from the centre";
    return found;
  }
  /// The next PDU, which is a P.
  template <class P>
  std::pair<smpp::Decoded, P> next_as() {
    smpp::Decoded found = next();
    if (const auto* const pdu = std::get_if<P>(&found.pdu)) return {found, *pdu};
    ADD_FAILURE() << smpp::name_of(smpp::command_of(found.pdu)) << " came instead";
    return {found, P{}};
  }
  /// Answers a deliver_sm and gives it back.
  std::pair<smpp::Decoded, smpp::DeliverSm> take_deliver(std::uint32_t answer = status::ok) {
    auto found = next_as<smpp::DeliverSm>();
    send(smpp::DeliverSmResp{}, found.first.sequence, answer);
    return found;
  }
  /// All that the centre had to say has come, if its answer is the next PDU.
  void expect_silence() {
    send(smpp::EnquireLink{}, 0x7ffffff);
    next_as<smpp::EnquireLinkResp>();
  }
  bool is_closed() {
    return until(loop_, [&] {
      smpp::Decoded ignored;
      take(ignored);
      return closed_;
    });
  }
  std::uint32_t bind(smpp::BindMode mode = smpp::BindMode::transceiver, std::string password = "secret") {
    smpp::Bind pdu;
    pdu.mode = mode;
    pdu.system_id = "tongdai";
    pdu.password = std::move(password);
    send(pdu, 1);
    return next_as<smpp::BindResp>().first.status;
  }

 private:
  bool take(smpp::Decoded& found) {
    if (auto frame = framer_.next()) {
      auto pdu = smpp::decode(frame->value());
      if (!pdu) {
        ADD_FAILURE() << pdu.error().what;
        return true;
      }
      found = std::move(*pdu);
      return true;
    }
    Bytes bytes(4096);
    boost::system::error_code fault;
    bytes.resize(socket_.read_some(asio::buffer(bytes), fault));
    closed_ = fault && fault != asio::error::would_block;
    if (bytes.empty()) return false;
    framer_.feed(bytes);
    return take(found);
  }

  asio::io_context& loop_;
  asio::ip::tcp::socket socket_;
  smpp::Framer framer_;
  bool closed_ = false;
};

/// A centre on a loop of the test's own.
struct Kit {
  explicit Kit(Options options = {}) {
    options.system_id = "tongdai";
    options.password = "secret";
    options.keep_carried = true;
    auto opened = Centre::open(loop.get_executor(), std::move(options));
    if (!opened) throw std::runtime_error(opened.error().what);
    centre = std::move(*opened);
  }

  Client client() { return {loop, centre->port()}; }

  asio::io_context loop{1};
  std::unique_ptr<Centre> centre;
};

inline Options with_receipts() {
  Options options;
  options.receipts = true;
  return options;
}

inline smpp::SubmitSm text_to(std::string number, std::string_view text = "xin chao", bool receipt = false) {
  smpp::SubmitSm pdu;
  pdu.source.value = "TONGDAI";
  pdu.destination = {.ton = 1, .npi = 1, .value = std::move(number)};
  pdu.short_message.assign(text.begin(), text.end());
  pdu.registered_delivery = receipt ? 1 : 0;
  return pdu;
}

}  // namespace tongdai::smsc
