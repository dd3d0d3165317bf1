#include "gateway_adapters/smpp/session/settings.hpp"

#include "gateway_adapters/smpp/codec/codec.hpp"
#include "gateway_adapters/smpp/codec/sequence.hpp"

namespace tongdai::gateway::smpp {

Bind bind_of(const SessionSettings& settings) {
  return {.mode = settings.bind,
          .system_id = settings.system_id,
          .password = settings.password,
          .system_type = settings.system_type,
          .version = settings.version,
          .addr_ton = settings.range.ton,
          .addr_npi = settings.range.npi,
          .address_range = settings.range.value};
}

Result<void> check(const SessionSettings& settings) {
  const auto limit = [](std::string what) { return fail(Code::limit, "smpp session: " + std::move(what)); };
  if (settings.window < 1 || settings.window > window_pdus_max)
    return limit("window must be 1 to " + std::to_string(window_pdus_max));
  if (settings.pdu_bytes_max < pdu_bytes_least || settings.pdu_bytes_max > pdu_bytes_most)
    return limit("pdu_bytes_max must be " + std::to_string(pdu_bytes_least) + " to " +
                 std::to_string(pdu_bytes_most));
  if (settings.first_sequence < 1 || settings.first_sequence > sequence_max)
    return limit("first_sequence must be 1 to " + std::to_string(sequence_max));
  for (const Duration each :
       {settings.enquire_link, settings.response_timeout, settings.bind_timeout, settings.unbind_timeout}) {
    if (each <= Duration::zero())
      return limit("enquire_link, response_timeout, bind_timeout and unbind_timeout must be more than 0");
  }
  Bytes unused;
  if (auto written = encode(bind_of(settings), 1, 0, unused); !written)
    return fail(written.error().code, "smpp session: " + written.error().what);
  return {};
}

}  // namespace tongdai::gateway::smpp
