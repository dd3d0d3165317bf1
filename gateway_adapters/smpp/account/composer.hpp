#pragma once

#include <string>
#include <vector>

#include "gateway_adapters/gateway.hpp"
#include "gateway_adapters/smpp/codec/long_message.hpp"
#include "gateway_adapters/smpp/codec/pdu.hpp"

namespace tongdai::gateway::smpp {

/// How a route wants its messages written.
struct Habits {
  Address source;                 ///< what the phone shows
  Address destination;            ///< type and plan of the recipients' numbers; its value is not used
  bool destination_plus = false;  ///< "+84…" instead of "84…"
  std::string service_type;       ///< SMPP 3.4 §5.2.11
  LongForm long_form = LongForm::udh;
  Alphabet default_alphabet = Alphabet::gsm7;  ///< of data_coding 0
  bool receipts = true;                        ///< asks for one of each part, whatever became of it
  bool validity = true;                        ///< tells the centre how long to try
};

/// Writes messages as submit_sm. One thread at a time.
class Composer {
 public:
  explicit Composer(Habits habits) : habits_(std::move(habits)) {}

  /// All parts in order; the same at every attempt but for the validity. Errors as of split_out.
  [[nodiscard]] Result<std::vector<SubmitSm>> compose(const Submission& message);

 private:
  /// Texts of one part, as written last: a campaign says the same to everybody.
  struct Written {
    std::string text;
    text::Encoding encoding{};
    OutPart part;
  };
  [[nodiscard]] const OutPart* known(const Submission& message) const;
  void remember(const Submission& message, const OutPart& part);
  [[nodiscard]] SubmitSm envelope(const Submission& message) const;

  Habits habits_;
  std::vector<Written> written_;
  std::size_t next_ = 0;  ///< of written_, to be forgotten first
};

/// What ties the parts of a message together (3GPP TS 23.040 §9.2.3.24.1): the same at every attempt. Two
/// messages have the same one by chance only; of the low 8 bits, one in 256.
[[nodiscard]] std::uint16_t concatenation_reference(MessageId id) noexcept;

}  // namespace tongdai::gateway::smpp
