#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "gateway_adapters/gateway.hpp"
#include "gateway_adapters/smpp/session/actions.hpp"

namespace tongdai::gateway::smpp {

/// One of an account's binds, from 0.
using BindIndex = std::size_t;

/// What came in, until Account::answered says what became of it.
struct DeliveryToken {
  BindIndex bind = 0;
  InboundToken inbound = 0;
};

/// Make a connection for the bind: Account::connected or Account::disconnected follows.
struct Connect {
  BindIndex bind = 0;
};
/// Write to the bind's connection, in the order of the actions.
struct Write {
  BindIndex bind = 0;
  Bytes bytes;
};
/// Give the bind's connection up, after what was written to it has left. Nothing more is told of it: the
/// account has done with it, and the next Connect is another one.
struct Disconnect {
  BindIndex bind = 0;
};
/// The account's link changed, or the reason why it is not up.
struct LinkIs {
  Link link{};
  std::string reason;
};
/// The end of a submission.
struct Told {
  SubmitResult result;
};
struct ReceiptCame {
  DeliveryToken token;
  Receipt receipt;
};
struct TextCame {
  DeliveryToken token;
  Inbound inbound;
};
/// For the log. `detail` holds no text, number or secret.
struct Note {
  Level level{};
  BindIndex bind = 0;
  std::string_view event;  ///< a constant
  std::string detail;
};
/// The last action: everything that was submitted has its end, every connection is given up.
struct Stopped {};

/// What the caller has to do or to pass on.
using AccountAction =
    std::variant<Connect, Write, Disconnect, LinkIs, Told, ReceiptCame, TextCame, Note, Stopped>;
using AccountActions = std::vector<AccountAction>;

}  // namespace tongdai::gateway::smpp
