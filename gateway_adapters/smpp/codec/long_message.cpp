#include "gateway_adapters/smpp/codec/long_message.hpp"

#include "gateway_adapters/smpp/codec/udh.hpp"

namespace tongdai::gateway::smpp {
namespace {

constexpr std::size_t ucs2_single_octets = 140, ucs2_part_octets = 134;

/// Parts as octets, each whole characters.
using Pieces = std::vector<Bytes>;

bool is_low_surrogate(const Bytes& octets, std::size_t at) {
  return (octets[at] & 0xfc) == 0xdc;
}

/// UCS-2 of a text that could have been sent in less: text::split would count septets.
Pieces cut_ucs2(const Bytes& octets) {
  if (octets.size() <= ucs2_single_octets) return {octets};
  Pieces pieces;
  for (std::size_t from = 0; from < octets.size();) {
    std::size_t to = std::min(from + ucs2_part_octets, octets.size());
    if (to < octets.size() && is_low_surrogate(octets, to)) to -= 2;
    pieces.emplace_back(octets.begin() + static_cast<std::ptrdiff_t>(from),
                        octets.begin() + static_cast<std::ptrdiff_t>(to));
    from = to;
  }
  return pieces;
}

Result<Pieces> cut_as_counted(std::string_view utf8, Alphabet alphabet) {
  const auto parts = text::split(utf8);
  if (!parts) return std::unexpected(parts.error());
  Pieces pieces;
  for (const std::string& part : *parts) {
    auto octets = to_alphabet(part, alphabet);
    if (!octets) return std::unexpected(octets.error());
    pieces.push_back(std::move(*octets));
  }
  return pieces;
}

struct Cut {
  Alphabet alphabet = Alphabet::ucs2;
  Pieces pieces;
};

Result<Cut> cut(std::string_view utf8, text::Encoding encoding, Alphabet default_alphabet) {
  const bool gsm7 = text::measure(utf8).encoding == text::Encoding::gsm7;
  if (encoding == text::Encoding::gsm7 && !gsm7)
    return fail(Code::invalid, "text must be in the GSM 7-bit alphabet to be sent as gsm7");
  const Alphabet wanted = encoding == text::Encoding::gsm7 ? default_alphabet : Alphabet::ucs2;
  if (wanted != Alphabet::ucs2 || !gsm7) {  // it travels as it was counted
    auto pieces = cut_as_counted(utf8, wanted);
    if (pieces) return Cut{wanted, std::move(*pieces)};
    if (wanted == Alphabet::ucs2 || pieces.error().code == Code::limit)
      return std::unexpected(pieces.error());
  }
  Cut made{Alphabet::ucs2, cut_ucs2(text::to_ucs2(utf8))};
  if (made.pieces.size() > text::parts_max)
    return fail(Code::limit, "must fit into " + std::to_string(text::parts_max) + " parts, got " +
                                 std::to_string(made.pieces.size()));
  return made;
}

OutPart part_of(Bytes&& octets, const PartInfo& place, LongForm form) {
  OutPart part;
  if (place.total == 1) {
    part.bytes = std::move(octets);
  } else if (form == LongForm::udh) {
    part.esm_class = esm_udhi;
    part.bytes = build_udh(place, false);
    part.bytes.insert(part.bytes.end(), octets.begin(), octets.end());
  } else {
    part.bytes = std::move(octets);
    part.tlvs = {tlv_short(tag::sar_msg_ref_num, place.reference),
                 tlv_octet(tag::sar_total_segments, place.total),
                 tlv_octet(tag::sar_segment_seqnum, place.part)};
  }
  return part;
}

OutPart payload_of(const Pieces& pieces) {
  Tlv payload{tag::message_payload, {}};
  for (const Bytes& piece : pieces) payload.value.insert(payload.value.end(), piece.begin(), piece.end());
  return {0, 0, {}, {std::move(payload)}};
}

}  // namespace

Result<std::vector<OutPart>> split_out(std::string_view utf8, text::Encoding encoding, LongForm form,
                                       std::uint16_t reference, Alphabet default_alphabet) {
  if (!text::is_valid_utf8(utf8)) return fail(Code::invalid, "text must be well-formed UTF-8");
  auto made = cut(utf8, encoding, default_alphabet);
  if (!made) return std::unexpected(made.error());
  const auto total = static_cast<std::uint8_t>(made->pieces.size());
  std::vector<OutPart> parts;
  if (form == LongForm::payload && total > 1) {
    parts.push_back(payload_of(made->pieces));
  } else {
    std::uint8_t number = 0;
    for (Bytes& piece : made->pieces)
      parts.push_back(part_of(std::move(piece), PartInfo{reference, total, ++number}, form));
  }
  for (OutPart& part : parts) part.data_coding = made->alphabet == Alphabet::ucs2 ? data_coding_ucs2 : 0;
  return parts;
}

}  // namespace tongdai::gateway::smpp
