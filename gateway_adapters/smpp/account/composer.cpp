#include "gateway_adapters/smpp/account/composer.hpp"

#include <algorithm>
#include <utility>

#include "gateway_adapters/smpp/codec/time_format.hpp"

namespace tongdai::gateway::smpp {
namespace {

constexpr std::size_t written_max = 16;    ///< texts kept as written: a campaign's languages, a few campaigns
constexpr std::uint8_t report_always = 1;  ///< registered_delivery (SMPP 3.4 §5.2.17)

void put(OutPart part, SubmitSm& into) {
  into.esm_class = part.esm_class;
  into.data_coding = part.data_coding;
  into.short_message = std::move(part.bytes);
  into.tlvs = std::move(part.tlvs);
}

}  // namespace

std::uint16_t concatenation_reference(MessageId id) noexcept {
  constexpr std::uint64_t odd = 0x9e3779b97f4a7c15;  // 2^64 by the golden ratio: neighbours come far apart
  return static_cast<std::uint16_t>((static_cast<std::uint64_t>(id.value) * odd) >> 48U);
}

const OutPart* Composer::known(const Submission& message) const {
  const auto found = std::ranges::find_if(
      written_, [&](const Written& w) { return w.encoding == message.encoding && w.text == message.text; });
  return found == written_.end() ? nullptr : &found->part;
}

void Composer::remember(const Submission& message, const OutPart& part) {
  Written written{std::string(message.text), message.encoding, part};
  if (written_.size() < written_max) {
    written_.push_back(std::move(written));
  } else {
    written_[next_] = std::move(written);
    next_ = (next_ + 1) % written_max;
  }
}

SubmitSm Composer::envelope(const Submission& message) const {
  SubmitSm pdu;
  pdu.service_type = habits_.service_type;
  pdu.source = habits_.source;
  pdu.destination = habits_.destination;
  const bool international = message.recipient.starts_with('+');
  pdu.destination.value = message.recipient.substr(international && !habits_.destination_plus ? 1 : 0);
  if (!international) pdu.destination.ton = 0;  // a short code: SMPP 3.4 §5.2.5, unknown
  if (habits_.validity) pdu.validity_period = relative_time(message.valid_for);
  pdu.registered_delivery = habits_.receipts ? report_always : 0;
  return pdu;
}

Result<std::vector<SubmitSm>> Composer::compose(const Submission& message) {
  std::vector<SubmitSm> pdus;
  if (const OutPart* part = known(message)) {
    pdus.push_back(envelope(message));
    put(*part, pdus.back());
    return pdus;
  }
  auto parts = split_out(message.text, message.encoding, habits_.long_form,
                         concatenation_reference(message.id), habits_.default_alphabet);
  if (!parts) return std::unexpected(std::move(parts.error()));
  if (parts->size() == 1) remember(message, parts->front());
  pdus.reserve(parts->size());
  for (OutPart& part : *parts) {
    pdus.push_back(envelope(message));
    put(std::move(part), pdus.back());
  }
  return pdus;
}

}  // namespace tongdai::gateway::smpp
