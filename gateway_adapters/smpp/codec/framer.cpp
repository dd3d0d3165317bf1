#include "gateway_adapters/smpp/codec/framer.hpp"

#include "gateway_adapters/smpp/codec/reader.hpp"

namespace tongdai::gateway::smpp {

void Framer::feed(View bytes) {
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(taken_));
  taken_ = 0;
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
}

std::optional<std::expected<View, FrameFault>> Framer::next() {
  const View rest = View(buffer_).subspan(taken_);
  if (rest.size() < 4) return std::nullopt;
  const std::uint32_t length = number_at(rest, 4);
  if (length < header_octets || length > octets_max_) {
    const std::uint32_t sequence = rest.size() < header_octets ? 0 : number_at(rest.subspan(12), 4);
    return std::unexpected(FrameFault{length, sequence});
  }
  if (rest.size() < length) return std::nullopt;
  taken_ += length;
  return rest.first(length);
}

void Framer::reset() noexcept {
  buffer_.clear();
  taken_ = 0;
}

}  // namespace tongdai::gateway::smpp
