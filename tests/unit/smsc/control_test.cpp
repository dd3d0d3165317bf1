#include "support/smsc/control.hpp"

#include <nlohmann/json.hpp>

#include "unit/smsc/kit.hpp"

namespace tongdai::smsc {
namespace {

using nlohmann::json;

json ask(Kit& kit, const json& asked) {
  return json::parse(answer_line(*kit.centre, asked.dump()));
}

TEST(SmscControl, CountersAreGivenByName) {
  Kit kit;
  Client client = kit.client();
  client.bind();
  client.send(text_to("84912345678"), 2);
  client.next();
  const json now = ask(kit, {{"do", "counters"}});
  EXPECT_EQ(now["binds"], 1);
  EXPECT_EQ(now["submits"], 1);
  EXPECT_EQ(now["repeats"], 0);
  EXPECT_EQ(now["receipts"], 0);
  EXPECT_EQ(now["delivers"], 0);
  EXPECT_GT(now["first_submit_us"], 0);
  EXPECT_EQ(now["first_submit_us"], now["last_submit_us"]);
}

TEST(SmscControl, DeliverAndDrop) {
  Kit kit;
  Client client = kit.client();
  client.bind();
  const json delivered =
      ask(kit, {{"do", "deliver"}, {"from", "0912345678"}, {"to", "113"}, {"text", "cứu"}});
  EXPECT_GT(delivered["at_us"], 0);
  client.take_deliver();
  EXPECT_EQ(ask(kit, {{"do", "drop"}})["dropped"], 1);
  EXPECT_TRUE(client.is_closed());
}

TEST(SmscControl, FaultsAreSetAndWhatIsNotNamedIsUsual) {
  Kit kit;
  EXPECT_EQ(ask(kit, {{"do", "faults"}, {"answer", "throttle"}, {"rejected", 0.25}, {"seed", 9}})["seed"], 9);
  EXPECT_EQ(kit.centre->faults().answer, Answer::throttle);
  EXPECT_EQ(kit.centre->faults().rejected, 0.25);
  ask(kit, {{"do", "faults"}});
  EXPECT_EQ(kit.centre->faults().answer, Answer::accept);
  EXPECT_EQ(kit.centre->faults().rejected, 0);
}

TEST(SmscControl, WhatItDoesNotUnderstandIsAnError) {
  Kit kit;
  for (const std::string line :
       {"", "x", "[]", "{}", R"({"do": 1})", R"({"do": "dance"})", R"({"do": "deliver", "from": "1"})",
        R"({"do": "faults", "answer": "maybe"})", R"({"do": "faults", "rejected": 2})",
        R"({"do": "faults", "rejektet": 0.5})", R"({"do": "faults", "seed": "a"})", "{\"do\": \"\xff\"}"}) {
    EXPECT_TRUE(json::parse(answer_line(*kit.centre, line)).contains("error")) << line;
  }
}

TEST(SmscControl, AnswersLinesOnItsPort) {
  Kit kit;
  const auto control = Control::open(kit.loop.get_executor(), 0, *kit.centre);
  ASSERT_TRUE(control);
  asio::ip::tcp::socket socket(kit.loop);
  socket.connect({asio::ip::address_v4::loopback(), (*control)->port()});
  socket.non_blocking(true);
  asio::write(socket, asio::buffer(std::string("{\"do\": \"drop\"}\n{\"do\": \"flush\"}\n")));
  std::string answers;
  EXPECT_TRUE(until(kit.loop, [&] {
    std::array<char, 256> bytes{};
    boost::system::error_code fault;
    answers.append(bytes.data(), socket.read_some(asio::buffer(bytes), fault));
    return std::ranges::count(answers, '\n') == 2;
  }));
  EXPECT_EQ(answers, "{\"dropped\":0}\n{\"messages\":0}\n");
}

}  // namespace
}  // namespace tongdai::smsc
