#include "support/smsc/link.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <utility>

#include "gateway_adapters/smpp/codec/framer.hpp"
#include "gateway_adapters/smpp/codec/status.hpp"

namespace tongdai::smsc {

namespace smpp = gateway::smpp;
namespace status = smpp::status;

namespace {

constexpr std::size_t read_octets = 64 * 1024;
constexpr std::size_t pdu_octets_max = smpp::Framer::octets_max_default;
constexpr std::size_t unsent_octets_max = 4 * 1024 * 1024;  // then the client is not read from
constexpr std::uint32_t slot_bits = 10;
constexpr std::uint32_t slot_mask = (1U << slot_bits) - 1;
constexpr std::uint32_t turns_max = 0x7fffffffU >> slot_bits;  // SMPP 3.4 §3.2: up to 0x7fffffff
constexpr std::string_view system_id = "smsc";
static_assert(Link::window_max <= slot_mask + 1);

constexpr auto submit_sm = static_cast<std::uint32_t>(smpp::CommandId::submit_sm);
constexpr auto deliver_sm_resp = static_cast<std::uint32_t>(smpp::CommandId::deliver_sm_resp);
constexpr auto generic_nack = static_cast<std::uint32_t>(smpp::CommandId::generic_nack);

/// submit_sm_resp (SMPP 3.4 §4.4.2): without a body if the status is not 0.
void append_submit_answer(std::uint32_t sequence, std::uint32_t status, std::uint64_t id, Bytes& out) {
  std::array<char, 24> digits{};
  std::size_t body = 0;
  if (status == status::ok) {
    const char* const end = id == 0 ? digits.data() : fmt::format_to(digits.data(), "{}", id);
    body = static_cast<std::size_t>(end - digits.data()) + 1;
  }
  append_number(smpp::header_octets + body, 4, out);
  append_number(submit_sm | smpp::response_bit, 4, out);
  append_number(status, 4, out);
  append_number(sequence, 4, out);
  out.insert(out.end(), digits.data(), digits.data() + body);
}

}  // namespace

Link::Link(asio::ip::tcp::socket socket, LinkHost& host)
    : socket_(std::move(socket)), host_(&host), input_(pdu_octets_max + read_octets), slots_(window_max) {
  for (std::uint32_t slot = window_max; slot > 0; --slot) free_.push_back(slot - 1);
  boost::system::error_code ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

bool Link::receives() const {
  return bound() && *mode_ != smpp::BindMode::transmitter;
}

void Link::give(Outgoing outgoing) {
  const std::uint32_t slot = free_.back();
  free_.pop_back();
  turns_ = turns_ == turns_max ? 1 : turns_ + 1;
  const std::uint32_t sequence = turns_ << slot_bits | slot;
  host_->write(outgoing, sequence, gathering_);
  slots_[slot] = {.sequence = sequence, .outgoing = std::move(outgoing)};
  flush();
}

void Link::drop() {
  if (!host_) return;
  LinkHost& host = *std::exchange(host_, nullptr);
  closing_ = true;
  boost::system::error_code ignored;
  socket_.close(ignored);
  std::vector<Outgoing> unanswered;
  for (Slot& slot : slots_) {
    if (slot.sequence != 0) unanswered.push_back(std::move(slot.outgoing));
  }
  host.gone(*this, std::move(unanswered));
}

void Link::read() {
  if (gathering_.size() + sending_.size() > unsent_octets_max) {
    paused_ = true;
    return;
  }
  const auto space = asio::buffer(input_.data() + filled_, std::min(read_octets, input_.size() - filled_));
  socket_.async_read_some(space,
                          [self = shared_from_this()](boost::system::error_code fault, std::size_t octets) {
                            if (!self->host_) return;
                            if (fault) return self->drop();
                            self->on_read(octets);
                          });
}

void Link::on_read(std::size_t octets) {
  filled_ += octets;
  in_batch_ = true;
  take_whole();
  if (std::exchange(freed_, false) && host_) host_->has_room();
  in_batch_ = false;
  flush();
  if (host_ && !closing_) read();
}

void Link::take_whole() {
  const View all(input_.data(), filled_);
  std::size_t taken = 0;
  while (!closing_ && all.size() - taken >= smpp::header_octets) {
    const std::uint32_t length = number_at(all, taken);
    if (length < smpp::header_octets || length > pdu_octets_max) {
      answer(smpp::GenericNack{}, number_at(all, taken + 12), status::invalid_command_length);
      closing_ = true;
      break;
    }
    if (all.size() - taken < length) break;
    take(all.subspan(taken, length));
    taken += length;
  }
  std::copy(input_.begin() + static_cast<std::ptrdiff_t>(taken),
            input_.begin() + static_cast<std::ptrdiff_t>(filled_), input_.begin());
  filled_ -= taken;
}

void Link::take(View pdu) {
  const std::uint32_t sequence = number_at(pdu, 12);
  switch (number_at(pdu, 4)) {
    case submit_sm:
      return take_submit(pdu, sequence);
    case deliver_sm_resp:
      return take_answer(sequence, number_at(pdu, 8) == status::ok);
    case generic_nack:
      return take_answer(sequence, false);
    default:
      return take_other(pdu);
  }
}

void Link::take_submit(View pdu, std::uint32_t sequence) {
  if (!mode_ || *mode_ == smpp::BindMode::receiver)
    return append_submit_answer(sequence, status::invalid_bind_status, 0, gathering_);
  const auto submit = read_submit(pdu);
  if (!submit) return append_submit_answer(sequence, status::invalid_message_length, 0, gathering_);

  const SubmitAnswer found = host_->take(*submit);
  const auto give_receipts = [&] {
    if (!found.receipt) return;
    host_->offer(*found.receipt, *this);
    if (found.receipt_twice) host_->offer(*found.receipt, *this);
  };
  if (found.receipt_first) give_receipts();
  if (found.status) append_submit_answer(sequence, *found.status, found.id, gathering_);
  if (!found.receipt_first) give_receipts();
}

void Link::take_answer(std::uint32_t sequence, bool accepted) {
  const std::uint32_t slot = sequence & slot_mask;
  if (sequence == 0 || slot >= window_max || slots_[slot].sequence != sequence) return;
  slots_[slot].sequence = 0;
  free_.push_back(slot);
  freed_ = true;
  if (!accepted) host_->refused(std::move(slots_[slot].outgoing));
}

void Link::take_other(View pdu) {
  const auto decoded = smpp::decode(pdu);
  if (!decoded) return answer(smpp::GenericNack{}, decoded.error().header.sequence, decoded.error().answer);
  const std::uint32_t sequence = decoded->sequence;
  if (const auto* const bind = std::get_if<smpp::Bind>(&decoded->pdu)) {
    take_bind(*bind, sequence);
  } else if (std::holds_alternative<smpp::EnquireLink>(decoded->pdu)) {
    answer(smpp::EnquireLinkResp{}, sequence, status::ok);
  } else if (std::holds_alternative<smpp::Unbind>(decoded->pdu)) {
    answer(smpp::UnbindResp{}, sequence, status::ok);
    closing_ = true;
  } else if (!smpp::is_response(smpp::command_of(decoded->pdu))) {
    answer(smpp::GenericNack{}, sequence, status::invalid_command_id);
  }
}

void Link::take_bind(const smpp::Bind& bind, std::uint32_t sequence) {
  smpp::BindResp response{
      .mode = bind.mode,
      .system_id = std::string(system_id),
      .tlvs = {smpp::tlv_octet(smpp::tag::sc_interface_version, smpp::interface_version)}};
  if (mode_) return answer(response, sequence, status::already_bound);
  if (!host_->admits(bind)) {
    answer(response, sequence, status::invalid_password);
    closing_ = true;
    return;
  }
  answer(response, sequence, status::ok);
  mode_ = bind.mode;
  freed_ = true;  // all of its window
}

void Link::answer(const smpp::Pdu& pdu, std::uint32_t sequence, std::uint32_t status) {
  if (!smpp::encode(pdu, sequence, status, gathering_)) drop();  // never: there is no field too long
}

void Link::flush() {
  if (in_batch_ || !host_ || !sending_.empty()) return;
  if (gathering_.empty()) {
    if (closing_) drop();
    return;
  }
  std::swap(gathering_, sending_);
  asio::async_write(socket_, asio::buffer(sending_),
                    [self = shared_from_this()](boost::system::error_code fault, std::size_t) {
                      if (!self->host_) return;
                      if (fault) return self->drop();
                      self->on_written();
                    });
}

void Link::on_written() {
  sending_.clear();
  flush();
  if (host_ && !closing_ && std::exchange(paused_, false)) read();
}

}  // namespace tongdai::smsc
