#include "gateway_adapters/smpp/codec/status.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace tongdai::gateway::smpp {
namespace {

/// SMPP 3.4 §5.1.3, table 5-2.
constexpr auto table = std::to_array<StatusEntry>({
    {0x00, "ROK", "no error"},
    {0x01, "RINVMSGLEN", "message length is invalid"},
    {0x02, "RINVCMDLEN", "command length is invalid"},
    {0x03, "RINVCMDID", "invalid command id"},
    {0x04, "RINVBNDSTS", "wrong bind status for this command"},
    {0x05, "RALYBND", "already bound"},
    {0x06, "RINVPRTFLG", "invalid priority flag"},
    {0x07, "RINVREGDLVFLG", "invalid registered delivery flag"},
    {0x08, "RSYSERR", "system error"},
    {0x0a, "RINVSRCADR", "invalid source address"},
    {0x0b, "RINVDSTADR", "invalid destination address"},
    {0x0c, "RINVMSGID", "message id is invalid"},
    {0x0d, "RBINDFAIL", "bind failed"},
    {0x0e, "RINVPASWD", "invalid password"},
    {0x0f, "RINVSYSID", "invalid system id"},
    {0x11, "RCANCELFAIL", "cancel_sm failed"},
    {0x13, "RREPLACEFAIL", "replace_sm failed"},
    {0x14, "RMSGQFUL", "message queue full"},
    {0x15, "RINVSERTYP", "invalid service type"},
    {0x33, "RINVNUMDESTS", "invalid number of destinations"},
    {0x34, "RINVDLNAME", "invalid distribution list name"},
    {0x40, "RINVDESTFLAG", "invalid destination flag"},
    {0x42, "RINVSUBREP", "submit with replace is not supported"},
    {0x43, "RINVESMCLASS", "invalid esm_class"},
    {0x44, "RCNTSUBDL", "cannot submit to the distribution list"},
    {0x45, "RSUBMITFAIL", "submit failed"},
    {0x48, "RINVSRCTON", "invalid source address type of number"},
    {0x49, "RINVSRCNPI", "invalid source address numbering plan"},
    {0x50, "RINVDSTTON", "invalid destination address type of number"},
    {0x51, "RINVDSTNPI", "invalid destination address numbering plan"},
    {0x53, "RINVSYSTYP", "invalid system type"},
    {0x54, "RINVREPFLAG", "invalid replace_if_present flag"},
    {0x55, "RINVNUMMSGS", "invalid number of messages"},
    {0x58, "RTHROTTLED", "allowed message rate exceeded"},
    {0x61, "RINVSCHED", "invalid scheduled delivery time"},
    {0x62, "RINVEXPIRY", "invalid validity period"},
    {0x63, "RINVDFTMSGID", "predefined message is invalid or not found"},
    {0x64, "RX_T_APPN", "receiver has a temporary error"},
    {0x65, "RX_P_APPN", "receiver has a permanent error"},
    {0x66, "RX_R_APPN", "receiver rejects the message"},
    {0x67, "RQUERYFAIL", "query_sm failed"},
    {0xc0, "RINVOPTPARSTREAM", "error in the optional part of the PDU"},
    {0xc1, "ROPTPARNOTALLWD", "optional parameter not allowed"},
    {0xc2, "RINVPARLEN", "invalid parameter length"},
    {0xc3, "RMISSINGOPTPARAM", "expected optional parameter missing"},
    {0xc4, "RINVOPTPARAMVAL", "invalid optional parameter value"},
    {0xfe, "RDELIVERYFAILURE", "delivery failed"},
    {0xff, "RUNKNOWNERR", "unknown error"},
});
static_assert(std::ranges::is_sorted(table, {}, &StatusEntry::code));

}  // namespace

std::span<const StatusEntry> statuses() noexcept {
  return table;
}

const StatusEntry* find_status(std::uint32_t code) noexcept {
  const auto* const found = std::ranges::lower_bound(table, code, {}, &StatusEntry::code);
  return found != table.end() && found->code == code ? found : nullptr;
}

std::string describe_status(std::uint32_t code) {
  if (const auto* const entry = find_status(code))
    return fmt::format("{} (0x{:02x}): {}", entry->name, entry->code, entry->meaning);
  return fmt::format("status 0x{:04x}: not of SMPP 3.4", code);
}

}  // namespace tongdai::gateway::smpp
