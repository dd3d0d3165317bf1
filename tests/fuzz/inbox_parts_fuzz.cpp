#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <map>
#include <optional>
#include <vector>

#include "config/toml_file.hpp"
#include "fuzz/input.hpp"
#include "gateway_adapters/smpp/codec/inbound.hpp"
#include "inbox/inbox.hpp"
#include "sealing/vault.hpp"
#include "storage/migrate.hpp"
#include "storage/seal_functions.hpp"
#include "support/capturing_log.hpp"
#include "support/source_dir.hpp"
#include "support/temp_dir.hpp"
#include "support/virtual_time.hpp"
#include "text/fold.hpp"

/// Texts and parts of texts, as a message centre's PDUs bring them, go into an inbox in whatever order, time
/// and number. Promised: each is answered after it is stored, none is lost, giving one again at once changes
/// nothing, no part waits for ever, and each text is handled once.
namespace {

using namespace tongdai;
using fuzz::Input;
using fuzz::require;

constexpr std::size_t steps_max = 200;  // of one input: keeps it quick
constexpr Duration beyond_patience = 4min;
constexpr std::array<std::string_view, 3> senders{"0912345678", "0987654321", "VIETTEL"};
constexpr std::array<std::string_view, 2> gateways{"a", "b"};

text::NumberingPlan plan_of_the_country() {
  config::Faults faults;
  auto plan = text::NumberingPlan::read(
      config::read_toml_file(in_checkout("/config/numbering/vn.toml")).value(), faults);
  require(faults.empty());
  return plan;
}

/// The inbox over a database in memory, made once: what is in it goes with each input.
struct Room {
  Room() {
    require(storage::migrate(connection, ":memory:", log).has_value());
    storage::add_seal_functions(connection, *vault);
    inbox.set_handlers(
        [this](storage::Tx&, const inbox::InboundText& text, TimePoint) {
          ++handled[text.id];
          return inbox::Kind::report;
        },
        [](storage::Tx&, const inbox::InboundText&, TimePoint) { require(false); });
  }

  void clear() {
    for (const auto* sql : {"DELETE FROM inbound", "DELETE FROM inbound_part"}) connection.execute(sql);
    handled.clear();
    log.clear();
  }
  [[nodiscard]] bool give(std::string_view gateway, const gateway::Inbound& in) {
    std::optional<bool> stored;
    inbox.receive(loop.get_executor(), std::string(gateway), in, [&](bool yes) { stored = yes; });
    time.settle();
    return stored.value_or(false);
  }
  void turn() {
    const auto task = [](inbox::Inbox& in) -> asio::awaitable<void> {
      while (co_await in.run_once() > 0) {
      }
    };
    bool over = false;
    asio::co_spawn(loop, task(inbox), [&](const std::exception_ptr& error) {
      require(!error);
      over = true;
    });
    time.settle();
    require(over);
  }
  [[nodiscard]] std::int64_t count(std::string_view sql) {
    storage::Tx tx(connection);
    return tx.value<std::int64_t>(sql).value_or(-1);
  }

