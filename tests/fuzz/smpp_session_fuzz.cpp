#include <map>
#include <set>

#include "fuzz/input.hpp"
#include "gateway_adapters/smpp/codec/status.hpp"
#include "gateway_adapters/smpp/session/session.hpp"

/// A session against a centre that answers, lies, is silent and hangs up as the input says. Promised: every
/// submission has exactly one end, at the latest with its connection; the window holds; each connection ends
/// once; what is sent is whole PDUs; a timer that was served lies ahead.
namespace {

using namespace tongdai;
using namespace tongdai::gateway::smpp;
using fuzz::Input;
using fuzz::require;

constexpr std::size_t steps_max = 2000;  // of one input: keeps it quick

SessionSettings settings_from(Input& input) {
  SessionSettings made;
  const std::uint8_t form = input.number();
  made.bind = std::array{BindMode::transmitter, BindMode::receiver, BindMode::transceiver}[form % 3U];
  made.system_id = "tongdai";
  made.password = "secret";
  made.window = std::size_t{form} / 3 % 5 + 1;
  made.enquire_link = 30s;
  made.response_timeout = 10s;
  made.bind_timeout = 5s;
  made.unbind_timeout = 2s;
  made.pdu_bytes_max = 4096;
  made.first_sequence = (form & 0x80) != 0 ? sequence_max - 3 : 1;
  require(check(made).has_value());
  return made;
}

class Play {
 public:
  explicit Play(const SessionSettings& settings) : session_(settings), window_(settings.window) {}

  void step(Input& input) {
    switch (input.number() % 10) {
      case 0:
        return connect();
      case 1:
        return answer(BindResp{}, input);
      case 2:
        return submit(input);
      case 3:
        return answer(SubmitSmResp{"id", {}}, input);
      case 4:
        return request(input);
      case 5:
        return note(session_.received(input.octets(input.number()), now_));
      case 6:
        return tick(Duration{input.number() * 200});
      case 7:
        return settle(input);
      case 8:
        return note(input.number() % 2 == 0 ? session_.unbind(now_) : session_.disconnected());
      default:
        return answer(input.number() % 2 == 0 ? Pdu(GenericNack{}) : Pdu(UnbindResp{}), input);
    }
  }

  void finish() {
    note(session_.disconnected());
    for (const auto& [token, ends] : ends_) require(ends == 1);
    require(connections_ == ended_);
    require(!session_.next_timer());
  }

 private:
  void connect() {
    const auto before = binds_;
    note(session_.connected(now_));
    connections_ += binds_ - before;
  }

  /// An answer to one of the last requests of ours, mostly.
  void answer(const Pdu& pdu, Input& input) {
    const std::uint8_t which = input.number();
    const std::uint32_t sequence = which % 8 < sent_.size() ? sent_[sent_.size() - 1 - which % 8] : which;
    const std::uint32_t status = which < 0xc0 ? status::ok : (which < 0xe0 ? status::throttled : which);
    Bytes bytes;
    if (encode(pdu, sequence, status, bytes)) note(session_.received(bytes, now_));
  }

  void request(Input& input) {
    const std::uint8_t kind = input.number();
    Pdu pdu = EnquireLink{};
    if (kind % 4 == 1) pdu = DeliverSm{};
    if (kind % 4 == 2) pdu = DataSm{};
    if (kind % 16 == 3) pdu = Unbind{};
    Bytes bytes;
    if (encode(pdu, input.number(), status::ok, bytes)) note(session_.received(bytes, now_));
  }

  void submit(Input& input) {
    SubmitSm pdu;
    pdu.destination.value = std::string(input.number() % 24, '8');  // more than 20 cannot be written
    ends_.emplace(++last_token_, 0);
    const auto free = session_.window_free();
    const auto out = session_.submit(pdu, last_token_, now_);
    if (free == 0) require(std::holds_alternative<Unsent>(out.at(0)));
    note(out);
  }

  void tick(Duration time) {
    now_ += time;
    note(session_.tick(now_));
    const auto timer = session_.next_timer();
    require(!timer || *timer > now_);
  }

  /// The inbound message that has waited longest is stored, or cannot be; at times one that is none.
  void settle(Input& input) {
    const std::uint8_t how = input.number();
    if (inbound_.empty() || how == 0xff) return note(session_.answered(how, true));
    const InboundToken token = *inbound_.begin();
    inbound_.erase(inbound_.begin());
    note(session_.answered(token, how % 2 == 0));
  }

  void end(SubmitToken token) {
    require(ends_.contains(token));
    require(++ends_[token] == 1);
  }

  void note(const Actions& out) {
    for (const Action& action : out) {
      if (const auto* const one = std::get_if<Submitted>(&action)) end(one->token);
      if (const auto* const one = std::get_if<InDoubt>(&action)) end(one->token);
      if (const auto* const one = std::get_if<Unsent>(&action)) end(one->token);
      if (const auto* const one = std::get_if<SendBytes>(&action)) sent(one->bytes);
      if (const auto* const one = std::get_if<Deliver>(&action)) {
        require(one->token > last_inbound_);
        last_inbound_ = one->token;
        inbound_.insert(one->token);
      }
      if (std::holds_alternative<Ended>(action)) ++ended_;
    }
    std::size_t open = 0;
    for (const auto& [token, ends] : ends_) open += ends == 0 ? 1U : 0U;
    require(open <= window_);
    if (session_.state() == SessionState::ended) require(open == 0);
  }

  void sent(const Bytes& bytes) {
    const auto decoded = decode(bytes);
    require(decoded.has_value());
    if (std::holds_alternative<Bind>(decoded->pdu)) ++binds_;
    if ((static_cast<std::uint32_t>(command_of(decoded->pdu)) & 0x80000000U) == 0)
      sent_.push_back(decoded->sequence);
  }

  Session session_;
  std::size_t window_;
  MonoTime now_{1h};
  std::map<SubmitToken, int> ends_;
  std::set<InboundToken> inbound_;
  std::vector<std::uint32_t> sent_;  ///< sequences of our requests
  SubmitToken last_token_ = 0;
  InboundToken last_inbound_ = 0;
  int binds_ = 0, connections_ = 0, ended_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  Play play(settings_from(input));
  for (std::size_t n = 0; n < steps_max && !input.empty(); ++n) play.step(input);
  play.finish();
  return 0;
}
