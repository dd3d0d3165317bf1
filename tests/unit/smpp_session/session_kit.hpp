#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gateway_adapters/smpp/codec/status.hpp"
#include "gateway_adapters/smpp/session/session.hpp"

namespace tongdai::gateway::smpp {

inline Bytes bytes_of(const Pdu& pdu, std::uint32_t sequence, std::uint32_t status = status::ok) {
  Bytes bytes;
  if (!encode(pdu, sequence, status, bytes)) ADD_FAILURE() << "the test wrote a PDU that cannot be";
  return bytes;
}

inline Bytes operator+(Bytes left, const Bytes& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

inline SubmitSm text_to(std::string number) {
  SubmitSm pdu;
  pdu.destination.value = std::move(number);
  pdu.short_message = {'x', 'i', 'n'};
  return pdu;
}

template <class A>
std::vector<A> all(const Actions& actions) {
  std::vector<A> found;
  for (const Action& action : actions)
    if (const auto* const one = std::get_if<A>(&action)) found.push_back(*one);
  return found;
}

template <class A>
bool has(const Actions& actions) {
  return !all<A>(actions).empty();
}

/// The PDUs that the actions send.
inline std::vector<Decoded> sent(const Actions& actions) {
  std::vector<Decoded> pdus;
  for (const SendBytes& one : all<SendBytes>(actions)) {
    auto decoded = decode(one.bytes);
    if (decoded) {
      pdus.push_back(*std::move(decoded));
    } else {
      ADD_FAILURE() << decoded.error().what;
    }
  }
  return pdus;
}

inline CommandId command(const Decoded& decoded) {
  return command_of(decoded.pdu);
}

inline std::optional<CloseReason> closed_for(const Actions& actions) {
  const auto closes = all<Close>(actions);
  if (closes.size() != 1 || all<Ended>(actions).size() != 1) return std::nullopt;
  return closes.front().reason;
}

/// What the tests bind with: a small window and round times.
struct KitSettings {
  static SessionSettings settings(BindMode mode = BindMode::transceiver) {
    SessionSettings made;
    made.bind = mode;
    made.system_id = "tongdai";
    made.password = "secret";
    made.window = 3;
    made.enquire_link = 30s;
    made.response_timeout = 10s;
    made.bind_timeout = 5s;
    made.unbind_timeout = 2s;
    return made;
  }
};

/// A session at a clock that the test moves.
struct Kit : KitSettings {
  explicit Kit(SessionSettings with = settings()) : session(std::move(with)) {}

  Actions receive(const Pdu& pdu, std::uint32_t sequence, std::uint32_t status = status::ok) {
    return session.received(bytes_of(pdu, sequence, status), now);
  }
  Actions submit(SubmitToken token) { return session.submit(text_to("84912345678"), token, now); }
  /// Submits and gives the sequence.
  std::uint32_t submitted(SubmitToken token) {
    const auto pdus = sent(submit(token));
    if (pdus.size() != 1) ADD_FAILURE() << "nothing was submitted";
    return pdus.empty() ? 0 : pdus.front().sequence;
  }
  /// Connects and is bound. Gives the actions of the answer.
  Actions bind(std::uint32_t status = status::ok) {
    const auto pdus = sent(session.connected(now));
    if (pdus.size() != 1) ADD_FAILURE() << "no bind was sent";
    return receive(BindResp{}, pdus.empty() ? 0 : pdus.front().sequence, status);
  }
  Actions after(Duration time) {
    now += time;
    return session.tick(now);
  }

  Session session;
  MonoTime now{1h};
};

/// Bound already.
struct BoundKit : Kit {
  explicit BoundKit(SessionSettings with = settings()) : Kit(std::move(with)) {
    EXPECT_TRUE(has<Bound>(bind()));
  }
};

}  // namespace tongdai::gateway::smpp
