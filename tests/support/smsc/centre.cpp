#include "support/smsc/centre.hpp"

#include <fmt/format.h>

#include <utility>

#include "gateway_adapters/smpp/codec/long_message.hpp"
#include "gateway_adapters/smpp/codec/status.hpp"
#include "text/encoding.hpp"

namespace tongdai::smsc {

namespace smpp = gateway::smpp;
using asio::ip::tcp;

namespace {

constexpr std::chrono::milliseconds again_after{100};
constexpr std::uint8_t ton_international = 1, npi_isdn = 1;  // SMPP 3.4 §5.2.5, §5.2.6
constexpr std::int64_t us_a_second = 1'000'000;

std::int64_t wall_us() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

smpp::Address address_of(std::string_view number) {
  const bool international = number.starts_with('+');
  if (international) number.remove_prefix(1);
  return {.ton = international ? ton_international : std::uint8_t{0},
          .npi = npi_isdn,
          .value = std::string(number)};
}

}  // namespace

Centre::Centre(asio::any_io_executor executor, Options options)
    : executor_(std::move(executor)),
      options_(std::move(options)),
      acceptor_(executor_),
      dice_(options_.faults),
      book_(options_.keep_carried),
      next_id_(static_cast<std::uint64_t>(wall_us())),  // also unlike those of a centre before this one
      later_(
          executor_, options_.receipt_delay, [this](Outgoing&& due) { enqueue(std::move(due)); },
          [this] { pump(); }),
      again_(
          executor_, again_after, [this](Outgoing&& due) { enqueue(std::move(due)); }, [this] { pump(); }) {}

Centre::~Centre() {
  close();
}

Result<std::unique_ptr<Centre>> Centre::open(asio::any_io_executor executor, Options options) {
  if (auto sound = check(options.faults); !sound) return std::unexpected(sound.error());
  std::unique_ptr<Centre> centre(new Centre(std::move(executor), std::move(options)));
  if (!centre->options_.log.empty()) {
    if (auto opened = centre->book_.log().open(centre->options_.log); !opened)
      return std::unexpected(opened.error());
  }
  if (auto listening = centre->listen(); !listening) return std::unexpected(listening.error());
  centre->accept();
  return centre;
}

Result<void> Centre::listen() {
  boost::system::error_code fault;
  const tcp::endpoint place(asio::ip::address_v4::loopback(), options_.port);
  acceptor_.open(place.protocol(), fault);
  if (!fault) acceptor_.set_option(tcp::acceptor::reuse_address(true), fault);
  if (!fault) acceptor_.bind(place, fault);
  if (!fault) acceptor_.listen(asio::socket_base::max_listen_connections, fault);
  if (!fault) port_ = acceptor_.local_endpoint(fault).port();
  if (!fault) return {};
  return fail(Code::unavailable,
              fmt::format("the centre cannot listen at 127.0.0.1:{}: {}", options_.port, fault.message()));
}

void Centre::accept() {
  acceptor_.async_accept(
      [this, alive = std::weak_ptr(alive_)](boost::system::error_code fault, tcp::socket socket) {
        if (alive.expired() || !acceptor_.is_open()) return;
        if (!fault) {
          links_.push_back(std::make_shared<Link>(std::move(socket), static_cast<LinkHost&>(*this)));
          links_.back()->start();
        }
        accept();
      });
}

Counters Centre::counters() const {
  Counters now = counters_;
  for (const auto& link : links_) now.binds += link->bound() ? 1 : 0;
  now.messages = book_.messages();
  now.repeats = book_.repeats();
  now.waiting = texts_.size() + receipts_.size() + later_.size() + again_.size();
  return now;
}

Result<std::int64_t> Centre::deliver(std::string_view from, std::string_view to, std::string_view text) {
  const auto parts = smpp::split_out(text, text::measure(text).encoding, smpp::LongForm::udh, ++reference_);
  if (!parts) return std::unexpected(parts.error());
  std::vector<Handset> made;
  for (const smpp::OutPart& part : *parts) {
    smpp::DeliverSm pdu;
    pdu.source = address_of(from);
    pdu.destination = address_of(to);
    pdu.esm_class = part.esm_class;
    pdu.data_coding = part.data_coding;
    pdu.short_message = part.bytes;
    pdu.tlvs = part.tlvs;
    auto bytes = std::make_shared<Bytes>();
    if (auto written = smpp::encode(pdu, 0, smpp::status::ok, *bytes); !written)
      return std::unexpected(written.error());
    made.push_back({.pdu = std::move(bytes), .first = made.empty()});
  }
  for (Handset& part : made) texts_.push_back(std::move(part));
  pump();
  return wall_us();
}

std::size_t Centre::drop_links() {
  const auto links = links_;
  for (const auto& link : links) link->drop();
  return links.size();
}

Result<void> Centre::set_faults(const Faults& faults) {
  if (auto sound = check(faults); !sound) return sound;
  dice_ = Dice(faults);
  return {};
}

void Centre::close() {
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  drop_links();
  later_.clear();
  again_.clear();
  (void)flush();  // who wants to hear of lost lines calls it before
}

bool Centre::admits(const smpp::Bind& bind) const {
  return bind.system_id == options_.system_id && bind.password == options_.password;
}

SubmitAnswer Centre::take(const SubmitView& submit) {
  const Throw found = dice_.next();
  if (found.fate == Fate::rejected || found.fate == Fate::throttled) {
    const bool rejected = found.fate == Fate::rejected;
    ++(rejected ? counters_.rejected : counters_.throttled);
    return {.status = rejected ? faults().reject_status : smpp::status::throttled, .receipt = std::nullopt};
  }
  const std::int64_t now = wall_us();
  if (counters_.submits++ == 0) counters_.first_submit_us = now;
  counters_.last_submit_us = now;
  book_.take(submit, now);

  const std::uint64_t id = next_id_++;
  SubmitAnswer answer{.status = smpp::status::ok,
                      .id = id,
                      .receipt = std::nullopt,
                      .receipt_twice = found.receipt_twice,
                      .receipt_first = found.receipt_first};
  if (found.fate == Fate::without_id) answer.id = 0;
  if (found.fate == Fate::unanswered) {
    ++counters_.unanswered;
    answer.status.reset();
  }
  if (options_.receipts && submit.wants_receipt()) {
    answer.receipt = Receipt{.id = id,
                             .recipient = pack_digits(submit.destination),
                             .submitted_s = static_cast<std::uint32_t>(now / us_a_second),
                             .sender = names_.number_of(submit.source),
                             .recipient_ton = submit.destination_ton,
                             .recipient_npi = submit.destination_npi};
  }
  return answer;
}

void Centre::offer(const Receipt& receipt, Link& link) {
  if (options_.receipt_delay.count() > 0) {
    later_.add(receipt);
  } else if (receipts_.empty() && link.has_room()) {
    link.give(receipt);
  } else {
    receipts_.push_back(receipt);
    pump();
  }
}

void Centre::refused(Outgoing&& outgoing) {
  again_.add(std::move(outgoing));
}

void Centre::gone(Link& link, std::vector<Outgoing>&& unanswered) {
  std::erase_if(links_, [&](const auto& one) { return one.get() == &link; });
  for (Outgoing& outgoing : unanswered) enqueue(std::move(outgoing));
  pump();
}

void Centre::write(const Outgoing& outgoing, std::uint32_t sequence, Bytes& out) {
  if (const auto* const receipt = std::get_if<Receipt>(&outgoing)) {
    ++counters_.receipts;
    receipt_writer_.append(*receipt, sequence, wall_us(), out);
    return;
  }
  ++counters_.delivers;
  const Bytes& pdu = *std::get<Handset>(outgoing).pdu;
  const std::size_t start = out.size();
  out.insert(out.end(), pdu.begin(), pdu.end());
  put_number(sequence, start + 12, out);
}

void Centre::enqueue(Outgoing&& outgoing) {
  if (auto* const text = std::get_if<Handset>(&outgoing)) {
    texts_.push_back(std::move(*text));
  } else {
    receipts_.push_back(std::get<Receipt>(outgoing));
  }
}

Link* Centre::choose(bool next) {
  if (next) ++turn_;
  for (std::size_t i = 0; i < links_.size(); ++i) {
    const std::size_t at = (turn_ + i) % links_.size();
    if (!links_[at]->has_room()) continue;
    turn_ = at;
    return links_[at].get();
  }
  return nullptr;
}

void Centre::pump() {
  while (!texts_.empty()) {
    Link* const link = choose(texts_.front().first);  // the parts of a text stay together if they can
    if (!link) return;
    link->give(std::move(texts_.front()));
    texts_.pop_front();
  }
  while (!receipts_.empty()) {
    Link* const link = choose(false);
    if (!link) return;
    link->give(receipts_.front());
    receipts_.pop_front();
  }
}

}  // namespace tongdai::smsc
