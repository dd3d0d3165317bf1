#include <fstream>
#include <iterator>

#include "gateway_adapters/smpp/codec/long_message.hpp"
#include "support/temp_dir.hpp"
#include "unit/smsc/kit.hpp"

namespace tongdai::smsc {
namespace {

constexpr std::string_view vietnamese = "Xin chào, đây là tổng đài";

std::vector<smpp::SubmitSm> long_text(std::string_view text, smpp::LongForm form) {
  std::vector<smpp::SubmitSm> pdus;
  const auto parts = smpp::split_out(text, text::measure(text).encoding, form, 0x1234);
  for (const smpp::OutPart& part : parts.value()) {
    smpp::SubmitSm pdu = text_to("84912345678", "");
    pdu.esm_class = part.esm_class;
    pdu.data_coding = part.data_coding;
    pdu.short_message = part.bytes;
    pdu.tlvs = part.tlvs;
    pdus.push_back(std::move(pdu));
  }
  return pdus;
}

std::string long_vietnamese() {
  std::string text;
  for (int i = 0; i < 8; ++i) text += std::string(vietnamese) + " " + std::to_string(i) + ". ";
  return text + "🙂";
}

TEST(SmscSubmit, IsAnsweredWithIdsOfItsOwnAndCarried) {
  Kit kit;
  Client client = kit.client();
  client.bind();
  client.send(text_to("84912345678", "mot"), 2);
  client.send(text_to("84912345679", "hai"), 3);
  const auto [first, first_pdu] = client.next_as<smpp::SubmitSmResp>();
  const auto [second, second_pdu] = client.next_as<smpp::SubmitSmResp>();
  EXPECT_EQ(first.sequence, 2U);
  EXPECT_EQ(second.sequence, 3U);
  EXPECT_EQ(first.status, status::ok);
  EXPECT_FALSE(first_pdu.message_id.empty());
  EXPECT_NE(first_pdu.message_id, second_pdu.message_id);
  ASSERT_EQ(kit.centre->carried().size(), 2U);
  EXPECT_EQ(kit.centre->carried()[1].to, "84912345679");
  EXPECT_EQ(kit.centre->carried()[1].text, "hai");
}

TEST(SmscSubmit, NeedsABindThatMaySend) {
  Kit kit;
  Client unbound = kit.client(), receiver = kit.client();
  receiver.bind(smpp::BindMode::receiver);
  for (Client* const client : {&unbound, &receiver}) {
    client->send(text_to("84912345678"), 2);
    EXPECT_EQ(client->next_as<smpp::SubmitSmResp>().first.status, status::invalid_bind_status);
  }
  EXPECT_EQ(kit.centre->counters().submits, 0U);
}

TEST(SmscSubmit, ABodyThatIsCutShortIsRefused) {
  Kit kit;
  Client client = kit.client();
  client.bind();
  client.send_bytes({0, 0, 0, 18, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1});
  EXPECT_EQ(client.next_as<smpp::SubmitSmResp>().first.status, status::invalid_message_length);
  EXPECT_EQ(kit.centre->counters().submits, 0U);
}

TEST(SmscSubmit, IsReadHoweverItsBytesCome) {
  Kit kit;
  Client client = kit.client();
  client.bind();
  Bytes bytes;
  ASSERT_TRUE(smpp::encode(text_to("84912345678", "tung chut mot"), 2, status::ok, bytes));
  for (const std::uint8_t byte : bytes) {
    client.send_bytes({byte});
    kit.loop.restart();
    kit.loop.poll();
  }
  client.next_as<smpp::SubmitSmResp>();
  ASSERT_EQ(kit.centre->carried().size(), 1U);
  EXPECT_EQ(kit.centre->carried()[0].text, "tung chut mot");
}

TEST(SmscSubmit, WhoDoesNotReadItsAnswersIsNotReadFromAndLosesNone) {
  constexpr std::size_t submits = 800'000, a_write = 1000, stuck_turns = 100;
  Kit kit;
  Client client = kit.client();
  client.bind();
  Bytes one, batch;
  ASSERT_TRUE(smpp::encode(text_to("84912345678", ""), 2, status::ok, one));
  for (std::size_t i = 0; i < a_write; ++i) batch.insert(batch.end(), one.begin(), one.end());
  const std::size_t octets = submits * one.size();
  std::size_t written = 0, stuck = 0;
  std::uint64_t taken = 0;
  const auto write = [&] {
    const std::size_t from = written % batch.size();
    const std::size_t most = std::min(batch.size() - from, octets - written);
    boost::system::error_code fault;
    const std::size_t done = client.socket().write_some(asio::buffer(batch.data() + from, most), fault);
    written += done;
    return done > 0;
  };
  EXPECT_TRUE(until(kit.loop, [&] {
    const bool wrote = write();
    const std::uint64_t before = std::exchange(taken, kit.centre->counters().submits);
    const bool moved = wrote || taken != before;
    stuck = moved ? 0 : stuck + 1;
    return stuck == stuck_turns;
  })) << "it was read from all the same";
  EXPECT_LT(kit.centre->counters().submits, submits);

  std::size_t answered = 0;
  Bytes answers(1024 * 1024);
  const std::size_t an_answer = smpp::header_octets + 17;  // an id of 16 digits
  EXPECT_TRUE(until(kit.loop, [&] {
    write();
    boost::system::error_code fault;
    answered += client.socket().read_some(asio::buffer(answers), fault);
    return answered >= submits * an_answer;
  }));
  EXPECT_EQ(answered, submits * an_answer);
  EXPECT_EQ(kit.centre->counters().submits, submits);
}

TEST(SmscSubmit, EveryAlphabetIsReadAsUtf8) {
  Kit kit;
  Client client = kit.client();
  client.bind();
  for (const std::string_view text :
       {vietnamese, std::string_view("100 € @ $5 {x}"), std::string_view("ok 🙂")}) {
    auto pdus = long_text(text, smpp::LongForm::udh);
    ASSERT_EQ(pdus.size(), 1U);
    client.send(pdus[0], 2);
    client.next_as<smpp::SubmitSmResp>();
    EXPECT_EQ(kit.centre->carried().back().text, text);
  }
}

class SmscLongSubmit : public testing::TestWithParam<smpp::LongForm> {};

TEST_P(SmscLongSubmit, IsJoinedInWhateverOrderItsPartsCome) {
  Kit kit;
  Client client = kit.client();
  client.bind();
  const std::string text = long_vietnamese();
  auto pdus = long_text(text, GetParam());
  std::swap(pdus.front(), pdus.back());
  for (const smpp::SubmitSm& pdu : pdus) {
    EXPECT_TRUE(kit.centre->carried().empty());
    client.send(pdu, 2);
    EXPECT_EQ(client.next_as<smpp::SubmitSmResp>().first.status, status::ok);
  }
  ASSERT_EQ(kit.centre->carried().size(), 1U);
  EXPECT_EQ(kit.centre->carried()[0].text, text);
  EXPECT_EQ(kit.centre->counters().submits, pdus.size());
  EXPECT_EQ(kit.centre->counters().messages, 1U);
}

INSTANTIATE_TEST_SUITE_P(Forms, SmscLongSubmit,
                         testing::Values(smpp::LongForm::udh, smpp::LongForm::sar, smpp::LongForm::payload),
                         [](const auto& form) { return std::string(name_of(form.param)); });

TEST(SmscSubmit, AWideReferenceIsJoinedToo) {
  Kit kit;
  Client client = kit.client();
  client.bind();
  for (const std::uint8_t part : {std::uint8_t{1}, std::uint8_t{2}}) {
    smpp::SubmitSm pdu = text_to("84912345678", "");
    pdu.esm_class = smpp::esm_udhi;
    pdu.short_message = smpp::build_udh({.reference = 0xabcd, .total = 2, .part = part}, true);
    pdu.short_message.push_back(part == 1 ? 'a' : 'b');
    client.send(pdu, part);
    client.next_as<smpp::SubmitSmResp>();
  }
  ASSERT_EQ(kit.centre->carried().size(), 1U);
  EXPECT_EQ(kit.centre->carried()[0].text, "ab");
}

TEST(SmscSubmit, PartsOfDifferentTextsAreNotMixed) {
  Kit kit;
  Client client = kit.client();
  client.bind();
  auto one = long_text(long_vietnamese(), smpp::LongForm::sar);
  auto other = one;
  for (smpp::SubmitSm& pdu : other) pdu.destination.value = "84987654321";
  client.send(one[0], 2);
  client.next();
  for (const smpp::SubmitSm& pdu : other) {
    client.send(pdu, 3);
    client.next();
  }
  ASSERT_EQ(kit.centre->carried().size(), 1U);
  EXPECT_EQ(kit.centre->carried()[0].to, "84987654321");
}

TEST(SmscSubmit, TheSameTextToTheSameRecipientIsARepeat) {
  Kit kit;
  Client client = kit.client();
  client.bind();
  for (const auto& pdu : {text_to("84912345678", "mot"), text_to("84912345678", "hai"),
                          text_to("84912345679", "mot"), text_to("84912345678", "mot")}) {
    client.send(pdu, 2);
    client.next();
  }
  EXPECT_EQ(kit.centre->counters().messages, 4U);
  EXPECT_EQ(kit.centre->counters().repeats, 1U);
}

TEST(SmscSubmit, TheLogHasALineForEveryMessage) {
  const test::TempDir dir;
  Options options;
  options.log = (dir.path() / "centre.log").string();
  Kit kit(options);
  Client client = kit.client();
  client.bind();
  client.send(text_to("84912345678", "mot\nhai"), 2);
  client.next();
  ASSERT_TRUE(kit.centre->flush());
  std::ifstream file(options.log);
  const std::string log{std::istreambuf_iterator<char>(file), {}};
  const Counters now = kit.centre->counters();
  EXPECT_EQ(log, std::to_string(now.first_submit_us) + "\t84912345678\tmot hai\n");
  EXPECT_EQ(now.first_submit_us, now.last_submit_us);
}

}  // namespace
}  // namespace tongdai::smsc
