#include "support/smsc/submit_view.hpp"

#include <algorithm>
#include <array>

#include "gateway_adapters/smpp/codec/alphabet.hpp"
#include "gateway_adapters/smpp/codec/pdu.hpp"

namespace tongdai::smsc {

namespace smpp = gateway::smpp;

namespace {

/// Reads on, and remembers whether anything was missing.
class Cursor {
 public:
  explicit Cursor(View rest) : rest_(rest) {}

  std::uint8_t octet() {
    const View one = take(1);
    return one.empty() ? std::uint8_t{0} : one[0];
  }
  std::uint32_t number(std::size_t octets) {
    std::uint32_t value = 0;
    for (const std::uint8_t octet : take(octets)) value = value << 8 | octet;
    return value;
  }
  std::string_view text() {
    const auto end = std::ranges::find(rest_, std::uint8_t{0});
    const auto octets = static_cast<std::size_t>(end - rest_.begin());
    const View found = take(octets + 1);
    if (found.empty()) return {};
    return {reinterpret_cast<const char*>(found.data()), octets};
  }
  View take(std::size_t octets) {
    if (octets > rest_.size()) {
      broken_ = true;
      rest_ = {};
      return {};
    }
    const View found = rest_.first(octets);
    rest_ = rest_.subspan(octets);
    return found;
  }
  [[nodiscard]] bool more() const { return !rest_.empty(); }
  [[nodiscard]] bool broken() const { return broken_; }

 private:
  View rest_;
  bool broken_ = false;
};

/// The optional parameters that matter.
void read_parameters(Cursor& in, SubmitView& out) {
  std::uint32_t reference = 0, total = 0, part = 0;
  while (in.more()) {
    const auto tag = static_cast<std::uint16_t>(in.number(2));
    const std::uint32_t octets = in.number(2);
    if (tag == smpp::tag::message_payload) {
      const View payload = in.take(octets);
      if (out.text.empty()) out.text = payload;
    } else if (tag == smpp::tag::sar_msg_ref_num && octets == 2) {
      reference = in.number(octets);
    } else if (tag == smpp::tag::sar_total_segments && octets == 1) {
      total = in.number(octets);
    } else if (tag == smpp::tag::sar_segment_seqnum && octets == 1) {
      part = in.number(octets);
    } else {
      in.take(octets);
    }
  }
  out.part = smpp::sane_part(reference, total, part);
}

/// Characters that the default alphabet of GSM and ASCII have at the same place (3GPP TS 23.038 §6.2.1).
constexpr std::array<bool, 256> same_in_ascii = [] {
  std::array<bool, 256> same{};
  same['\n'] = same['\r'] = true;
  for (std::size_t c = ' '; c <= 'z'; ++c) same[c] = c <= '?' || (c >= 'A' && c <= 'Z') || c >= 'a';
  same['$'] = false;
  return same;
}();

void append_unit(unsigned unit, std::string& out) {
  if (unit < 0x80) {
    out.push_back(static_cast<char>(unit));
  } else if (unit < 0x800) {
    out.push_back(static_cast<char>(0xc0 | unit >> 6));
    out.push_back(static_cast<char>(0x80 | (unit & 0x3f)));
  } else {
    out.push_back(static_cast<char>(0xe0 | unit >> 12));
    out.push_back(static_cast<char>(0x80 | (unit >> 6 & 0x3f)));
    out.push_back(static_cast<char>(0x80 | (unit & 0x3f)));
  }
}

/// False, with `out` as it was, if there is anything but whole characters of one unit.
bool append_plain_ucs2(View octets, std::string& out) {
  const std::size_t before = out.size();
  if (octets.size() % 2 != 0) return false;
  for (std::size_t i = 0; i < octets.size(); i += 2) {
    const auto unit = static_cast<unsigned>(octets[i] << 8 | octets[i + 1]);
    if (unit == 0 || (unit >= 0xd800 && unit < 0xe000)) {
      out.resize(before);
      return false;
    }
    append_unit(unit, out);
  }
  return true;
}

}  // namespace

std::optional<SubmitView> read_submit(View pdu) {
  if (pdu.size() < smpp::header_octets) return std::nullopt;
  Cursor in(pdu.subspan(smpp::header_octets));
  SubmitView out;
  in.text();     // service_type
  in.number(2);  // the source's type and plan
  out.source = in.text();
  out.destination_ton = in.octet();
  out.destination_npi = in.octet();
  out.destination = in.text();
  out.esm_class = in.octet();
  in.number(2);  // protocol_id, priority_flag
  in.text();     // schedule_delivery_time
  in.text();     // validity_period
  out.registered_delivery = in.octet();
  in.octet();  // replace_if_present_flag
  out.data_coding = in.octet();
  in.octet();  // sm_default_msg_id
  out.text = in.take(in.octet());
  read_parameters(in, out);
  if (in.broken()) return std::nullopt;
  if ((out.esm_class & smpp::esm_udhi) != 0) {
    if (const auto header = smpp::parse_udh(out.text)) {
      out.text = out.text.subspan(header->octets);
      if (header->part) out.part = header->part;
    }
  }
  return out;
}

void append_utf8(View octets, std::uint8_t data_coding, std::string& out) {
  const smpp::Alphabet alphabet =
      smpp::alphabet_of(data_coding, smpp::Alphabet::gsm7).value_or(smpp::Alphabet::gsm7);
  const bool plain = alphabet == smpp::Alphabet::gsm7 &&
                     std::ranges::all_of(octets, [](std::uint8_t c) { return same_in_ascii[c]; });
  if (plain) {
    out.append(reinterpret_cast<const char*>(octets.data()), octets.size());
  } else if (alphabet != smpp::Alphabet::ucs2 || !append_plain_ucs2(octets, out)) {
    out += smpp::from_alphabet(octets, alphabet).utf8;
  }
}

}  // namespace tongdai::smsc
