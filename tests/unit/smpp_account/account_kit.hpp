#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gateway_adapters/smpp/account/account.hpp"
#include "gateway_adapters/smpp/codec/codec.hpp"
#include "gateway_adapters/smpp/codec/status.hpp"

namespace tongdai::gateway::smpp {

/// An account and, in the test's hand, the network and the centre at its other end.
class AccountKit {
 public:
  static AccountSettings settings(std::size_t binds = 1, BindMode mode = BindMode::transceiver) {
    AccountSettings made;
    made.session.bind = mode;
    made.session.system_id = "tongdai";
    made.session.password = "secret";
    made.session.window = 4;
    made.session.response_timeout = 20s;
    made.binds = binds;
    made.habits.source = {.ton = 5, .npi = 0, .value = "LAICHAU"};
    made.habits.destination = {.ton = 1, .npi = 1, .value = {}};
    return made;
  }

  explicit AccountKit(AccountSettings made = settings()) : account(std::move(made), 1) {}

  /// Started, with every bind taken by the centre.
  AccountKit& up() {
    account.start(now);
    collect();
    for (BindIndex i = 0; i < account.binds(); ++i) bind(i);
    return *this;
  }
  void bind(BindIndex i, std::uint32_t status = status::ok) {
    account.connected(i, now);
    collect();
    const Decoded asked = next_pdu(i);
    answer(i, asked.sequence, BindResp{}, status);
  }
  void pass(Duration time) {
    now += time;
    account.tick(now);
    collect();
  }
  void send(BindIndex i, const Pdu& pdu, std::uint32_t sequence, std::uint32_t status = status::ok) {
    Bytes bytes;
    if (!encode(pdu, sequence, status, bytes)) ADD_FAILURE() << "the test wrote a PDU that cannot be";
    account.received(i, bytes, now);
    collect();
  }
  void answer(BindIndex i, std::uint32_t sequence, const Pdu& pdu, std::uint32_t status = status::ok) {
    send(i, pdu, sequence, status);
  }
  void accept(BindIndex i, const Decoded& submit, std::string id) {
    answer(i, submit.sequence, SubmitSmResp{std::move(id), {}});
  }
  void refuse(BindIndex i, const Decoded& submit, std::uint32_t status) {
    answer(i, submit.sequence, SubmitSmResp{}, status);
  }
  void drop(BindIndex i) {
    account.disconnected(i, "connection reset", now);
    collect();
  }
  void submit(std::vector<std::int64_t> ids, std::string_view text = "xin chao") {
    const text::Measure m = text::measure(text);
    std::vector<std::string> numbers;
    for (const std::int64_t id : ids) numbers.push_back("+8491" + std::to_string(1'000'000 + id));
    std::vector<Submission> batch;
    for (std::size_t n = 0; n < ids.size(); ++n)
      batch.push_back({MessageId{ids[n]}, numbers[n], text, m.encoding, m.parts, 1h});
    account.submit(batch, now);
    collect();
  }
  void stop() {
    account.stop(now);
    collect();
  }

  /// What the account wrote on that bind and nobody has taken yet.
  [[nodiscard]] std::size_t written(BindIndex i) const {
    const auto found = pdus.find(i);
    return found == pdus.end() ? 0 : found->second.size();
  }
  Decoded next_pdu(BindIndex i) {
    if (written(i) == 0) {
      ADD_FAILURE() << "bind " << i << " wrote nothing";
      return {};
    }
    Decoded first = std::move(pdus[i].front());
    pdus[i].pop_front();
    return first;
  }
  /// The next PDU, which has to be a P.
  template <class P>
  std::pair<Decoded, P> next(BindIndex i) {
    Decoded decoded = next_pdu(i);
    const P* const body = std::get_if<P>(&decoded.pdu);
    if (!body) {
      ADD_FAILURE() << "it is a " << name_of(command_of(decoded.pdu));
      return {};
    }
    P copy = *body;
    return {std::move(decoded), std::move(copy)};
  }
  [[nodiscard]] const SubmitResult& result(std::int64_t id) const {
    static const SubmitResult none;
    for (const SubmitResult& r : results) {
      if (r.id.value == id) return r;
    }
    ADD_FAILURE() << "message " << id << " has no end";
    return none;
  }
  [[nodiscard]] bool has_ended(std::int64_t id) const {
    return std::ranges::any_of(results, [id](const SubmitResult& r) { return r.id.value == id; });
  }

  void collect() {
    for (AccountAction& action : account.take()) {
      if (auto* const write = std::get_if<Write>(&action)) read(*write);
      if (const auto* const c = std::get_if<Connect>(&action)) connects.push_back(c->bind);
      if (const auto* const d = std::get_if<Disconnect>(&action)) disconnects.push_back(d->bind);
      if (const auto* const l = std::get_if<LinkIs>(&action)) links.push_back(l->link);
      if (auto* const t = std::get_if<Told>(&action)) results.push_back(std::move(t->result));
      if (const auto* const r = std::get_if<ReceiptCame>(&action)) receipts.push_back(*r);
      if (const auto* const t = std::get_if<TextCame>(&action)) texts.push_back(*t);
      if (const auto* const n = std::get_if<Note>(&action)) notes.push_back(*n);
      if (std::holds_alternative<Stopped>(action)) ++stopped;
    }
  }

  MonoTime now{1h};
  Account account;
  std::map<BindIndex, std::deque<Decoded>> pdus;
  std::vector<BindIndex> connects, disconnects;
  std::vector<Link> links;
  std::vector<SubmitResult> results;
  std::vector<ReceiptCame> receipts;
  std::vector<TextCame> texts;
  std::vector<Note> notes;
  int stopped = 0;

 private:
  void read(const Write& write) {
    Framer framer;
    framer.feed(write.bytes);
    while (const auto pdu = framer.next()) {
      auto decoded = decode(**pdu);
      if (!decoded) {
        ADD_FAILURE() << decoded.error().what;
        continue;
      }
      pdus[write.bind].push_back(*std::move(decoded));
    }
  }
};

}  // namespace tongdai::gateway::smpp
