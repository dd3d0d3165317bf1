#include <cstdlib>

#include "gateway_adapters/smpp/codec/codec.hpp"
#include "gateway_adapters/smpp/codec/framer.hpp"
#include "gateway_adapters/smpp/codec/inbound.hpp"
#include "gateway_adapters/smpp/codec/receipt.hpp"
#include "text/encoding.hpp"

/// A stream from a message centre: the first octet says in which pieces it comes, the rest is the stream.
/// What decodes and encodes again must decode to the same.
namespace {

using namespace tongdai::gateway::smpp;

void require(bool holds) {
  if (!holds) std::abort();
}

template <class P>
void read(const P& pdu) {
  for (const Alphabet alphabet : {Alphabet::gsm7, Alphabet::ascii, Alphabet::latin1, Alphabet::ucs2}) {
    const InboundText in = read_inbound(pdu, alphabet);
    require(tongdai::text::is_valid_utf8(in.text) && tongdai::text::is_valid_utf8(in.sender));
  }
  if (is_receipt(pdu)) (void)read_receipt(pdu);
}

void take(View bytes) {
  const auto decoded = decode(bytes);
  if (!decoded) return;
  if (const auto* const deliver = std::get_if<DeliverSm>(&decoded->pdu)) read(*deliver);
  if (const auto* const data = std::get_if<DataSm>(&decoded->pdu)) read(*data);
  Bytes again;
  if (!encode(decoded->pdu, decoded->sequence, 0, again)) return;  // longer than the standard allows
  const auto twice = decode(again);
  require(twice && twice->pdu == decoded->pdu && twice->sequence == decoded->sequence);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t piece = data[0] + std::size_t{1};
  const View stream(data + 1, size - 1);
  Framer framer(4096);
  for (std::size_t at = 0; at < stream.size(); at += piece) {
    framer.feed(stream.subspan(at, std::min(piece, stream.size() - at)));
    while (const auto next = framer.next()) {
      if (!*next) return 0;
      take(**next);
    }
  }
  return 0;
}