  asio::io_context loop{1};
  test::VirtualTime time{loop, parse_rfc3339("2026-11-25T09:00:00+07:00").value()};
  test::CapturingLog log;
  IdSource ids{time};
  test::TempDir folder;
  std::unique_ptr<sealing::Vault> vault =
      sealing::Vault::open(folder / "keys", sealing::Secret::random(), true, log).value();
  storage::Connection connection{":memory:", storage::Connection::Mode::read_write};
  storage::Writer writer{connection, loop.get_executor(), log};
  text::NumberingPlan plan = plan_of_the_country();
  inbox::Inbox inbox{writer, ids,  time,
                     log,    plan, inbox::Words{{"nhan"}, {"tu choi"}, {"xong"}, {"stop"}, {"start"}}};
  std::map<InboundId, int> handled;
};

Room& room() {
  static Room made;
  return made;
}

gateway::smpp::Tlv tlv(std::uint16_t tag, std::initializer_list<std::uint8_t> octets) {
  return {tag, octets};
}

/// One deliver_sm out of the input: half of it the fuzzer's own octets, so that it finds the headers.
gateway::smpp::DeliverSm pdu_from(Input& input, std::uint8_t form) {
  gateway::smpp::DeliverSm pdu;
  pdu.source.value = senders[form % senders.size()];
  pdu.destination.value = "19001234";
  pdu.esm_class = (form & 0x40) != 0 ? 0x40 : 0;
  pdu.data_coding = input.number();
  if ((form & 0x20) != 0) {
    pdu.tlvs.push_back(tlv(0x020c, {0, input.number()}));  // sar_msg_ref_num, SMPP 3.4 §5.3.2.22
    pdu.tlvs.push_back(tlv(0x020e, {input.number()}));     // sar_total_segments, §5.3.2.23
    pdu.tlvs.push_back(tlv(0x020f, {input.number()}));     // sar_segment_seqnum, §5.3.2.24
  }
  const auto octets = input.octets(input.number());
  pdu.short_message.assign(octets.begin(), octets.end());
  return pdu;
}

/// Plays an input and keeps the book of what was given.
class Play {
 public:
  void step(Input& input) {
    const std::uint8_t kind = input.number();
    if (kind % 8 == 6) return room().time.advance(std::chrono::seconds(input.number()));
    if (kind % 8 == 7) return room().turn();
    give(input, kind % 8 >= 4);
  }

  void finish() {
    room().time.advance(beyond_patience);
    room().turn();
    require(room().count("SELECT COUNT(*) FROM inbound_part") == 0);
    require(room().count("SELECT COUNT(*) FROM inbound WHERE state <> 'handled'") == 0);
    require(room().count("SELECT COUNT(*) FROM inbound") == static_cast<std::int64_t>(room().handled.size()));
    for (const auto& [id, times] : room().handled) require(times == 1);
    storage::Tx tx(room().connection);
    const auto texts =
        tx.all("SELECT unseal(key_id, sealed_sender, sender), unseal(key_id, sealed_text, text) FROM inbound",
               [](const storage::Row& row) { return std::pair(row.text(0), row.text(1)); });
    require(texts.size() <= given_.size());
    for (const auto& [sender, words] : given_) {
      require(std::ranges::any_of(texts, [&](const auto& text) {
        return text.first == sender && text.second.find(words) != std::string::npos;
      }));
    }
  }

 private:
  void give(Input& input, bool twice) {
    const std::uint8_t form = input.number();
    const auto pdu = pdu_from(input, form);
    auto read = gateway::smpp::read_inbound(pdu, gateway::smpp::Alphabet::gsm7);
    const std::string ref = (form & 0x10) != 0 ? std::to_string(form & 3) : "";
    const auto number = room().plan.parse(read.sender);
    given_.emplace_back(number ? number->phone.reveal() : read.sender, text::nfc(read.text));
    const gateway::Inbound in{ref, std::move(read.sender), std::move(read.line), std::move(read.text),
                              read.part};
    const std::string_view gateway = gateways[(form & 0x80) != 0 ? 1 : 0];
    require(room().give(gateway, in));
    if (!twice) return;
    const auto before = kept();
    require(room().give(gateway, in));
    require(kept() == before);
  }

  static std::pair<std::int64_t, std::int64_t> kept() {
    return {room().count("SELECT COUNT(*) FROM inbound"), room().count("SELECT COUNT(*) FROM inbound_part")};
  }

  std::vector<std::pair<std::string, std::string>> given_;  ///< sender and words
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  room().clear();
  Input input(data, size);
  Play play;
  for (std::size_t n = 0; n < steps_max && !input.empty(); ++n) play.step(input);
  play.finish();
  return 0;
}
